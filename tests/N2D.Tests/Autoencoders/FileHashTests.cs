using System.Security.Cryptography;
using System.Text;
using N2D.Autoencoders;

namespace N2D.Tests.Autoencoders;

/// <summary>Hashes in files beside packages.</summary>
public sealed class FileHashTests : IDisposable
{
    private static readonly byte[] Hash = SHA512.HashData("content"u8);

    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-hash-").FullName;
    private readonly string _package;

    public FileHashTests() => _package = Path.Combine(_folder, "x.nupkg");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WithoutAFile_ThereIsNoHash() => Assert.Null(FileHash.Beside(_package));

    [Theory]
    [InlineData("{0}")]
    [InlineData("{0}\n")]
    [InlineData("{1}")]
    [InlineData("{1}  x.nupkg\n")]
    [InlineData("{1} *./folder/x.nupkg\r\n")]
    [InlineData("\n{1}\tx.nupkg\n{1}  y.nupkg\n")]
    public void TheFirstWordOfTheFile_IsTheHash(string format)
    {
        var text = string.Format(null, format, Convert.ToBase64String(Hash), Convert.ToHexStringLower(Hash));
        Encoding[] encodings = [new UTF8Encoding(false), Encoding.UTF8, Encoding.Unicode];
        Assert.All(encodings, encoding =>
        {
            File.WriteAllText(_package + ".sha512", text, encoding);
            Assert.Equal(Hash, FileHash.Parse(FileHash.Beside(_package)!));
        });
    }

    [Theory]
    [InlineData("", "EmptyFile")]
    [InlineData(" \n", "HashNotReadable")]
    [InlineData("x.nupkg", "HashNotReadable")]
    [InlineData("0123456789abcdef  x.nupkg", "HashNotReadable")]
    public void AFileWithoutAHash_IsRefused_AndNamed(string text, string id)
    {
        File.WriteAllText(_package + ".sha512", text);

        var error = Assert.Throws<N2DException>(() => FileHash.Beside(_package));
        Assert.Equal((id, ErrorKind.InvalidData, _package + ".sha512"), (error.Id, error.Kind, error.Target));
        Assert.StartsWith($"'{_package}.sha512' ", error.Message, StringComparison.Ordinal);
        Assert.Empty(error.Options);
    }

    [Fact]
    public void AHashFileInUse_IsNamed()
    {
        File.WriteAllText(_package + ".sha512", Convert.ToHexString(Hash));
        using var file = new FileStream(_package + ".sha512", FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var error = Assert.Throws<N2DException>(() => FileHash.Beside(_package));
        Assert.Equal(("ReadFailed", _package + ".sha512"), (error.Id, error.Target));
    }
}
