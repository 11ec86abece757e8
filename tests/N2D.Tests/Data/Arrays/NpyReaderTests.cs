using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using N2D.Data;
using N2D.Pipeline;
using N2D.Tests.Expected;

namespace N2D.Tests.Data;

/// <summary>Reads files of NumPy, mapped or not, and rejects all others with an error.</summary>
public sealed class NpyReaderTests : IDisposable
{
    private const string Header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

    private static readonly JsonElement Written = ExpectedValues.Load("npy.json");
    private static readonly float[] Six = [1, 2, 3, 4, 5, 6];

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    public static TheoryData<string> Names => [.. Written.EnumerateArray().Select(file => file.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void WhatNumPyWrites_IsRead_MappedAndNot(string name)
    {
        var file = Written.EnumerateArray().Single(file => file.GetProperty("name").GetString() == name);
        var expected = file.GetProperty("rows").ToMatrix();
        var path = _files.Bytes("x.npy", file.GetProperty("file").GetBytesFromBase64());

        var read = new NpyReader().Read(path);
        Assert.Equal((expected.RowCount, expected.ColumnCount), (read.RowCount, read.Dimension));
        Assert.Equal(expected.Values.ToArray(), read.GetRows().Values.ToArray());
        Assert.Equal(name.StartsWith("three dimensions", StringComparison.Ordinal) ? new ImageShape(3, 4) : null, read.ImageShape);
        var compressed = new NpyReader().Read(_files.Bytes("x.npy.gz", File.ReadAllBytes(path)));
        Assert.Equal(expected.Values.ToArray(), compressed.GetRows().Values.ToArray());

        if (name.EndsWith("Fortran order", StringComparison.Ordinal))
        {
            Assert.Contains(
                "save numpy.ascontiguousarray(array)", Refused("MappingNotPossible", path, mapped: true), StringComparison.Ordinal);
        }
        else
        {
            var mapped = new NpyReader(memoryMapped: true).Read(path);
            Assert.IsType<MappedMatrix>(mapped.GetDataMatrix());
            Assert.Equal(expected.Values.ToArray(), mapped.GetRows().Values.ToArray());
        }
    }

    [Theory]
    [InlineData("NpyMagic", "\u0001NUMPX", 1, Header)]
    [InlineData("NpyVersion", "\u0093NUMPY", 4, Header)]
    [InlineData("NpyVersion", "\u0093NUMPY", 0, Header)]
    [InlineData("NpyHeader", "\u0093NUMPY", 1, "")]
    [InlineData("NpyHeader", "\u0093NUMPY", 1, "{}")]
    [InlineData("NpyHeader", "\u0093NUMPY", 1, "{'descr': '<f4', 'shape': (2, 3), }")]
    [InlineData("NpyHeader", "\u0093NUMPY", 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)")]
    [InlineData("NpyHeader", "\u0093NUMPY", 1, "{'descr': '<f4', 'fortran_order': Maybe, 'shape': (2, 3), }")]
    [InlineData("NpyHeader", "\u0093NUMPY", 1, "{'descr': '<f4', 'descr': '<f4', 'shape': (2, 3), }")]
    [InlineData("NpyHeader", "\u0093NUMPY", 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'more': 1}")]
    [InlineData("NpyHeader", "\u0093NUMPY", 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2 3), }")]
    [InlineData("NpyHeader", "\u0093NUMPY", 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (-2, 3), }")]
    [InlineData("NpyHeader", "\u0093NUMPY", 1, "__import__('os').system('true')")]
    [InlineData("NpyType", "\u0093NUMPY", 1, "{'descr': '|O', 'fortran_order': False, 'shape': (2, 3), }")]
    [InlineData("NpyType", "\u0093NUMPY", 1, "{'descr': '<c8', 'fortran_order': False, 'shape': (2, 3), }")]
    [InlineData("NpyType", "\u0093NUMPY", 1, "{'descr': '<U5', 'fortran_order': False, 'shape': (2, 3), }")]
    [InlineData("NpyType", "\u0093NUMPY", 1, "{'descr': '<f16', 'fortran_order': False, 'shape': (2, 3), }")]
    [InlineData("NpyType", "\u0093NUMPY", 1, "{'descr': '<M8[ns]', 'fortran_order': False, 'shape': (2, 3), }")]
    [InlineData("NpyType", "\u0093NUMPY", 1, "{'descr': [('a', '<f4'), ('b', '<f4')], 'fortran_order': False, 'shape': (3,), }")]
    [InlineData("NpyDimensions", "\u0093NUMPY", 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (), }")]
    [InlineData("NpyDimensions", "\u0093NUMPY", 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (6,), }")]
    [InlineData("NoRows", "\u0093NUMPY", 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 3), }")]
    [InlineData("NoRows", "\u0093NUMPY", 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 0), }")]
    [InlineData("TooManyValues", "\u0093NUMPY", 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 3), }")]
    [InlineData("TooManyValues", "\u0093NUMPY", 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 65536, 65536), }")]
    [InlineData("TooManyValues", "\u0093NUMPY", 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 99999999999999999999), }")]
    [InlineData("NpyTruncated", "\u0093NUMPY", 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 4), }")]
    [InlineData("NpyTruncated", "\u0093NUMPY", 1, "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }")]
    [InlineData("NpyTrailingBytes", "\u0093NUMPY", 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }")]
    public void AMalformedFile_IsRefusedByName_MappedAndNot(string id, string magic, byte version, string header)
    {
        byte[] bytes = [
            .. Encoding.Latin1.GetBytes(magic), version, 0, .. LengthOf(header, version), .. Encoding.ASCII.GetBytes(header), .. Bytes(Six)
        ];

        Refused(id, _files.Bytes("x.npy", bytes));
        Refused(id, _files.Bytes("x.npy.gz", bytes));
        Refused(id, _files.Bytes("x.npy", bytes), mapped: true);
    }

    [Fact]
    public void AFileCutAnywhere_IsRefused()
    {
        var whole = File.ReadAllBytes(Npy("x.npy", Header, Six));
        for (var length = 1; length < whole.Length; length++)
        {
            Refused(length < 8 ? "NpyMagic" : "NpyTruncated", _files.Bytes("cut.npy", whole[..length]));
            Refused(length < 8 ? "NpyMagic" : "NpyTruncated", _files.Bytes("cut.npy.gz", whole[..length]));
        }
    }

    [Fact]
    public void HeadersThatPromiseTooMuch_TakeNoMemory()
    {
        byte[] magic = [.. NpyHeader.Magic];
        var path = Npy("liar.npy", "{'descr': '|u1', 'fortran_order': False, 'shape': (2000000000, 1), }", Six);
        var compressed = _files.Bytes("liar.npy.gz", File.ReadAllBytes(path));
        var longHeader = _files.Bytes("long.npy", [.. magic, 2, 0, 0xff, 0xff, 0xff, 0x7f, .. new byte[20_000]]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Refused("NpyTruncated", path);
        Refused("NpyTruncated", compressed);
        Refused("NpyHeader", longHeader);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData("{'shape': (2, 3), 'fortran_order': False, 'descr': '<f4'}\n")]
    [InlineData("{\"descr\":\"<f4\",\"fortran_order\":False,\"shape\":(2L,3L)}")]
    public void AHeaderWrittenOtherwise_IsRead(string header) =>
        Assert.Equal(Six, new NpyReader().Read(Npy("x.npy", header, Six)).GetRows().Values.ToArray());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NaN_IsAMissingValue_AndInfinityIsRefusedByItsPlace(bool mapped)
    {
        var values = new float[300_000];
        values[250_001] = float.NaN;
        var path = Npy("x.npy", "{'descr': '<f4', 'fortran_order': False, 'shape': (100000, 3), }", values);
        var gap = Assert.Single(new NpyReader(memoryMapped: mapped).Read(path).Raw.Gaps);
        Assert.Equal("'x3' 1 (first: row 83334)", gap.ToString());

        values[250_002] = float.PositiveInfinity;
        path = Npy("i.npy", "{'descr': '<f4', 'fortran_order': False, 'shape': (100000, 3), }", values);
        Assert.Contains("row 83335, column 'x1'", Refused("NotFinite", path, mapped: mapped), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "<c8",
        "holds complex numbers (<c8). Real numbers of up to 64 bits are required. Save numpy.column_stack([array.real, array.imag]), or "
            + "numpy.abs(array).")]
    [InlineData("<M8[ns]", "holds dates and times (<M8[ns]). Real numbers of up to 64 bits are required. Save array.astype('int64').")]
    [InlineData("<m8[s]", "holds time differences (<m8[s]). Real numbers of up to 64 bits are required. Save array.astype('int64').")]
    [InlineData(
        "[('a', '<f4'), ('b', [('c', '<i4'), ('d', '<i4')])]",
        "Real numbers of up to 64 bits are required. Save each field as its own array: array['name'].")]
    [InlineData("|V2", "holds raw bytes or a custom type (|V2). Real numbers of up to 64 bits are required. Save array.astype('float32').")]
    [InlineData(
        "<f16", "holds numbers of more than 64 bits (<f16). Real numbers of up to 64 bits are required. Save array.astype('float64').")]
    [InlineData(
        "|O",
        "holds Python objects, which only Python can read (|O). Real numbers of up to 64 bits are required. Save numbers as "
            + "array.astype('float32'), and labels or ids as array.astype(str).")]
    [InlineData(
        "<U7",
        "holds text (<U7). Real numbers of up to 64 bits are required. If it holds the labels, use it as LabelPath. Encode it as numbers.")]
    public void AType_IsRefusedWithTheWayOn(string descr, string message) =>
        Assert.EndsWith(
            message, Refused("NpyType", _files.Bytes("x.npy", NpyBytes.Raw(descr, "2, 3", new byte[48]))), StringComparison.Ordinal);

    [Fact]
    public void Labels_MayBeNpyOrIdx_ForRowsOfEither()
    {
        var numbers = Npy("l.npy", "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", [7, -1]);
        var bytes = _files.Idx("l", [2], [9, 4]);
        var rows = Npy("x.npy", Header, Six);
        var images = _files.Idx("i", [2, 1, 2], [1, 2, 3, 4]);

        Assert.Equal("7,-1", Names(new NpyReader(numbers).Read(rows)));
        Assert.Equal("9,4", Names(new NpyReader(bytes, memoryMapped: true).Read(rows)));
        Assert.Equal("7,-1", Names(new IdxReader(numbers).Read(images)));
        Assert.Equal("9,4", Names(new IdxReader(bytes, memoryMapped: true).Read(images)));
        Refused("LabelsNotWhole", rows, labelPath: Npy("l.npy", "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", [7, 0.5f]));
        Refused("LabelCountMismatch", rows, labelPath: Npy(
            "l.npy", "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", [7, 1, 2]));
        Refused("NpyDimensions", rows, labelPath: rows);

        static string Names(Dataset dataset) => $"{dataset.GetLabels()![0]},{dataset.GetLabels()![1]}";
    }

    [Fact]
    public void Format_IsDetectedByContent()
    {
        Assert.Equal(DatasetFormat.Npy, FileFormats.Detect(Npy("x.csv", Header, Six)));
        Assert.Equal(DatasetFormat.Npy, FileFormats.Detect(_files.Bytes("x.gz", File.ReadAllBytes(Npy("x", Header, Six)))));
    }

    private string Npy(string name, string header, float[] values) =>
        _files.Bytes(name, [.. NpyHeader.Magic, 1, 0, .. LengthOf(header, 1), .. Encoding.ASCII.GetBytes(header), .. Bytes(values)]);

    private static byte[] LengthOf(string header, byte version)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, header.Length);
        return version <= 1 ? bytes[..2] : bytes;
    }

    private static byte[] Bytes(float[] values) => System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private static string Refused(string id, string path, string? labelPath = null, bool mapped = false)
    {
        var error = Assert.Throws<N2DException>(() => new NpyReader(labelPath, mapped).Read(path));
        Assert.Equal(id, error.Id);
        Assert.Contains(Path.GetFileNameWithoutExtension(labelPath ?? path), error.Message, StringComparison.Ordinal);
        return error.Message;
    }
}
