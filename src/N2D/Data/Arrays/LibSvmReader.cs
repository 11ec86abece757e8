using System.Buffers.Text;
using System.Globalization;
using System.Text;
using N2D.Numerics;

namespace N2D.Data;

/// <summary>
/// Reads libsvm's text, also called svmlight's: a row a line, its label first, then <c>index:value</c> of what is not zero, in ascending order. Indices count
/// from 1, or from 0 if the file has an index 0. What follows <c>#</c>, and <c>qid:</c>, does not count. The rows become dense. (Joachims, 1999; Chang and Lin, 2011.)
/// </summary>
public sealed class LibSvmReader : IDatasetReader
{
    private const int RowsPerReport = 1024;
    private const int LongestQuotation = 40;

    /// <summary>The bytes that are free for the dense rows; null to ask the machine.</summary>
    internal long? FreeBytes { get; init; }

    /// <inheritdoc/>
    /// <remarks>
    /// Errors name the line of the file, from 1. Their ids: <c>FileNotFound</c>, <c>FolderGiven</c>, <c>EmptyFile</c>, <c>AccessDenied</c>, <c>CorruptGzip</c>,
    /// <c>NoRows</c>, <c>NoNumberColumns</c>, <c>NotANumber</c>, <c>NotFinite</c>, <c>IndexOutOfOrder</c>, <c>TooManyValues</c>, <c>DoesNotFitInMemory</c>.
    /// </remarks>
    public Dataset Read(string path, Execution? execution = null) => InputFile.Read(path, file =>
    {
        execution ??= Execution.Default;
        var entries = new Entries();
        var lines = new ByteLines(file);
        while (lines.Read())
        {
            ReadLine(file, lines, entries);
            if (entries.RowCount % RowsPerReport == 0)
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                execution.Report($"{file.Name}: {Quantity.Of(entries.RowCount, "row")}", file.Fraction);
            }
        }

        if (entries.RowCount == 0)
        {
            throw file.Invalid("NoRows", $" has no lines but blank ones and remarks.");
        }

        var rows = ToDense(file, entries);
        var labels = Labels.FromNames(entries.Labels);
        execution.Explain?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"'{file.Name}': {Quantity.Of(rows.RowCount, "row")} of {Quantity.Of(rows.ColumnCount, "column")}, indices from {entries.FirstIndex}; {entries.Values.Count / (double)rows.Values.Length:P1} of the values are in the file, the others are 0."));
        ScarceLabels.WarnIfAny(execution, $"'{file.Name}'", labels, "If these are numbers to predict, the scores against them mean nothing.");
        string[]? names = entries.FirstIndex == 0 ? [.. Enumerable.Range(0, rows.ColumnCount).Select(index => string.Create(CultureInfo.InvariantCulture, $"x{index}"))] : null;
        return new Dataset(FileFormats.DatasetNameOf(path), rows, labels, names, source: path);
    });

    /// <summary>Whether text begins as this format does: each line a label and pairs, and not all of them without pairs.</summary>
    /// <param name="head">The first bytes of a file; what is behind the last line break may be cut off.</param>
    internal static bool IsLibSvm(ReadOnlySpan<byte> head)
    {
        var end = head.LastIndexOf((byte)'\n');
        var text = Encoding.UTF8.GetString(end < 0 ? head : head[..end]);
        var hasPair = false;
        foreach (var line in text.Split('\n').Select(line => line.Split('#')[0]))
        {
            var parts = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (parts.Skip(1).Any(part => !IsPair(part)))
            {
                return false;
            }

            hasPair |= parts.Length > 1;
        }

        return hasPair;

        static bool IsPair(string part) =>
            part.Split(':') is [var index, var value] && (index == "qid" || uint.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out _)) && NumberText.TryParse(value, out _);
    }

    private static void ReadLine(InputFile file, ByteLines lines, Entries entries)
    {
        var line = lines.Line;
        var remark = line.IndexOf((byte)'#');
        var rest = remark < 0 ? line : line[..remark];
        var label = SpacedRows.Next(ref rest);
        if (label.IsEmpty)
        {
            return;
        }

        if (label.Contains((byte)':'))
        {
            throw file.Invalid("NotANumber", $", line {lines.Number}: '{Quote(label)}' stands first, where the row's label is expected. Begin each line with a label; 0 if there is none.");
        }

        entries.Begin(LabelOf(label));
        for (var token = SpacedRows.Next(ref rest); !token.IsEmpty; token = SpacedRows.Next(ref rest))
        {
            if (token.StartsWith("qid:"u8))
            {
                continue;
            }

            var colon = token.IndexOf((byte)':');
            if (colon < 1 || !Utf8Parser.TryParse(token[..colon], out int index, out var length) || length != colon || index < 0)
            {
                throw file.Invalid("NotANumber", $", line {lines.Number}: '{Quote(token)}' is not index:value, such as 3:0.5.");
            }

            if (!float.TryParse(token[(colon + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                throw file.Invalid("NotANumber", $", line {lines.Number}: the value of '{Quote(token)}' is not a number.");
            }

            if (!float.IsFinite(value))
            {
                throw file.Invalid("NotFinite", $", line {lines.Number}: the value of '{Quote(token)}' is not a finite number of float32.");
            }

            if (!entries.Add(index, value))
            {
                throw file.Invalid("IndexOutOfOrder", $", line {lines.Number}: index {index} stands behind one that is not smaller. Sort the pairs of each line by index, and give none twice.");
            }
        }
    }

    private Matrix ToDense(InputFile file, Entries entries)
    {
        if (entries.Values.Count == 0)
        {
            throw file.Invalid("NoNumberColumns", $" has labels and not a single index:value: there are no numbers to cluster.");
        }

        var dimension = (long)entries.LargestIndex + 1 - entries.FirstIndex;
        DenseMemory.ThrowIfTooLarge(
            file, entries.RowCount, dimension, "Sparse rows are made dense here: reduce the columns first (hashing, truncated singular value decomposition), or take a part of the rows.", freeBytes: FreeBytes);
        var values = new float[entries.RowCount * (int)dimension];
        for (var row = 0; row < entries.RowCount; row++)
        {
            var target = values.AsSpan(row * (int)dimension, (int)dimension);
            var end = row + 1 < entries.RowCount ? entries.Starts[row + 1] : entries.Values.Count;
            for (var entry = entries.Starts[row]; entry < end; entry++)
            {
                target[entries.Indices[entry] - entries.FirstIndex] = entries.Values[entry];
            }
        }

        return Matrix.Own(values, (int)dimension);
    }

    /// <summary>Whole numbers are written in many ways, +1 and 1.0 among them.</summary>
    private static string LabelOf(ReadOnlySpan<byte> label) =>
        double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1L << 53 && Math.Floor(number) == number
            ? ((long)number).ToString(CultureInfo.InvariantCulture)
            : Encoding.UTF8.GetString(label);

    private static string Quote(ReadOnlySpan<byte> token) => Encoding.UTF8.GetString(token[..Math.Min(token.Length, LongestQuotation)]);

    /// <summary>What the lines hold, row after row.</summary>
    private sealed class Entries
    {
        private int _lastIndex;

        public List<string> Labels { get; } = [];

        /// <summary>Where the entries of each row begin.</summary>
        public List<int> Starts { get; } = [];

        public List<int> Indices { get; } = [];

        public List<float> Values { get; } = [];

        public int RowCount => Starts.Count;

        public int LargestIndex { get; private set; }

        /// <summary>0 if an index is 0, else 1.</summary>
        public int FirstIndex { get; private set; } = 1;

        public void Begin(string label)
        {
            Labels.Add(label);
            Starts.Add(Values.Count);
            _lastIndex = -1;
        }

        /// <summary>Adds a pair to the row; false if its index is not above the one before.</summary>
        public bool Add(int index, float value)
        {
            var isInOrder = index > _lastIndex;
            _lastIndex = index;
            Indices.Add(index);
            Values.Add(value);
            LargestIndex = Math.Max(LargestIndex, index);
            FirstIndex = Math.Min(FirstIndex, index);
            return isInOrder;
        }
    }
}
