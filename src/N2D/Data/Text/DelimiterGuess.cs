using System.Globalization;

namespace N2D.Data;

/// <summary>
/// Detects what separates the cells of a text file: the delimiter that gives the same number of cells in all records, two or more, and whose
/// cells are most often numbers.
/// </summary>
internal static class DelimiterGuess
{
    /// <summary>The number of cells per record that are tested for numbers.</summary>
    private const int MostCells = 256;

    /// <summary>The usual delimiters; null is any run of blanks and tabs. The order decides ties.</summary>
    private static readonly char?[] Usual = ['\t', ';', '|', ',', null];

    /// <summary>Tried only if no usual delimiter fits, because they occur in times and names.</summary>
    private static readonly char?[] Unusual = ['^', ':'];

    /// <summary>Detects the delimiter.</summary>
    /// <param name="fileName">The name of the file, with or without .gz.</param>
    /// <param name="text">How the table begins.</param>
    /// <param name="isWhole">Whether the file ends where the text does.</param>
    /// <param name="comment">Lines that start with this text are skipped; null to skip none.</param>
    /// <param name="cancellation">Ends the look at long records.</param>
    /// <returns>The character; null for any run of blanks and tabs.</returns>
    public static char? Detect(string fileName, ReadOnlySpan<char> text, bool isWhole, string? comment, CancellationToken cancellation)
    {
        if (IsTabbed(fileName))
        {
            return CollapseTabs(text, isWhole, comment, cancellation) ? null : '\t';
        }

        var measures = new List<Measure>();
        foreach (var candidate in Usual)
        {
            measures.Add(Measure.Of(candidate, text, isWhole, comment, cancellation));
        }

        var best = measures.MaxBy(measure => measure.Score);
        if (best.Score > 0)
        {
            return best.Delimiter;
        }

        foreach (var candidate in Unusual)
        {
            if (Measure.Of(candidate, text, isWhole, comment, cancellation) is { IsRegular: true })
            {
                return candidate;
            }
        }

        // The file has one column or is irregular. In the latter case the delimiter that occurs at all gives the better error.
        return measures.Where(measure => measure.Delimiter is not null && measure.MostCount > 1).Select(measure => measure.Delimiter).FirstOrDefault(',');
    }

    /// <summary>
    /// Whether tabs are repeated to align columns: single tabs give a ragged table, runs of blanks and tabs a regular one.
    /// </summary>
    /// <param name="text">How the table begins.</param>
    /// <param name="isWhole">Whether the file ends where the text does.</param>
    /// <param name="comment">Lines that start with this text are skipped; null to skip none.</param>
    /// <param name="cancellation">Ends the look at long records.</param>
    public static bool CollapseTabs(ReadOnlySpan<char> text, bool isWhole, string? comment, CancellationToken cancellation) =>
        Measure.Of('\t', text, isWhole, comment, cancellation) is { IsRegular: false, MostCount: > 1 } && Measure.Of(null, text, isWhole, comment, cancellation) is { IsRegular: true };

    /// <summary>What messages call a delimiter.</summary>
    public static string NameOf(char? delimiter) => delimiter switch
    {
        null => "whitespace",
        '\t' => "a tab",
        ',' => "a comma",
        ';' => "a semicolon",
        '|' => "a bar",
        ':' => "a colon",
        '^' => "a caret",
        _ => $"'{delimiter}'",
    };

    private static bool IsTabbed(string fileName)
    {
        var extension = Path.GetExtension(fileName.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? fileName[..^3] : fileName);
        return extension.Equals(".tsv", StringComparison.OrdinalIgnoreCase) || extension.Equals(".tab", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>How well a delimiter fits.</summary>
    /// <param name="Delimiter">The delimiter.</param>
    /// <param name="Count">The most frequent number of cells below the first record.</param>
    /// <param name="MostCount">The largest number of cells.</param>
    /// <param name="Regularity">The share of the records below the first that have <paramref name="Count"/> cells.</param>
    /// <param name="FirstFits">Whether the first record has as many cells, give or take a row name or a trailing delimiter.</param>
    /// <param name="FirstIsSame">Whether the first record has exactly as many.</param>
    /// <param name="NumberShare">The share of numbers among the cells that are not missing.</param>
    private readonly record struct Measure(char? Delimiter, int Count, int MostCount, double Regularity, bool FirstFits, bool FirstIsSame, double NumberShare)
    {
        /// <summary>A delimiter that fits every record without giving numbers still beats one that fits a few records.</summary>
        private const double ShareWithoutNumbers = 0.25;

        private const double FirstDoesNotFit = 0.4;
        private const double FirstIsDifferent = 0.98;

        public bool IsRegular => Count > 1 && Regularity >= 1 && FirstIsSame;

        public double Score
        {
            get
            {
                // Any text has blanks. They separate cells only if they give numbers or the same count in all records.
                if (Count < 2 || (Delimiter is null && NumberShare == 0 && !IsRegular))
                {
                    return 0;
                }

                var fit = FirstIsSame ? 1 : FirstFits ? FirstIsDifferent : FirstDoesNotFit;
                return Math.Pow(Regularity, 4) * fit * (ShareWithoutNumbers + NumberShare);
            }
        }

        public static Measure Of(char? delimiter, ReadOnlySpan<char> text, bool isWhole, string? comment, CancellationToken cancellation)
        {
            var counts = new List<int>();
            int numbers = 0, known = 0, dimension = -1, cut = 0;
            var reader = new SampleReader(text, isWhole, delimiter, comment, cancellation);
            while (reader.Read())
            {
                if (counts.Count == 0)
                {
                    dimension = DimensionIn(reader);
                }
                else if (counts.Count == 1)
                {
                    (numbers, known) = (0, 0);
                }

                counts.Add(reader.Cells.Count);
                cut += delimiter is null && CutsQuotes(reader.Text) ? 1 : 0;
                CountNumbers(reader, ref numbers, ref known);
            }

            if (counts.Count == 0 || 2 * cut > counts.Count)
            {
                return new Measure(delimiter, 0, 0, 0, false, false, 0);
            }

            var below = counts.Count > 1 ? counts[1..] : counts;
            var usual = ModeOf(below, counts[0]);
            return new Measure(
                delimiter,
                usual,
                counts.Max(),
                (double)below.Count(count => count == usual) / below.Count,
                Math.Abs(counts[0] - usual) <= 1 || dimension + 1 == usual,
                counts[0] == usual,
                known == 0 ? 0 : (double)numbers / known);
        }

        /// <summary>Whether a quote opens behind another delimiter: the blanks are in quotes then, and separate no cells.</summary>
        private static bool CutsQuotes(ReadOnlySpan<char> record)
        {
            for (var at = record.IndexOf('"'); at >= 0;)
            {
                if (at > 0 && record[at - 1] is ',' or ';' or '|')
                {
                    return true;
                }

                var next = record[(at + 1)..].IndexOf('"');
                at = next < 0 ? -1 : at + 1 + next;
            }

            return false;
        }

        /// <summary>The most frequent number; of equally frequent ones the preferred, or the larger.</summary>
        private static int ModeOf(List<int> counts, int preferred) =>
            counts.GroupBy(count => count).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key == preferred).ThenByDescending(group => group.Key).First().Key;

        /// <summary>The second of the two whole numbers in front of word vectors; -1 if the record is something else.</summary>
        private static int DimensionIn(SampleReader reader) =>
            reader.Cells.Count == 2
            && uint.TryParse(reader.Cells.Get(reader.Text, 0), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && int.TryParse(reader.Cells.Get(reader.Text, 1), NumberStyles.None, CultureInfo.InvariantCulture, out var dimension)
                ? dimension
                : -1;

        private static void CountNumbers(SampleReader reader, ref int numbers, ref int known)
        {
            var count = Math.Min(MostCells, reader.Cells.Count);
            for (var cell = 0; cell < count; cell++)
            {
                var text = reader.Cells.Get(reader.Text, cell);
                if (!MissingMarks.Default.Contains(text))
                {
                    known++;
                    numbers += LooseNumber.Is(text) ? 1 : 0;
                }
            }
        }
    }
}
