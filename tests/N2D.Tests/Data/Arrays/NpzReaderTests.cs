using System.Globalization;
using System.IO.Compression;
using N2D.Data;
using N2D.Pipeline;

namespace N2D.Tests.Data;

public sealed class NpzReaderTests : IDisposable
{
    private static readonly byte[] Matrix = NpyBytes.Of("<f4", "3, 2", 1f, 2, 3, 4, 5, 6);
    private readonly TemporaryFiles _files = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _files.Dispose();

    // Expected/files.py writes these with numpy.
    [Theory]
    [InlineData("arrays.npz")]
    [InlineData("arrays-compressed.npz")]
    public void ImagesAndLabels_AreFoundByTheirNames(string name)
    {
        var dataset = new DatasetFile { Table = new() { LabelColumn = "y_train", ExcludedColumns = ["*_test"] } }.Read(Expected(name));

        Assert.Equal((3, 4, 2), (dataset.RowCount, dataset.Dimension, dataset.ClassCount));
        Assert.Equal(Enumerable.Range(0, 12).Select(value => (float)value), dataset.GetRows().Values.ToArray());
        Assert.Equal(["5", "7", "5"], LabelsOf(dataset));
        Assert.Equal(new ImageShape(2, 2), dataset.ImageShape);
    }

    [Fact]
    public void SeveralArrays_StandSideBySide()
    {
        var dataset = new NpzReader(new() { LabelColumn = "y" }).Read(Expected("columns.npz"));

        Assert.Equal([0.5f, 1, 2, 3, 1.5f, 4, 5, 6], dataset.GetRows().Values.ToArray());
        Assert.Equal(["a", "b1", "b2", "b3"], dataset.GetColumnNames());
        Assert.Equal(["-1", "2"], LabelsOf(dataset));
    }

    [Fact]
    public void ChosenArrays_StandInTheOrderOfTheChoice()
    {
        var dataset = Read(
            new() { Columns = ["b", "a*"] },
            ("a1", NpyBytes.Of("<f4", "2,", 1f, 2)),
            ("b", NpyBytes.Of("<f4", "2,", 3f, 4)),
            ("c", NpyBytes.Of("<f4", "9,", new float[9])));

        Assert.Equal(["b", "a1"], dataset.GetColumnNames());
        Assert.Equal([3f, 1, 4, 2], dataset.GetRows().Values.ToArray());
    }

    [Fact]
    public void AnExcludedArray_IsNotOpened()
    {
        var dataset = Read(
            new() { ExcludedColumns = ["ids", "o", "broken", "scalar"] },
            ("X", Matrix),
            ("ids", NpyBytes.Text("a", "b")),
            ("o", NpyBytes.Raw("|O", "3,", [1])),
            ("broken", "no array at all"u8.ToArray()),
            ("scalar", NpyBytes.Of("<f8", "", 1d)));

        Assert.Equal((3, 2), (dataset.RowCount, dataset.Dimension));
        Assert.Equal(["x1", "x2"], dataset.GetColumnNames());
    }

    [Fact]
    public void TextArrays_AreLabelsAndIds()
    {
        var dataset = Read(
            new() { LabelColumn = "kind", IdColumn = "name" },
            ("X", Matrix),
            ("kind", NpyBytes.Text("müde", "?", "wach")),
            ("name", NpyBytes.ByteText("r1"u8.ToArray(), "r22"u8.ToArray(), "r3"u8.ToArray())));

        Assert.Equal(["müde", null, "wach"], LabelsOf(dataset));
        Assert.Equal(["r1", "r22", "r3"], dataset.GetIds());
        Assert.Equal("name", dataset.GetIdName());
    }

    [Fact]
    public void NumbersAreIds_EachDigitOfThem()
    {
        var dataset = Read(new() { IdColumn = "id" }, ("X", Matrix), ("id", NpyBytes.Of("<i8", "3,", 9007199254740993, 2, 3)));

        Assert.Equal(["9007199254740993", "2", "3"], dataset.GetIds());
    }

    [Fact]
    public void LabelsBeyondFloat32_StayApart()
    {
        var dataset = Read(new() { LabelColumn = "y" }, ("X", Matrix), ("y", NpyBytes.Of("<i8", "3,", 1_700_000_001L, 1_700_000_002, -1)));

        Assert.Equal(["1700000001", "1700000002", null], LabelsOf(dataset));
    }

    [Fact]
    public void BytesThatAreNotUtf8_AreWindows1252_WithAWarning()
    {
        var dataset = Read(
            new() { LabelColumn = "y" },
            ("X", Matrix),
            ("y", NpyBytes.ByteText([0x4b, 0xf6, 0x6c, 0x6e], "a"u8.ToArray(), "b"u8.ToArray())));

        Assert.Equal("Köln", dataset.GetLabels()![0]);
        Assert.Equal(
            "Array 'y' of 'z.npz' is not UTF-8 (for example 'Köln') and is read as Windows-1252. If letters are wrong, save the file as "
                + "UTF-8.",
            Assert.Single(_warnings));
    }

    [Fact]
    public void BigEndianText_IsRead() =>
        Assert.Equal(
            "ab",
            Read(new()
            { LabelColumn = "y" }, ("X", NpyBytes.Of("<f4", "1, 1", 1f)),
                ("y", NpyBytes.Raw(">U2", "1,", [0, 0, 0, (byte)'a', 0, 0, 0, (byte)'b']))).GetLabels()![0]);

    [Fact]
    public void UnusableArrays_AreRefusedTogether_WithEveryWayOn()
    {
        var error = Refused(
            "NpyType",
            new(),
            ("X", Matrix),
            ("ids", NpyBytes.Text("abc", "d", "e")),
            ("place", NpyBytes.ByteText("a"u8.ToArray(), "b"u8.ToArray(), "c"u8.ToArray())),
            ("o", NpyBytes.Raw("|O", "3,", [1])),
            ("when", NpyBytes.Of("<M8[ns]", "3,", 1L, 2, 3)),
            ("seed", NpyBytes.Of("<i8", "", 42L)));

        Assert.Equal(
            "'z.npz' has 5 arrays that cannot be used: 'ids' holds text (<U3) instead of numbers; 'place' holds text (|S1) instead of "
                + "numbers; 'o' holds Python objects, which only Python can read (|O); "
                + "'when' holds dates and times (<M8[ns]); 'seed' is a single value instead of one for each row. For classes, use "
                + "LabelColumn ids; for row ids, use IdColumn ids; "
                + "for categories to cluster by, use CategoryColumns ids; for groups to scale within, use GroupColumn ids with "
                + "Standardize. "
                + "To exclude them, use ExcludedColumns ids, place, o, when, seed. "
                + "Save numbers as array.astype('float32'), and labels or ids as array.astype(str). Save array.astype('int64').",
            error);
    }

    [Fact]
    public void TextArrays_AreCategories_WhereAskedFor()
    {
        var dataset = Read(new() { CategoryColumns = ["color"] }, ("X", Matrix), ("color", NpyBytes.Text("red", "NA", "blue")));

        Assert.Equal(["blue", "red"], dataset.Raw.Categories![2]);
        Assert.Equal(["X1", "X2", "color"], dataset.GetColumnNames());
        Assert.Equal("'color' 1 (first: row 2)", Assert.Single(dataset.Raw.Gaps).ToString());
        Assert.Equal(1f, dataset.GetRawRows(Execution.Default)[0, 2]);
    }

    [Fact]
    public void AnArrayOfGroups_IsTheGroupOfEachRow()
    {
        var dataset = Read(new() { GroupColumn = "machine" }, ("X", Matrix), ("machine", NpyBytes.Text("m2", "m1", "m2")));

        Assert.Equal(["machine", "x1", "x2"], dataset.GetColumnNames());
        var rows = dataset.GetRawRows(Execution.Default);
        Assert.Equal(["m2", "m1", "m2"], Enumerable.Range(0, 3).Select(row => dataset.CategoryOf(0, (int)rows[row, 0])));
        Assert.EndsWith(
            "array 'machine', row 2: the group is missing. Every row needs a group.",
            Refused("MissingGroup", new() { GroupColumn = "machine" }, ("X", Matrix), ("machine", NpyBytes.Text("m2", "", "m2"))),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<i8")]
    [InlineData("<f8")]
    public void AnArrayOfWholeNumbersBesideAMatrix_LooksLikeLabels(string type)
    {
        var y = type == "<i8" ? NpyBytes.Of(type, "3,", 0L, 1, 0) : NpyBytes.Of(type, "3,", 0d, 1, 0);
        var dataset = Read(new(), ("X", Matrix), ("y", y));

        Assert.Equal(3, dataset.Dimension);
        Assert.Equal(
            "'z.npz': array 'y' holds one integer for each row of 'X', and is clustered as a number. If y holds the classes, use "
                + "LabelColumn y. If it identifies the rows, use IdColumn y. To exclude it, use ExcludedColumns y.",
            Assert.Single(_warnings));
    }

    [Fact]
    public void WhatIsSaidAboutAnArray_LeavesNothingToWarnOf()
    {
        var arrays = new[] { ("X", Matrix), ("y", NpyBytes.Of("<i8", "3,", 0L, 1, 0)), ("w", NpyBytes.Of("<f4", "3,", 0.5f, 1, 0)) };
        Read(new() { LabelColumn = "y" }, arrays);
        Read(new() { Columns = ["*"] }, arrays);
        Read(new() { ExcludedColumns = ["y"] }, arrays);
        Read(new(), [.. arrays.Skip(1)]);

        Assert.Empty(_warnings);
    }

    [Fact]
    public void ArraysThatDoNotFit_AreNamedWithTheirShapes()
    {
        Assert.Equal(
            "'arrays.npz' has arrays with different numbers of rows: x_train 3 x 2 x 2, y_train 3, x_test 1 x 2 x 2, y_test 1. Exclude "
                + "those that do not fit, for example ExcludedColumns x_test, y_test.",
            Refused("RowCountMismatch", Expected("arrays.npz"), new()));
        Assert.Equal(
            "'arrays.npz' has 1 array that cannot be used: 'x_train' holds 3 x 2 x 2 values instead of one label for each row. Labels, "
                + "ids and categories must be arrays with one value for each row.",
            Refused("NpyDimensions", Expected("arrays.npz"), new() { LabelColumn = "x_train", ExcludedColumns = ["*_test"] }));
        Assert.StartsWith(
            "'arrays.npz' has no array 'kind'. It has 4: x_train, y_train, x_test, y_test.",
            Refused("LabelColumnNotFound", Expected("arrays.npz"), new() { LabelColumn = "kind" }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void LabelsThatAreNone_AreRefused()
    {
        Assert.Equal(
            "Array 'y' of 'z.npz', item 2, is 1.5. Labels are integers or text. Use the file with the labels.",
            Refused("LabelsNotWhole", new() { LabelColumn = "y" }, ("X", Matrix), ("y", NpyBytes.Of("<f8", "3,", 0, 1.5, 2))));
        Refused("MissingLabel", new() { LabelColumn = "y" }, ("X", Matrix), ("y", NpyBytes.Of("<f8", "3,", double.NaN, -1, double.NaN)));
        Assert.Equal(
            "'z.npz', array 'i', row 2: the id is empty. Every row needs an id.",
            Refused("MissingValue", new() { IdColumn = "i" }, ("X", Matrix), ("i", NpyBytes.Text("a", "", "b"))));
    }

    [Fact]
    public void NamesThatDifferInCaseAlone_AreTwoArrays()
    {
        var dataset = Read(new() { LabelColumn = "x" }, ("X", Matrix), ("x", NpyBytes.Raw("|u1", "3,", [1, 2, 1])));

        Assert.Equal(["1", "2", "1"], LabelsOf(dataset));
    }

    [Fact]
    public void AnExtensionInCapitals_IsAnArray()
    {
        Assert.Equal(3, new NpzReader().Read(_files.Zip("z.npz", ("X.NPY", Matrix))).RowCount);
    }

    [Fact]
    public void TwoArraysOfOneName_AreRefused()
    {
        var error = Assert.Throws<N2DException>(() => new NpzReader().Read(_files.Zip("z.npz", ("X.npy", Matrix), ("X.npy", Matrix))));
        Assert.Equal("NpzArrays", error.Id);
        Assert.StartsWith("'z.npz' has 2 arrays named 'X'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyArrays_AreReadFromAnArchiveThatIsOpenedOnce()
    {
        const int Count = 15_000;
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var array = 0; array < Count; array++)
            {
                using var member =
                    zip.CreateEntry(string.Create(CultureInfo.InvariantCulture, $"a{array}.npy"), CompressionLevel.Fastest).Open();
                member.Write(NpyBytes.Of("<f4", "2,", array, 1f));
            }
        }

        var path = _files.Bytes("z.npz", stream.ToArray());
        var before = GC.GetAllocatedBytesForCurrentThread();
        var dataset = new NpzReader().Read(path);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal((2, Count), (dataset.RowCount, dataset.Dimension));
        Assert.Equal(Count - 1, dataset.GetRows()[0, Count - 1]);

        // Opening the archive lists its 15,000 members, which takes more than 2 MB. Opening it for each array takes more than 30 GB.
        Assert.InRange(allocated, 0, 1L << 30);
    }

    [Fact]
    public void NamesOfColumns_AreMadeOnDemand()
    {
        var dataset = Read(
            new(),
            ("a", NpyBytes.Of("<f4", "1,", 1f)),
            ("b", NpyBytes.Raw("|u1", "1, 1000000", new byte[1_000_000])),
            ("c", NpyBytes.Of("<f4", "1, 2", 1f, 2)));

        var names = Assert.IsType<LazyNames>(dataset.GetColumnNames());
        Assert.Equal(["a", "b1", "b1000000", "c1", "c2"], new[] { 0, 1, 1_000_000, 1_000_001, 1_000_002 }.Select(column => names[column]));
    }

    [Fact]
    public void MissingValues_AreGaps_AndInfinityIsRefused()
    {
        var dataset = Read(new(), ("a", NpyBytes.Of("<f8", "2,", 1, double.NaN)), ("b", NpyBytes.Of("<f4", "2, 2", 1f, 2, 3, 4)));

        Assert.Equal("'a' 1 (first: row 2)", Assert.Single(dataset.Raw.Gaps).ToString());
        Assert.Contains(
            "row 1, column 'a'",
            Refused("NotFinite", new(), (
                "a", NpyBytes.Of("<f8", "2,", double.NegativeInfinity, 1)), ("b", NpyBytes.Of("<f4", "2, 2", 1f, 2, 3, 4))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void ASizeThatTheArchiveInvents_TakesNoMemory()
    {
        var bytes = TemporaryFiles.ZipBytes(("X.npy", NpyBytes.Raw("|u1", "1000000000, 2", [1])));

        // The uncompressed size in the central directory: 24 bytes behind its signature.
        var directory = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(directory + 24), 2_000_000_128u);
        var path = _files.Bytes("z.npz", bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal("ExpandsTooMuch", Assert.Throws<N2DException>(() => new NpzReader().Read(path)).Id);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void ForeignAndDamagedArchives_AreRefused()
    {
        var bytes = File.ReadAllBytes(Expected("arrays-compressed.npz"));

        Refused("NpzArrays", _files.Zip("x.zip", ("a.csv", "1,2\n"u8.ToArray())), new());
        Refused("NpyMagic", _files.Zip("y.zip", ("a.npy", "1,2 and more\n"u8.ToArray())), new());
        Refused("CorruptArchive", _files.Bytes("cut.npz", bytes[..^40]), new());
    }

    [Fact]
    public void AnArchiveInAZipArchive_IsRead()
    {
        const long Epoch = 1_700_000_000_000;
        var inner = TemporaryFiles.ZipBytes(
            ("X.npy", NpyBytes.Of("<i8", "3, 1", Epoch, Epoch + 1, Epoch + 2)), ("y.npy", NpyBytes.Text("a", "b", "a")));
        var path = _files.Zip("outer.zip", ("z.npz", inner));

        var dataset = new DatasetFile { Table = new() { LabelColumn = "y" } }.Read(path);

        Assert.Equal([0f, 1, 2], dataset.GetRows().Values.ToArray());
        Assert.Equal(["a", "b", "a"], LabelsOf(dataset));
    }

    [Fact]
    public void ArraysThatExpandTooFar_AreRefused()
    {
        var path = Npz([("X", NpyBytes.Of("<f4", "100000, 1", new float[100_000]))]);
        var execution = new Execution { Expansion = new ExpansionLimit { Bytes = 1000, Ratio = 10 } };

        Assert.Equal("ExpandsTooMuch", Assert.Throws<N2DException>(() => new NpzReader().Read(path, execution)).Id);
    }

    private static string Expected(string name) => Path.Combine(AppContext.BaseDirectory, "Expected", name);

    private static IEnumerable<string?> LabelsOf(Dataset dataset) =>
        Enumerable.Range(0, dataset.RowCount).Select(row => dataset.GetLabels()![row]);

    private static string Refused(string id, string path, TableOptions options)
    {
        var error = Assert.Throws<N2DException>(() => new NpzReader(options).Read(path));
        Assert.Equal(id, error.Id);
        return error.Message;
    }

    private string Refused(string id, TableOptions options, params (string Name, byte[] Content)[] arrays) =>
        Refused(id, Npz(arrays), options);

    private Dataset Read(TableOptions options, params (string Name, byte[] Content)[] arrays) =>
        new NpzReader(options).Read(Npz(arrays), new Execution { Warn = _warnings.Add });

    private string Npz((string Name, byte[] Content)[] arrays) =>
        _files.Zip("z.npz", [.. arrays.Select(array => (array.Name + ".npy", array.Content))]);
}
