using System.Buffers.Binary;
using System.Text;
using N2D.Autoencoders;

namespace N2D.Tests.Autoencoders;

/// <summary>Errors about the contents of several sources. They name the one that causes them.</summary>
public sealed class LibtorchContentsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-contents-").FullName;
    private readonly string _unrelated;

    public LibtorchContentsTests() => _unrelated = FakeLibtorch.WriteArchive(PathOf("unrelated.zip"), [("readme.txt", [1])]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("LibtorchVersion")]
    [InlineData("LibtorchSystem")]
    [InlineData("LibtorchKind")]
    [InlineData("NotAnArchive")]
    public void AnError_NamesTheSourceThatCausesIt(string id)
    {
        var main = FakeLibtorch.FileOf("torch_cpu");
        var files = id switch
        {
            "LibtorchVersion" => FakeLibtorch.Archive(FakeLibtorch.Cpu, "2.9.1"),
            "LibtorchSystem" => FakeLibtorch.Archive([(main, "text"u8.ToArray())]),
            "LibtorchKind" => FakeLibtorch.Archive([.. FakeLibtorch.Cpu, .. FakeLibtorch.Cuda]),
            _ => [.. FakeLibtorch.Below("lib/", FakeLibtorch.Cpu), ("x.nuspec", Encoding.UTF8.GetBytes("<package>"))],
        };
        AssertNamesOnly(FakeLibtorch.WriteArchive(PathOf("cause.zip"), files), id);
    }

    [Fact]
    public void ASourceWithALibraryThatCannotBeDecompressed_IsNamed()
    {
        var main = FakeLibtorch.FileOf("torch_cpu");
        var path = FakeLibtorch.WriteArchive(PathOf("cause.zip"), [("lib/" + main, new byte[1000])]);
        var bytes = File.ReadAllBytes(path);

        // The content begins after the local header (30 bytes), the name and the extra field. Its first three bits become a reserved type.
        const int Header = 30;
        bytes[Header + LengthAt(26) + LengthAt(28)] |= 0b111;
        File.WriteAllBytes(path, bytes);
        AssertNamesOnly(path, "NotAnArchive");

        int LengthAt(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(offset));
    }

    [Fact]
    public void SourcesWithoutLibtorch_AreAllNamed()
    {
        var other = FakeLibtorch.WriteArchive(PathOf("other.zip"), [("readme.txt", [1])]);
        Assert.StartsWith(
            $"'{_unrelated}', '{other}' contain neither", Fail("LibtorchNotFound", _unrelated, other).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSource_IsTheOneWithTheMainLibrary()
    {
        var main = FakeLibtorch.WriteArchive(PathOf("main.zip"), FakeLibtorch.Archive(FakeLibtorch.Cpu));
        using var contents = LibtorchContents.Open([_unrelated, main], null, LibtorchKind.Cpu, Execution.Default);
        Assert.Equal((main, "2.10.0"), (contents.Source, contents.Version));
    }

    private void AssertNamesOnly(string cause, string id)
    {
        var error = Fail(id, _unrelated, cause);
        Assert.Equal(cause, error.Target);
        Assert.Contains($"'{cause}'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_unrelated, error.Message, StringComparison.Ordinal);
    }

    private static N2DException Fail(string id, params string[] paths)
    {
        var error = Assert.Throws<N2DException>(() => LibtorchContents.Open(paths, null, LibtorchKind.Cpu, Execution.Default));
        Assert.Equal(id, error.Id);
        return error;
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
