using N2D.Data;
using Parquet;
using Parquet.Schema;

namespace N2D.Tests.Data;

public sealed class ParquetFileReaderTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("x.parquet", CompressionMethod.None)]
    [InlineData("x.parquet", CompressionMethod.Snappy)]
    [InlineData("x.parquet", CompressionMethod.Zstd)]
    [InlineData("x.bin.gz", CompressionMethod.Gzip)]
    public async Task NumbersOfAllKinds_BecomeColumns(string name, CompressionMethod compression)
    {
        var path = await Write(name, compression);

        var dataset = new ParquetFileReader(new() { LabelColumn = "kind", ExcludedColumns = ["id", "n*"] }).Read(path);

        Assert.Equal(["float", "double", "byte", "long", "decimal", "bool"], dataset.GetColumnNames());
        Assert.Equal(
            [1.5f, 0.25f, 1, -1, 0.5f, 1, 2.5f, 1e9f, 2, -2, 1.5f, 0, 3.5f, -3, 255, 1L << 40, 2.5f, 1, 4.5f, 0, 0, 0, 3.5f, 0],
            dataset.GetRows().Values.ToArray());
        Assert.Equal(["u", "v", null, "u"], Enumerable.Range(0, 4).Select(row => dataset.GetLabels()![row]));
    }

    [Theory]
    [InlineData("byte", new[] { "1", "2", "255", "0" })]
    [InlineData("double", new[] { "0.25", "1000000000", "-3", "0" })]
    [InlineData("bool", new[] { "True", "False", "True", "False" })]
    public async Task LabelsOfAnyKind_AreNamesOfClasses(string column, string[] names)
    {
        var path = await Write("x.parquet", CompressionMethod.Snappy);

        var dataset = new ParquetFileReader(new() { LabelColumn = column, ExcludedColumns = ["id", "nullable", "kind"] }).Read(path);

        Assert.Equal(names, Enumerable.Range(0, 4).Select(row => dataset.GetLabels()![row]));
        Assert.Equal(5, dataset.Dimension);
    }

    [Theory]
    [InlineData("long", new[] { "-1", "-2", "1099511627776", "0" })]
    [InlineData("decimal", new[] { "0.5", "1.5", "2.5", "3.5" })]
    public async Task IdsOfAnyKind_ComeAsText_AndAreNoColumns(string column, string[] ids)
    {
        var path = await Write("x.parquet", CompressionMethod.Snappy);

        var dataset =
            new ParquetFileReader(new() { IdColumn = column, LabelColumn = "kind", ExcludedColumns = ["id", "nullable"] }).Read(path);

        Assert.Equal(ids, dataset.GetIds());
        Assert.Equal(column, dataset.GetIdName());
        Assert.DoesNotContain(column, dataset.GetColumnNames());
        Assert.Equal(5, dataset.Dimension);
    }

    [Fact]
    public async Task IdsThatAreTwice_AreWarnedOf_AndThoseThatAreMissing_Refused()
    {
        var path = await Write("x.parquet", CompressionMethod.None);
        var warnings = new List<string>();

        var dataset = new ParquetFileReader(new() { IdColumn = "id", ExcludedColumns = ["kind", "nullable"] }).Read(
            path, new Execution { Warn = warnings.Add });

        Assert.Equal(["a", "b", "a", "b"], dataset.GetIds());
        Assert.Contains("2 rows have the id 'a'", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal(
            "'x.parquet', row 3, column 'kind': the id is empty. Every row needs its id.",
            Refused("MissingValue", path, new() { IdColumn = "kind", ExcludedColumns = ["id", "nullable"] }));
    }

    [Fact]
    public async Task ColumnsThatAreNoNumbers_AreAllNamed()
    {
        var path = await Write("x.parquet", CompressionMethod.None);

        Assert.StartsWith(
            "'x.parquet' has 2 columns without numbers: 'id' (text, such as 'a'), 'kind' (text, such as 'u').",
            Refused("NotANumber", path, new()),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "'x.parquet' has no column 'sort'. It has 9: id, float, double,",
            Refused("LabelColumnNotFound", path, new() { LabelColumn = "sort" }),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANull_IsAGapOfItsColumn()
    {
        var dataset = new ParquetFileReader(new()
        { LabelColumn = "kind", ExcludedColumns = ["id"] }).Read(await Write("x.parquet", CompressionMethod.Snappy));

        Assert.Equal(["'nullable' 1 (first: row 3)"], dataset.Raw.Gaps.Select(gap => gap.ToString()));
        Assert.Equal([1, 2, float.NaN, 4], dataset.GetRawRows(Execution.Default).Values.ToArray().Where((_, place) => place % 7 == 6));
    }

    [Fact]
    public async Task CutFiles_AreRefused()
    {
        var bytes = await File.ReadAllBytesAsync(await Write("x.parquet", CompressionMethod.Snappy));

        for (var length = 4; length < bytes.Length; length += bytes.Length / 20)
        {
            Refused("ParquetUnreadable", _files.Bytes("cut.parquet", bytes[..length]), new());
        }
    }

    [Fact]
    public async Task OptionsOfOtherFormats_AreRefused()
    {
        var path = await Write("x.parquet", CompressionMethod.None);

        Assert.Equal(
            "OptionOfOtherFormat", Assert.Throws<N2DException>(() => new DatasetFile { Text = new() { Delimiter = ";" } }.Read(path)).Id);
        Assert.Equal("OptionOfOtherFormat", Assert.Throws<N2DException>(() => new DatasetFile { LabelPath = path }.Read(path)).Id);
    }

    private static string Refused(string id, string path, TableOptions options)
    {
        var error = Assert.Throws<N2DException>(() => new ParquetFileReader(options).Read(path));
        Assert.Equal(id, error.Id);
        return error.Message;
    }

    /// <summary>Four rows in two groups.</summary>
    private async Task<string> Write(string name, CompressionMethod compression)
    {
        var schema = new ParquetSchema(
            new DataField<string>("id"),
            new DataField<float>("float"),
            new DataField<double>("double"),
            new DataField<byte>("byte"),
            new DataField<long>("long"),
            new DataField<decimal>("decimal"),
            new DataField<bool>("bool"),
            new DataField<int>("nullable", true),
            new DataField<string>("kind"));
        var fields = schema.GetDataFields();
        using var content = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(schema, content, new ParquetOptions { CompressionMethod = compression }))
        {
            for (var start = 0; start < 4; start += 2)
            {
                var range = start..(start + 2);
                using var group = writer.CreateRowGroup();
                await group.WriteAsync(fields[0], (string[])["a", "b"]);
                await group.WriteAsync<float>(fields[1], new[] { 1.5f, 2.5f, 3.5f, 4.5f }.AsMemory(range));
                await group.WriteAsync<double>(fields[2], new[] { 0.25, 1e9, -3, 0 }.AsMemory(range));
                await group.WriteAsync<byte>(fields[3], new byte[] { 1, 2, 255, 0 }.AsMemory(range));
                await group.WriteAsync<long>(fields[4], new[] { -1, -2, 1L << 40, 0 }.AsMemory(range));
                await group.WriteAsync<decimal>(fields[5], new[] { 0.5m, 1.5m, 2.5m, 3.5m }.AsMemory(range));
                await group.WriteAsync<bool>(fields[6], new[] { true, false, true, false }.AsMemory(range));
                await group.WriteAsync<int>(fields[7], new int?[] { 1, 2, null, 4 }.AsMemory(range));
                await group.WriteAsync(fields[8], new[] { "u", "v", null!, "u" }[range]);
            }
        }

        return _files.Bytes(name, content.ToArray());
    }
}
