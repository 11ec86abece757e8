using N2D.Files;
using N2D.Models;

namespace N2D.Reports;

/// <summary>
/// A report on clusterings: one HTML page with settings, scores, an interactive map, profiles, exemplars and curves. Immutable.
/// </summary>
/// <remarks>
/// The page loads nothing from the network, and its security policy forbids it. The same clustering gives the same bytes; the page has
/// neither dates nor, for a single clustering, durations.
/// </remarks>
public sealed class ClusterReport
{
    private ClusterReport(string title, IReadOnlyList<ReportSection> sections, ReportComparison? comparison) =>
        (Title, Sections, Comparison) = (title, sections, comparison);

    /// <summary>The title of the page.</summary>
    public string Title { get; }

    /// <summary>The parts of the page, one for each clustering.</summary>
    internal IReadOnlyList<ReportSection> Sections { get; }

    /// <summary>The scores of the clusterings side by side; null for a single one.</summary>
    internal ReportComparison? Comparison { get; }

    /// <summary>Collects the content of a report.</summary>
    /// <param name="results">The clusterings, at least one, in the order of the page.</param>
    /// <param name="options">The options.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// A layout has other rows (<c>LayoutMismatch</c>) or not two dimensions (<c>LayoutNotPlanar</c>), a data set has no such column
    /// (<c>ColumnNotFound</c>), or an option is out of range (<c>ExemplarCountOutOfRange</c>).
    /// </exception>
    public static ClusterReport Of(IReadOnlyList<ClusterResult> results, ReportOptions options, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        ArgumentOutOfRangeException.ThrowIfZero(results.Count, nameof(results));
        options.ThrowIfInvalid();
        var sections = new ReportSection[results.Count];
        for (var number = 0; number < sections.Length; number++)
        {
            var part = execution.Part((double)number / sections.Length, (number + 1.0) / sections.Length);
            sections[number] = ReportSection.Of(results[number], options, part);
        }

        var names = string.Join(", ", results.Select(result => result.Dataset).Distinct(StringComparer.Ordinal));
        return new ClusterReport(options.Title ?? $"Clusters of {names}", sections, ReportComparison.Of(results, execution));
    }

    /// <summary>Rejects a path whose extension is not that of a page.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="N2DException">The extension is neither .html nor .htm (<c>UnknownReportFormat</c>).</exception>
    public static void CheckPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Path.GetExtension(path).ToUpperInvariant() is not (".HTML" or ".HTM"))
        {
            throw new N2DException(
                "UnknownReportFormat",
                ErrorKind.InvalidArgument,
                $"A report is an HTML page, but the extension of '{path}' is neither .html nor .htm. Use one of these.",
                path);
        }
    }

    /// <summary>Writes the page to a file. A file is complete, or does not exist.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="token">Cancels the writing. An existing file stays as it is.</param>
    /// <exception cref="N2DException">The file cannot be written (see <see cref="OutputFile.ThrowIfNotWritable"/>).</exception>
    public void Save(string path, CancellationToken token = default) => OutputFile.Write(path, stream => Write(stream, token));

    /// <summary>Writes the page to a stream, in UTF-8.</summary>
    /// <param name="stream">Receives the page.</param>
    /// <param name="token">Cancels the writing, and leaves an incomplete page.</param>
    public void Write(Stream stream, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var html = new HtmlWriter(stream, token);
        ReportPage.Write(html, this);
    }
}
