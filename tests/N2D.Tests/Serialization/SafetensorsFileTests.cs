using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using N2D.Serialization;
using N2D.Tests.Models;

namespace N2D.Tests.Serialization;

public sealed class SafetensorsFileTests : IDisposable
{
    private const string Remedy = "Copy it again.";

    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-safetensors-").FullName;

    private string FilePath => Path.Combine(_folder, "a.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WhatIsWritten_IsReadBack()
    {
        Write();
        var file = SafetensorsFile.Open(FilePath, Remedy);
        Assert.Equal(new Dictionary<string, string> { ["a \"quoted\" name"] = "text\n", ["empty"] = "" }, file.Metadata);
        Assert.Equal([2, 3], file.Sizes["matrix"]);
        Assert.Equal([], file.Sizes["scalar"]);
        Assert.Equal([1, 2, 3, 4, 5, float.NaN], file.Read("matrix"));
        Assert.Equal([7f], file.Read("scalar"));
        Assert.Empty(file.Read("nothing"));
    }

    /// <summary>Read by the published format alone: https://github.com/huggingface/safetensors, "Format".</summary>
    [Fact]
    public void TheFile_IsWhatTheFormatSays()
    {
        Write();
        var bytes = File.ReadAllBytes(FilePath);
        var headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var header = JsonNode.Parse(Encoding.UTF8.GetString(bytes, 8, headerLength))!.AsObject();
        Assert.Equal((byte)'{', bytes[8]);
        Assert.Equal(0, headerLength % 8);
        Assert.Equal(["__metadata__", "matrix", "scalar", "nothing"], header.Select(entry => entry.Key));
        var matrix = header["matrix"]!;
        Assert.Equal("F32", (string?)matrix["dtype"]);
        var (start, end) = ((int)matrix["data_offsets"]![0]!, (int)matrix["data_offsets"]![1]!);
        Assert.Equal([1, 2, 3, 4, 5, float.NaN], MemoryMarshal.Cast<byte, float>(bytes.AsSpan(8 + headerLength)[start..end]).ToArray());
        Assert.Equal(bytes.Length, 8 + headerLength + (int)header["nothing"]!["data_offsets"]![1]!);
    }

    [Theory]
    [InlineData("", 0, "only 0 bytes")]
    [InlineData("short", 0, "only 5 bytes")]
    [InlineData("\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff{}", 0, "18446744073709551615 bytes")]
    [InlineData("{", 0, "header is not valid")]
    [InlineData("[]", 0, "header is not valid")]
    [InlineData("""{"a":5}""", 0, "header is not valid")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4, "header is not valid")]
    [InlineData("""{"a":{"dtype":"F16","shape":[4],"data_offsets":[0,8]}}""", 8, "type F16")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 4, "position -4 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "position 4 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "position 0 to 8 in 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}""", 4, "position 0 to 4 to 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "sizes 2")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}}""", 4, "sizes -1 x -1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", 0, "4611686018427387904 x 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1e99],"data_offsets":[0,4]}}""", 4, "header is not valid")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "gap at byte")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "overlap")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "the file has 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", 4, "shape of array 'a' has 9 numbers")]
    [InlineData("""{"__metadata__":{"a":"b","a":"c"}}""", 0, "twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", 0, "twice")]
    [InlineData("""{"__metadata__":{"a":5}}""", 0, "header is not valid")]
    [InlineData("""{"__metadata__":{"a":null}}""", 0, "not text")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[[[[[[[[1]]]]]]]]],"data_offsets":[0,4]}}""", 4, "header is not valid")]
    public void HostileFiles_AreRefusedWithTheReason(string header, int dataBytes, string reason)
    {
        var text = Encoding.Latin1.GetBytes(header);
        byte[] length = [.. BitConverter.GetBytes((ulong)text.Length)];

        // Those that are no header are the file themselves.
        byte[] bytes = header.StartsWith('{') || header.StartsWith('[') ? [.. length, .. text, .. new byte[dataBytes]] : text;
        File.WriteAllBytes(FilePath, bytes);
        var error = Assert.Throws<N2DException>(() => SafetensorsFile.Open(FilePath, Remedy));
        Assert.Equal("CorruptSafetensors", error.Id);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.EndsWith($". {Remedy}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryChangeOfAByte_IsRefused()
    {
        Write();
        var bytes = File.ReadAllBytes(FilePath);
        for (var place = 0; place < bytes.Length; place++)
        {
            // Each byte in turn, and each of its bits in turn.
            var changed = bytes.ToArray();
            changed[place] ^= (byte)(1 << (place % 8));
            File.WriteAllBytes(FilePath, changed);
            var error = Assert.Throws<N2DException>(() =>
            {
                var file = SafetensorsFile.Open(FilePath, Remedy);
                file.Read("matrix");
                file.Read("scalar");
            });
            Assert.Equal("CorruptSafetensors", error.Id);
            Assert.EndsWith($". {Remedy}", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ChangedBytes_AreTold_ByWhatTheyAreOf()
    {
        Write();
        var bytes = File.ReadAllBytes(FilePath);
        bytes[^5] ^= 1;
        File.WriteAllBytes(FilePath, bytes);
        var file = SafetensorsFile.Open(FilePath, Remedy);
        Assert.Equal([7f], file.Read("scalar"));
        Assert.Equal(
            $"'{FilePath}' is damaged: array 'matrix' does not match its SHA-256 digest. {Remedy}",
            Assert.Throws<N2DException>(() => file.Read("matrix")).Message);
    }

    [Fact]
    public void AFileWithoutDigests_AsOtherProgramsWriteIt_IsRead()
    {
        Write();
        File.WriteAllBytes(FilePath, RewrittenFile.WithoutDigests(File.ReadAllBytes(FilePath)));
        Assert.DoesNotContain("sha256", Encoding.UTF8.GetString(File.ReadAllBytes(FilePath)), StringComparison.Ordinal);
        var file = SafetensorsFile.Open(FilePath, Remedy);
        Assert.Equal([1, 2, 3, 4, 5, float.NaN], file.Read("matrix"));
        Assert.Equal("text\n", file.Metadata["a \"quoted\" name"]);
    }

    [Fact]
    public void AFileThatIsReplacedAfterItWasOpened_IsReadAsItWas()
    {
        Write();
        using var file = SafetensorsFile.Open(FilePath, Remedy);
        SafetensorsFile.Write(FilePath, new Dictionary<string, string>(), [new NamedArray("other", [1], new float[] { 1 })]);
        Assert.Equal([1, 2, 3, 4, 5, float.NaN], file.Read("matrix"));
        File.Delete(FilePath);
        Assert.Equal([7f], file.Read("scalar"));
    }

    [Fact]
    public void AMissingFile_IsNotFound() =>
        Assert.Equal("FileNotFound", Assert.Throws<N2DException>(() => SafetensorsFile.Open(FilePath, Remedy)).Id);

    [Fact]
    public void AFileThatCannotBeWritten_LeavesNothing()
    {
        Directory.CreateDirectory(FilePath);
        Assert.Equal("FolderGiven", Assert.Throws<N2DException>(Write).Id);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void ArraysOfEveryType_AreReadBack_AndLieAtMultiplesOfTheirSize()
    {
        SafetensorsFile.Write(
            FilePath,
            new Dictionary<string, string>(),
            [new("f", [1], new float[] { 0.1f }), NamedArray.Of<double>(
                "d",
                [1],
                new[] { 0.1 }), NamedArray.Of<int>("i", [2], new[] { -1, int.MaxValue }),
                NamedArray.Of<long>("l", [1], new[] { long.MinValue })]);
        var file = SafetensorsFile.Open(FilePath, Remedy);
        Assert.Equal([0.1], file.Read<double>("d"));
        Assert.Equal([-1, int.MaxValue], file.Read<int>("i"));
        Assert.Equal([long.MinValue], file.Read<long>("l"));
        var error = Assert.Throws<N2DException>(() => file.Read<float>("d"));
        Assert.Contains("type F64 instead of F32", error.Message, StringComparison.Ordinal);

        var header = JsonNode.Parse(
            File.ReadAllBytes(FilePath).AsSpan(8, (int)BinaryPrimitives.ReadUInt64LittleEndian(File.ReadAllBytes(FilePath))))!;
        Assert.All(["d", "l"], name => Assert.Equal(0, (int)header[name]!["data_offsets"]![0]! % 8));
    }

    private void Write() => SafetensorsFile.Write(
        FilePath,
        new Dictionary<string, string> { ["a \"quoted\" name"] = "text\n", ["empty"] = "" },
        [
            new NamedArray("matrix", [2, 3], new float[] { 1, 2, 3, 4, 5, float.NaN }),
            new NamedArray("scalar", [], new float[] { 7 }),
            new NamedArray("nothing", [0], Array.Empty<float>()),
        ]);
}
