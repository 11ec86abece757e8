using Parquet;
using Parquet.Schema;

namespace N2D.Tests.Data;

/// <summary>Parquet files that Parquet.Net writes.</summary>
internal static class ParquetFiles
{
    public const int RowCount = 30;

    /// <summary>Columns of numbers, of truth values, of texts that recur, and of numbers that may be null.</summary>
    public static Task<byte[]> Plain(CompressionMethod compression)
    {
        var schema = new ParquetSchema(
            new DataField<double>("double"), new DataField<int>("int"), new DataField<bool>("bool"), new DataField<float>("nullable", true),
            new DataField<string>("text"));
        return Write(schema, compression, async group =>
        {
            var fields = schema.GetDataFields();
            var rows = Enumerable.Range(0, RowCount);
            await group.WriteAsync<double>(fields[0], rows.Select(row => row / 4.0).ToArray());
            await group.WriteAsync<int>(fields[1], rows.ToArray());
            await group.WriteAsync<bool>(fields[2], rows.Select(row => row % 3 == 0).ToArray());
            await group.WriteAsync<float>(fields[3], rows.Select(row => row % 4 == 1 ? (float?)null : row).ToArray());
            await group.WriteAsync(
                fields[4], rows.Select(row => (row % 3).ToString(System.Globalization.CultureInfo.InvariantCulture)).ToArray());
        });
    }

    /// <summary>A column of four numbers in each row.</summary>
    public static Task<byte[]> Lists(CompressionMethod compression)
    {
        var schema = new ParquetSchema(new ListField("embedding", new DataField<float>("element", true)));
        return Write(schema, compression, async group =>
        {
            var values = Enumerable.Range(0, 4 * RowCount).Select(place => (float?)place).ToArray();
            await group.WriteAsync<float>(
                schema.GetDataFields()[0], values, Enumerable.Range(0, values.Length).Select(place => place % 4 == 0 ? 0 : 1).ToArray());
        });
    }

    /// <summary>Writes one group of rows.</summary>
    public static async Task<byte[]> Write(ParquetSchema schema, CompressionMethod compression, Func<ParquetRowGroupWriter, Task> write)
    {
        using var content = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(schema, content, new ParquetOptions { CompressionMethod = compression }))
        {
            using var group = writer.CreateRowGroup();
            await write(group);
        }

        return content.ToArray();
    }
}
