using System.Globalization;
using N2D.Numerics;

namespace N2D.Data;

/// <summary>
/// Detects the delimiter of a text file: the one that gives all records the same number of cells, at least two, and the largest share of
/// numbers.
/// </summary>
internal static class DelimiterGuess
{
    /// <summary>The maximum number of cells per record that are tested for numbers.</summary>
    private const int MaxCells = 256;

    /// <summary>The usual delimiters; null is any run of blanks and tabs. Earlier ones win ties.</summary>
    private static readonly char?[] Usual = ['\t', ';', '|', ',', null];

    /// <summary>Delimiters that are tried only if no usual one fits, because they occur in times and names.</summary>
    private static readonly char?[] Unusual = ['^', ':'];

    /// <summary>Detects the delimiter.</summary>
    /// <param name="fileName">The name of the file, with or without .gz.</param>
    /// <param name="text">The beginning of the table.</param>
    /// <param name="isWhole">Whether the text extends to the end of the file.</param>
    /// <param name="comment">Lines that start with this text are skipped; null to skip none.</param>
    /// <param name="cancellation">Cancels the work.</param>
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

        // The file has one column or is irregular. In an irregular file, a delimiter that occurs gives the better error.
        return measures.Where(measure => measure.Delimiter is not null && measure.MaxCount > 1)
            .Select(measure => measure.Delimiter)
            .FirstOrDefault(',');
    }

    /// <summary>
    /// Returns whether repeated tabs align columns: single tabs give an irregular table, runs of blanks and tabs a regular one.
    /// </summary>
    /// <param name="text">The beginning of the table.</param>
    /// <param name="isWhole">Whether the text extends to the end of the file.</param>
    /// <param name="comment">Lines that start with this text are skipped; null to skip none.</param>
    /// <param name="cancellation">Cancels the work.</param>
    public static bool CollapseTabs(ReadOnlySpan<char> text, bool isWhole, string? comment, CancellationToken cancellation) =>
        Measure.Of('\t', text, isWhole, comment, cancellation) is { IsRegular: false, MaxCount: > 1 }
        && Measure.Of(null, text, isWhole, comment, cancellation) is { IsRegular: true };

    /// <summary>Returns the name of a delimiter in messages.</summary>
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
    /// <param name="MaxCount">The largest number of cells.</param>
    /// <param name="Regularity">The share of records with <paramref name="Count"/> cells below the first record.</param>
    /// <param name="FirstFits">Whether the first record has that many cells, except for a row name or a trailing delimiter.</param>
    /// <param name="FirstIsSame">Whether the first record has exactly that many cells.</param>
    /// <param name="NumberShare">The share of numbers among the cells that are not missing.</param>
    private readonly record struct Measure(
        char? Delimiter, int Count, int MaxCount, double Regularity, bool FirstFits, bool FirstIsSame, double NumberShare)
    {
        /// <summary>The score without numbers: a delimiter that fits every record beats one that gives numbers in a few records.</summary>
        private const double ShareWithoutNumbers = 0.25;

        private const double FirstDoesNotFit = 0.4;
        private const double FirstIsDifferent = 0.98;

        public bool IsRegular => Count > 1 && Regularity >= 1 && FirstIsSame;

        public double Score
        {
            get
            {
                // Any text contains blanks. They separate cells only if they give numbers or the same count in all records.
                if (Count < 2 || (Delimiter is null && NumberShare == 0 && !IsRegular))
                {
                    return 0;
                }

                var fit = FirstIsSame ? 1 : FirstFits ? FirstIsDifferent : FirstDoesNotFit;
                return PortableMath.Pow(Regularity, 4) * fit * (ShareWithoutNumbers + NumberShare);
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

        /// <summary>Whether a quote follows another delimiter. Then the blanks are in quotes and do not separate cells.</summary>
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

        /// <summary>Returns the most frequent number. Ties go to the preferred number, then to the larger one.</summary>
        private static int ModeOf(List<int> counts, int preferred) =>
            counts.GroupBy(count => count)
                .OrderByDescending(group => group.Count())
                .ThenByDescending(group => group.Key == preferred)
                .ThenByDescending(group => group.Key)
                .First().Key;

        /// <summary>Returns the second of the two whole numbers in the first line of word vectors; -1 for other records.</summary>
        private static int DimensionIn(SampleReader reader) =>
            reader.Cells.Count == 2
            && uint.TryParse(reader.Cells.Get(reader.Text, 0), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && int.TryParse(reader.Cells.Get(reader.Text, 1), NumberStyles.None, CultureInfo.InvariantCulture, out var dimension)
                ? dimension
                : -1;

        private static void CountNumbers(SampleReader reader, ref int numbers, ref int known)
        {
            var count = Math.Min(MaxCells, reader.Cells.Count);
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
