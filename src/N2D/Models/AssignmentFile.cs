using System.Globalization;
using System.Text;
using N2D.Files;

namespace N2D.Models;

/// <summary>
/// Writes the clusters of all rows as delimited text, as <c>Export-Csv</c> does with the assignments, but fast enough for billions of rows.
/// </summary>
public static class AssignmentFile
{
    private const int RowsPerBlock = 1 << 12;

    private const string Header = "\"Index\",\"Label\",\"Cluster\",\"Probability\",\"Confidence\",\"Novelty\",\"OutlierScore\","
        + "\"ClusterName\"\n";

    /// <summary>Writes the file. Lines end with a line feed on all systems.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="result">The clustering.</param>
    /// <param name="firstIndex">The index of the first row.</param>
    /// <param name="execution">Cancellation.</param>
    /// <exception cref="N2DException">The file cannot be written (see <see cref="OutputFile.ThrowIfNotWritable"/>).</exception>
    public static void Write(string path, ClusterResult result, long firstIndex, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(execution);
        OutputFile.Write(path, stream =>
        {
            var hasIds = result.GetEmbedding().GetIds() is not null;
            var text = new StringBuilder(hasIds ? "\"Id\"," : "").Append(Header);
            var count = 0;
            foreach (var row in result.EnumerateAssignments())
            {
                if (++count % RowsPerBlock == 0)
                {
                    execution.CancellationToken.ThrowIfCancellationRequested();
                    Flush(text, stream);
                }

                if (hasIds)
                {
                    Append(text, (row as IdentifiedAssignment)?.Id).Append(',');
                }

                Append(text, (long?)(firstIndex + row.Index)).Append(',');
                Append(text, row.Label).Append(',');
                Append(text, row.Cluster).Append(',');
                Append(text, row.Probability).Append(',');
                Append(text, row.Confidence).Append(',');
                Append(text, row.Novelty).Append(',');
                Append(text, row.OutlierScore).Append(',');
                Append(text, row.ClusterName).Append('\n');
            }

            Flush(text, stream);
        });
    }

    private static void Flush(StringBuilder text, Stream stream)
    {
        stream.Write(Encoding.UTF8.GetBytes(text.ToString()));
        text.Clear();
    }

    private static StringBuilder Append<T>(StringBuilder text, T? number)
        where T : struct, ISpanFormattable =>
        number is { } known ? text.Append(CultureInfo.InvariantCulture, $"\"{known}\"") : text;

    private static StringBuilder Append(StringBuilder text, string? cell) =>
        cell is null ? text : text.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
}
