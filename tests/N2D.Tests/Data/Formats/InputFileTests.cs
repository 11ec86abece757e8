using System.Diagnostics;
using N2D.Data;

namespace N2D.Tests.Data.Formats;

public sealed class InputFileTests : ReaderTests
{
    [Fact]
    public void FileThatAnotherProgramWrites_IsRead()
    {
        var path = Files.Text("log.csv", "a\n1\n");
        using var writer = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);

        Assert.Equal(4, InputFile.ReadHead(path, 10).Length);
    }

    [Fact]
    public void ArchiveThatAnotherProgramWrites_IsRead()
    {
        var path = Files.Zip("t.zip", ("a.csv", "a\n1\n"u8.ToArray()));
        using var writer = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);

        Assert.Equal(4, InputFile.ReadHead(path, 10).Length);
    }

    [UnixFact]
    public void PipesAndDevices_AreRefused_WithoutWaiting()
    {
        var pipe = Path.Combine(Files.Folder, "pipe.csv");
        using (var made = Process.Start("mkfifo", pipe))
        {
            made.WaitForExit();
        }

        File.CreateSymbolicLink(Path.Combine(Files.Folder, "link.csv"), pipe);
        foreach (var path in (string[])[pipe, Path.Combine(Files.Folder, "link.csv"), "/dev/zero", "/dev/null"])
        {
            Assert.Equal("NotAFile", Assert.Throws<N2DException>(() => InputFile.ReadHead(path, 10)).Id);
            Assert.Equal("NotAFile", Assert.Throws<N2DException>(() => FileFormats.Detect(path)).Id);
        }

        Assert.Equal("EmptyFile", Assert.Throws<N2DException>(() => InputFile.ReadHead(Files.Bytes("empty.csv", []), 10)).Id);
    }

    [Theory]
    [InlineData("t.gz")]
    [InlineData("t.zip")]
    public void FilesThatExpandTooMuch_AreRefused_UnlessAllowed(string name)
    {
        var bytes = new byte[1 << 20];
        var path = name == "t.gz" ? Files.Bytes(name, bytes) : Files.Zip(name, ("t", bytes));

        var error = Assert.Throws<N2DException>(() => Length(new() { Bytes = 1 << 16 }));

        Assert.Equal("ExpandsTooMuch", error.Id);
        Assert.EndsWith(
            "It may be a decompression bomb. If you trust the file, decompress it and read the result.",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal(1 << 20, Length(new() { Bytes = 1 << 16, Ratio = 2000 }));
        Assert.Equal(1 << 20, Length(ExpansionLimit.None));
        Assert.Equal(1 << 20, Length(ExpansionLimit.Default));

        long Length(ExpansionLimit limit) => InputFile.Read(path, file => file.ToSeekable().Length, new Execution { Expansion = limit });
    }

    [Fact]
    public void Decompression_StopsWhenCanceled() =>
        Assert.ThrowsAny<OperationCanceledException>(
            () => InputFile.Read(
                Files.Bytes("t.gz", new byte[100]),
                file => file.ToSeekable().Length,
                new Execution { CancellationToken = new CancellationToken(canceled: true) }));

    // SharpZipLib reads beyond its tables in a deflate stream whose codes are not valid.
    [Fact]
    public void WhateverALibraryThrows_IsAnErrorOfTheFile()
    {
        var error =
            Assert.Throws<N2DException>(() => InputFile.Read<int>(Files.Text("t.csv", "1"), file => Array.Empty<int>()[file.LengthOnDisk]));

        Assert.Equal(("UnreadableFile", ErrorKind.InvalidData), (error.Id, error.Kind));
        Assert.IsType<IndexOutOfRangeException>(error.InnerException);
        Assert.Contains("t.csv' cannot be read", error.Message, StringComparison.Ordinal);
        Assert.Throws<OperationCanceledException>(() => InputFile.Translating<int>("x", () => throw new OperationCanceledException()));
    }

    [Fact]
    public void DamagedGzip_IsAlwaysATypedError()
    {
        var random = new Random(1);
        var bytes = TemporaryFiles.Compress(
            System.Text.Encoding.ASCII.GetBytes(string.Join('\n', Enumerable.Range(0, 300).Select(row => $"{row},{row * row}"))));
        for (var run = 0; run < 300; run++)
        {
            var damaged = bytes.ToArray();
            for (var change = 0; change < 3; change++)
            {
                damaged[random.Next(10, damaged.Length)] = (byte)random.Next(256);
            }

            var path = Path.Combine(Files.Folder, "damaged.csv");
            File.WriteAllBytes(path, damaged);
            try
            {
                InputFile.Read(path, file => file.ToSeekable().Length);
            }
            catch (N2DException error)
            {
                Assert.True(error.Id is "CorruptGzip" or "UnreadableFile", error.Id);
            }
        }
    }

    [Fact]
    public void EncryptedArchive_IsRefused()
    {
        var bytes = TemporaryFiles.ZipBytes(("a.csv", "1,2\n"u8.ToArray()));
        bytes[6] |= 1;
        bytes[bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[(byte)'P', (byte)'K', 1, 2]) + 8] |= 1;

        Assert.Equal("EncryptedArchive", Assert.Throws<N2DException>(() => InputFile.ReadHead(Files.Bytes("t.zip", bytes), 10)).Id);
    }
}
