using System.Globalization;
using System.Text;
using N2D.Files;

namespace N2D.Models;

/// <summary>
/// Writes the clusters of all rows as delimited text, as <c>Export-Csv</c> does with the assignments, but fast enough for billions of rows.
/// </summary>
public static class AssignmentFile
{
    private const int CancellationInterval = 1 << 12;

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
            using var text = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
            var hasIds = result.GetEmbedding().GetIds() is not null;
            text.WriteLine(
                (hasIds ? "\"Id\"," : "") + "\"Index\",\"Label\",\"Cluster\",\"Probability\",\"Confidence\",\"Novelty\",\"OutlierScore\",\"ClusterName\"");
            var count = 0;
            foreach (var row in result.EnumerateAssignments())
            {
                if (++count % CancellationInterval == 0)
                {
                    execution.CancellationToken.ThrowIfCancellationRequested();
                }

                if (hasIds)
                {
                    WriteText(text, (row as IdentifiedAssignment)?.Id);
                    text.Write(',');
                }

                WriteNumber(text, firstIndex + row.Index);
                text.Write(',');
                WriteText(text, row.Label);
                text.Write(',');
                WriteNumber(text, row.Cluster);
                text.Write(',');
                WriteNumber(text, row.Probability);
                text.Write(',');
                WriteNumber(text, row.Confidence);
                text.Write(',');
                WriteNumber(text, row.Novelty);
                text.Write(',');
                WriteNumber(text, row.OutlierScore);
                text.Write(',');
                WriteText(text, row.ClusterName);
                text.Write('\n');
            }
        });
    }

    private static void WriteNumber<T>(StreamWriter text, T? number)
        where T : struct, ISpanFormattable
    {
        if (number is { } known)
        {
            Span<char> digits = stackalloc char[32];
            known.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
            text.Write('"');
            text.Write(digits[..length]);
            text.Write('"');
        }
    }

    private static void WriteNumber(StreamWriter text, long number) => WriteNumber<long>(text, number);

    private static void WriteText(StreamWriter text, string? cell)
    {
        if (cell is not null)
        {
            text.Write('"');
            text.Write(cell.Replace("\"", "\"\"", StringComparison.Ordinal));
            text.Write('"');
        }
    }
}
