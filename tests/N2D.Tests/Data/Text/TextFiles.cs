using System.Text;
using N2D.Data;

namespace N2D.Tests.Data.Text;

/// <summary>What came of reading a file.</summary>
internal sealed record TextResult(
    string[] Header, string[][] Rows, int[] Lines, int ColumnCount, string Delimiter, IReadOnlyList<string> Notes, string? Warning)
{
    /// <summary>The cells with | between them and / between the rows: short enough for inline data.</summary>
    public string Flat => string.Join('/', Rows.Select(row => string.Join('|', row)));

    public string Names => string.Join('|', Header);
}

/// <summary>Files of one test, read as records.</summary>
internal sealed class TextFiles : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    public TextResult Read(string text, TextFormat? format = null, string name = "x.csv") =>
        Read(Encoding.UTF8.GetBytes(text), format, name);

    public TextResult Read(byte[] bytes, TextFormat? format = null, string name = "x.csv", Execution? execution = null) =>
        InputFile.Read(_files.Bytes(name, bytes), file =>
        {
            var records = TextRecords.Open(file, format ?? TextFormat.Detected, execution ?? Execution.Default);
            var rows = new List<string[]>();
            var lines = new List<int>();
            while (records.Read())
            {
                rows.Add(records.ToArray());
                lines.Add(records.LineNumber);
            }

            return new TextResult(
                [.. records.Header ?? []],
                [.. rows],
                [.. lines],
                records.ColumnCount,
                records.DelimiterName,
                records.Notes,
                records.Warning?.Text);
        });

    public N2DException Fails(string text, TextFormat? format = null) => Assert.Throws<N2DException>(() => Read(text, format));

    public N2DException Fails(byte[] bytes, TextFormat? format = null) => Assert.Throws<N2DException>(() => Read(bytes, format));

    public string Path(string name, byte[] bytes) => _files.Bytes(name, bytes);
}
