using N2D.NativePortability;

namespace N2D.Tests.NativePortability;

public sealed class CxxRuntimePortabilityTests
{
    private static readonly SharedLibraryBuilder Known = new();

    public static TheoryData<string, byte[]> OtherFiles => new()
    {
        { "empty", [] },
        { "text", "#!/bin/sh\nexit 0\n"u8.ToArray() },
        { "zeros", new byte[4096] },
        { "32-bit", Edited(Known, 4, 1) },
        { "big-endian", Edited(Known, 5, 2) },
        { "executable", Edited(Known, 16, 2) },
        { "other processor", Edited(Known, 18, 183) },
        { "already changed", Changed(Known) },
        { "no such import", (Known with { Imports = [.. Known.Imports.Skip(1)] }).Build() },
        { "no substitute",
        (Known with { Imports = [.. Known.Imports.Where(symbol => symbol.Name != SharedLibraryBuilder.ClockNow)] }).Build() },
        { "substitute of another version", WithVersion(SharedLibraryBuilder.ClockNow, "GLIBCXX_3.4.11") },
        { "import of another version", WithVersion(SharedLibraryBuilder.StreamsInitializer, "GLIBCXX_3.4.19") },
        { "imported twice", (Known with { Imports = [.. Known.Imports, Known.Imports[0]] }).Build() },
        { "a second symbol of the version", (Known with { Imports = [.. Known.Imports, ("_ZSt5other", "GLIBCXX_3.4.32")] }).Build() },
        { "half of it", (Known with { Imports = [.. Known.Imports.SkipLast(1)] }).Build() },
        { "exported, not imported", (Known with { DefinedIn = 1 }).Build() },
        { "already weak", (Known with { Versions = [.. Known.Versions.SkipLast(1), ("GLIBCXX_3.4.32", NeededVersion.WeakFlag)] }).Build() },
        { "no older version", (Known with { Versions = [.. Known.Versions.Where(version => version.Name != "GLIBCXX_3.4.11")] }).Build() },
    };

    [Fact]
    public void KnownLibrary_ImportsTheSubstitutesInstead()
    {
        var file = Known.Build();

        Assert.Null(CxxRuntimePortability.Apply(file));

        Assert.True(ElfImage.TryRead(file, out var image));
        Assert.Equal(
            [("", 0), (SharedLibraryBuilder.ClockNow, Known.IndexOf("GLIBCXX_3.4.19")), ("memcpy", Known.IndexOf("GLIBC_2.14")),
                (SharedLibraryBuilder.ClockNow, Known.IndexOf("GLIBCXX_3.4.19")),
                (SharedLibraryBuilder.Wait, Known.IndexOf("GLIBCXX_3.4.11"))],
            image.Symbols.Select(symbol => (symbol.Name, (int)symbol.VersionIndex)));
        Assert.Equal(
            [("GLIBC_2.14", false), (
                "GLIBCXX_3.4.11", false), ("GLIBCXX_3.4.19", false), ("GLIBCXX_3.4.30", true), ("GLIBCXX_3.4.32", true)],
            image.NeededVersions.Select(version => (version.Name, version.Flags == NeededVersion.WeakFlag)));
    }

    [Fact]
    public void KnownLibrary_ChangesInTheNamedFieldsAlone()
    {
        var before = Known.Build();
        var after = Changed(Known);

        // Two name offsets of up to 4 bytes, two version indexes and two flags of 2.
        Assert.Equal(before.Length, after.Length);
        Assert.InRange(before.Zip(after).Count(pair => pair.First != pair.Second), 5, 16);
    }

    [Theory]
    [MemberData(nameof(OtherFiles))]
    public void OtherFile_IsLeftAlone(string what, byte[] file)
    {
        var copy = file.ToArray();

        Assert.False(string.IsNullOrEmpty(CxxRuntimePortability.Apply(copy)), what);

        Assert.Equal(file, copy);
    }

    [Fact]
    public void TruncatedLibrary_IsLeftAlone_WhereverItIsCut()
    {
        var file = Known.Build();
        for (var length = 0; length < file.Length; length++)
        {
            var cut = file[..length];
            Assert.NotNull(CxxRuntimePortability.Apply(cut));
            Assert.True(cut.AsSpan().SequenceEqual(file.AsSpan(0, length)));
        }
    }

    [Fact]
    public void HostileLibrary_NeverThrows()
    {
        var file = Known.Build();
        var random = new Random(0);
        for (var round = 0; round < 20_000; round++)
        {
            var hostile = file.ToArray();
            for (var edits = random.Next(1, 5); edits > 0; edits--)
            {
                hostile[random.Next(hostile.Length)] = (byte)(random.Next(3) == 0 ? 0xff : random.Next(256));
            }

            var before = hostile.ToArray();
            if (CxxRuntimePortability.Apply(hostile) is not null)
            {
                Assert.True(hostile.AsSpan().SequenceEqual(before));
            }

            Assert.Equal(file.Length, hostile.Length);
        }
    }

    [LinuxFact]
    public void LibraryInTheOutput_NeedsNoRecentCxxRuntime()
    {
        Assert.True(ElfImage.TryRead(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so")), out var image));

        // 3.4.29 is GCC 11's, that of RHEL 9.
        var needed = image.NeededVersions.Where(version => version.Name.StartsWith("GLIBCXX_3.4.", StringComparison.Ordinal)
            && (version.Flags & NeededVersion.WeakFlag) == 0);
        Assert.Equal(
            29, needed.Max(version => int.Parse(version.Name["GLIBCXX_3.4.".Length..], System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static byte[] Changed(SharedLibraryBuilder builder)
    {
        var file = builder.Build();
        CxxRuntimePortability.Apply(file);
        return file;
    }

    private static byte[] Edited(SharedLibraryBuilder builder, int position, byte value)
    {
        var file = builder.Build();
        file[position] = value;
        return file;
    }

    private static byte[] WithVersion(string symbol, string version) =>
        (Known with { Imports = [.. Known.Imports.Select(import => import.Name == symbol ? (symbol, version) : import)] }).Build();
}
