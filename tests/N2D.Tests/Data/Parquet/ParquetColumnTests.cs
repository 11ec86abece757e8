using N2D.Data;
using N2D.Pipeline;
using Parquet;
using Parquet.Schema;

namespace N2D.Tests.Data;

/// <summary>What columns of every kind become.</summary>
public sealed class ParquetColumnTests : IDisposable
{
    private static readonly string[] Nested = ["text", "deep", "map"];
    private static readonly string[] Times = ["date", "milliseconds", "micros", "nanos", "time", "uuid", "bytes", "json", "interval"];

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("list_element")]
    [InlineData("list_item")]
    [InlineData("bag")]
    [InlineData("two_level")]
    [InlineData("struct.inner")]
    public void ListsInEveryEncoding_AreOneVectorColumn_NamedByTheOuterField_AndNullIsAGap(string column)
    {
        var dataset = Read(ArrowParquet.Lists, new() { Columns = [column] });

        Assert.Equal([column + "1", column + "2"], dataset.GetColumnNames());
        Assert.Equal([1, 2, float.NaN, float.NaN, 3, 4, 5, 6], ValuesOf(dataset));
        Assert.Equal([$"'{column}' 1 (first: row 2)"], dataset.Raw.Gaps.Select(gap => gap.ToString()));
    }

    [Fact]
    public void EmptyLists_AndNullsInLists_AreRefusedByRow()
    {
        Assert.StartsWith(
            "'x.parquet', row 2, column 'repeated': the list is empty. ",
            Refused("RaggedVector", ArrowParquet.Lists, new() { Columns = ["repeated"] }),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "'x.parquet', row 1, column 'nulls': the list contains nulls. ",
            Refused("MissingValue", ArrowParquet.Lists, new() { Columns = ["nulls"] }),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task RaggedLists_AreRefusedByRow()
    {
        var schema = new ParquetSchema(new ListField("e", new DataField<float>("element", true)));
        var bytes = await ParquetFiles.Write(schema, CompressionMethod.Snappy, async group =>
            await group.WriteAsync<float>(schema.GetDataFields()[0], new float?[] { 1, 2, 3, 4, 5 }, new[] { 0, 1, 0, 1, 1 }));

        Assert.Contains(
            "row 2, column 'e': the vector has 3 numbers, but that of the first row has 2",
            Refused("RaggedVector", bytes, new()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void ListsOfTextOrLists_AndMaps_AreRefusedByName_UnlessLeftOut()
    {
        var message = Refused("NotANumber", ArrowParquet.Lists, new() { ExcludedColumns = ["repeated", "nulls"] });

        Assert.StartsWith(
            "'x.parquet' has 3 columns without numbers: 'text' (lists of text), 'deep' (lists of lists), 'map' (maps). ",
            message,
            StringComparison.Ordinal);
        Assert.Equal(10, Read(ArrowParquet.Lists, new() { ExcludedColumns = [.. Nested, "repeated", "nulls"] }).Dimension);
    }

    [Theory]
    [InlineData("Deltas")]
    [InlineData("Streams")]
    [InlineData("Dictionaries")]
    public void EncodingsAndPagesOfArrow_HoldTheSameRows(string name)
    {
        var bytes = name switch { "Deltas" => ArrowParquet.Deltas, "Streams" => ArrowParquet.Streams, _ => ArrowParquet.Dictionaries };

        var dataset = Read(bytes, new() { LabelColumn = "text", IdColumn = "id" });

        var rows = Enumerable.Range(0, 40).ToArray();
        Assert.Equal(["number", "whole", "truth", "vector1", "vector2", "vector3"], dataset.GetColumnNames());
        Assert.Equal(
            rows.SelectMany(
                row => new[] { (row * row) - 500, row % 11 == 0
                    ? float.NaN
                    : (long)row << 33, row % 5 == 0
                    ? float.NaN
                    : row % 3 == 0
                    ? 1
                    : 0, row, row + 0.5f, -row }),
            ValuesOf(dataset));
        Assert.Equal(rows.Select(row => $"row-{row:00000}"), dataset.GetIds());
        Assert.Equal(rows.Select(row => row % 13 == 1 ? null : $"k{row % 5}"), rows.Select(row => dataset.GetLabels()![row]));
    }

    [Fact]
    public void NumbersOfRareTypes_AndOfStructures_AreColumns()
    {
        var dataset = Read(ArrowParquet.Types, new() { ExcludedColumns = Times });

        Assert.Equal(["half", "unsigned", "cents", "outer.inner"], dataset.GetColumnNames());
        Assert.Equal([0.5f, ulong.MaxValue, 1.25f, 1, 1.5f, 0, -0.05f, float.NaN, float.NaN, 1, 100, 3], ValuesOf(dataset));
    }

    [Theory]
    [InlineData("unsigned", "18446744073709551615", "0", "1")]
    [InlineData("cents", "1.25", "-0.05", "100")]
    [InlineData("date", "1970-01-01", "2024-01-31", "1969-12-31")]
    [InlineData("milliseconds", "2024-01-31T12:00:00", "2024-01-31T12:00:00.5", "1969-12-31T23:59:59.999")]
    [InlineData("micros", "2024-01-31T12:00:00Z", "2024-01-31T12:00:00.000001Z", "1970-01-01T00:00:00Z")]
    [InlineData("nanos", "2024-01-31T12:00:00", "2024-01-31T12:00:00.000000001", "2262-04-11T23:47:16.854775807")]
    [InlineData("time", "00:00:00", "12:00:00", "23:59:59.999999")]
    [InlineData(
        "uuid", "00010203-0405-0607-0809-0a0b0c0d0e0f", "10111213-1415-1617-1819-1a1b1c1d1e1f", "00000000-0000-0000-0000-000000000000")]
    [InlineData("json", "{}", "[1]", "1")]
    public void ValuesOfEveryType_AreIdsAndLabels_TheSameInEveryCulture(string column, params string[] texts)
    {
        Assert.Equal(texts, Read(ArrowParquet.Types, new() { IdColumn = column, Columns = ["outer.inner"] }).GetIds());
        Assert.Equal(
            texts,
            Enumerable.Range(
                0, 3).Select(row => Read(ArrowParquet.Types, new() { LabelColumn = column, Columns = ["outer.inner"] }).GetLabels()![row]));
    }

    [Fact]
    public void BytesAreIdsInHexadecimal()
    {
        var dataset = Read(ArrowParquet.Types, new() { LabelColumn = "bytes", Columns = ["outer.inner"] });

        Assert.Equal(["01ff", null, "00"], Enumerable.Range(0, 3).Select(row => dataset.GetLabels()![row]));
    }

    [Fact]
    public void DatesTimesAndBytes_AreNoFeatures()
    {
        var message = Refused("NotANumber", ArrowParquet.Types, new() { ExcludedColumns = ["json"] });

        Assert.Contains(
            "'date' (dates, such as '1970-01-01'), 'milliseconds' (dates, such as '2024-01-31T12:00:00')",
            message,
            StringComparison.Ordinal);
        Assert.Contains(
            "'time' (times, such as '00:00:00'), 'uuid' (UUIDs, such as '00010203-0405-0607-0809-0a0b0c0d0e0f'), 'bytes' (bytes, such as "
                + "'01ff'), 'interval' (intervals)",
            message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void AnErrorOfAnIdColumn_SpeaksOfTheIdOption()
    {
        Assert.Equal(
            "'x.parquet', column 'interval': it contains intervals, which cannot be ids. Use another column for IdColumn.",
            Refused("IdColumnUnusable", ArrowParquet.Types, new() { IdColumn = "interval", Columns = ["cents"] }));
        Assert.Equal(
            "'x.parquet', column 'list_item': it contains vectors, which cannot be labels. Use another column for LabelColumn.",
            Refused("LabelColumnUnusable", ArrowParquet.Lists, new() { LabelColumn = "list_item", Columns = ["bag"] }));
        Refused("CategoryColumnUnusable", ArrowParquet.Lists, new() { CategoryColumns = ["map"], Columns = ["bag", "map"] });
    }

    [Fact]
    public async Task TheLargestVectors_ComeOutAsTheyWentIn()
    {
        const int RowCount = 300;
        const int Width = 50;
        var schema = new ParquetSchema(new DataField<int>("id"), new ListField("e", new DataField<float>("element", true)));
        var bytes = await ParquetFiles.Write(schema, CompressionMethod.Zstd, async group =>
        {
            await group.WriteAsync<int>(schema.GetDataFields()[0], Enumerable.Range(0, RowCount).ToArray());
            await group.WriteAsync<float>(
                schema.GetDataFields()[1], Enumerable.Range(0, RowCount * Width)
                    .Select(place => (float?)place)
                    .ToArray(), Enumerable.Range(0, RowCount * Width)
                    .Select(place => place % Width == 0 ? 0 : 1)
                    .ToArray());
        });

        var dataset = Read(bytes, new() { IdColumn = "id" });

        Assert.Equal(Enumerable.Range(0, RowCount * Width).Select(place => (float)place), ValuesOf(dataset));
    }

    [Fact]
    public async Task CancellationEndsTheReading()
    {
        var path = _files.Bytes("x.parquet", await ParquetFiles.Plain(CompressionMethod.Snappy));

        Assert.Throws<OperationCanceledException>(() =>
            new ParquetFileReader().Read(path, new Execution { CancellationToken = new CancellationToken(canceled: true) }));
    }

    [Fact]
    public async Task RowsThatTheFooterInvents_TakeNoMemory()
    {
        var schema = new ParquetSchema(new DataField<float>("x"));
        var bytes = await ParquetFiles.Write(
            schema, CompressionMethod.None, async group => await group.WriteAsync<float>(schema.GetDataFields()[0], new float[77]));

        // 77 as a variable number in zigzag, and 2^28 + 77 instead.
        byte[] more = [
            .. bytes[..^8]
            .SelectMany((value, place) => place > bytes.Length - 8 - BitConverter.ToInt32(bytes, bytes.Length - 8)
                && value == 0x9a
                && bytes[place + 1] == 0x01 ? (byte[])[0x9a, 0x81, 0x80, 0x80] : [value])
        ];
        byte[] file = [
            .. more, .. BitConverter.GetBytes(BitConverter.ToInt32(bytes, bytes.Length - 8) + more.Length - (bytes.Length - 8)), .. "PAR1"u8
        ];
        var before = GC.GetTotalAllocatedBytes();

        Assert.Contains(Assert.Throws<N2DException>(() => Read(file, new())).Id, new[] { "ParquetUnreadable", "DoesNotFitInMemory" });
        Assert.True(GC.GetTotalAllocatedBytes() - before < 64 << 20);
    }

    private static float[] ValuesOf(Dataset dataset) => dataset.GetRawRows(Execution.Default).Values.ToArray();

    private Dataset Read(byte[] bytes, TableOptions options) => new ParquetFileReader(options).Read(_files.Bytes("x.parquet", bytes));

    private string Refused(string id, byte[] bytes, TableOptions options)
    {
        var error = Assert.Throws<N2DException>(() => Read(bytes, options));
        Assert.Equal(id, error.Id);
        return error.Message;
    }
}
