using N2D.Numerics;

namespace N2D.Data;

/// <summary>Collects the numbers and labels of a delimited text file, line by line.</summary>
/// <param name="file">The file, for errors.</param>
/// <param name="layout">Its columns.</param>
/// <param name="texts">Which of them look like text.</param>
/// <param name="delimiter">What separates its cells.</param>
internal sealed class DelimitedRows(InputFile file, ColumnLayout layout, TextColumns texts, char delimiter)
{
    private const int LongestQuotation = 40;

    private readonly List<float> _values = [];
    private readonly List<string?> _labels = [];
    private readonly List<string> _ids = [];
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _classes =
        new Dictionary<string, string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private int _line;

    /// <summary>The number of rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>Begins a row.</summary>
    /// <param name="line">Its line in the file, from 1.</param>
    /// <param name="cellCount">The number of its cells.</param>
    /// <exception cref="N2DException">It has more or fewer cells than the first line (<c>RaggedRow</c>), or there are too many rows (<c>TooManyValues</c>).</exception>
    public void Begin(int line, int cellCount)
    {
        if (cellCount != layout.Names.Length)
        {
            throw file.Invalid(
                "RaggedRow",
                $", line {line}: expected {layout.Names.Length} cell{(layout.Names.Length == 1 ? "" : "s")} as in the first line, found {cellCount}. Repair the line; a cell that holds the delimiter '{(delimiter == '\t' ? "tab" : delimiter)}' needs quotes.");
        }

        if ((long)_values.Count + cellCount > Array.MaxLength)
        {
            throw file.Invalid("TooManyValues", $", line {line}: more than {Array.MaxLength} numbers. Import a part of the rows.");
        }

        _line = line;
        Count++;
    }

    /// <summary>Takes the next cell of the row.</summary>
    /// <param name="column">Its column, from 0.</param>
    /// <param name="cell">Its text, trimmed.</param>
    /// <exception cref="N2DException">
    /// It is not a number (<c>NotANumber</c>), NaN or infinite (<c>NotFinite</c>), or missing (<c>MissingValue</c>).
    /// </exception>
    public void Add(int column, ReadOnlySpan<char> cell)
    {
        if (column == layout.Label)
        {
            AddLabel(cell);
        }
        else if (column == layout.Id)
        {
            _ids.Add(cell.IsWhiteSpace() ? throw file.Invalid("MissingValue", $", row {_line}, column '{layout.Names[column]}': the cell is empty; every row needs its id.") : cell.ToString());
        }
        else if (layout.Excluded.Contains(column))
        {
            return;
        }
        else if (NumberText.TryParse(cell, out var value) && float.IsFinite(value))
        {
            _values.Add(value);
        }
        else
        {
            throw NotUsable(column, cell.ToString());
        }
    }

    /// <summary>The rows as a matrix.</summary>
    public Matrix ToMatrix() => Matrix.Own([.. _values], layout.FeatureCount);

    /// <summary>The ids of the rows; null if the file has no column of ids.</summary>
    public string[]? ToIds() => layout.Id < 0 ? null : [.. _ids];

    /// <summary>The labels of the rows, unknown where the cell was empty; null if the file has no column of labels.</summary>
    /// <exception cref="N2DException">Every cell of the column was empty (<c>MissingLabel</c>).</exception>
    public Labels? ToLabels()
    {
        if (layout.Label < 0)
        {
            return null;
        }

        return _labels.Exists(label => label is not null)
            ? Labels.FromNames(_labels)
            : throw file.Invalid("MissingLabel", $", column '{layout.Names[layout.Label]}': no row has a label. Leave out -LabelColumn, or fill in those that are known.");
    }

    private void AddLabel(ReadOnlySpan<char> cell)
    {
        if (cell.IsWhiteSpace())
        {
            _labels.Add(null);
            return;
        }

        if (!_classes.TryGetValue(cell, out var label))
        {
            label = cell.ToString();
            _classes[cell] = label;
        }

        _labels.Add(label);
    }

    private N2DException NotUsable(int column, string cell)
    {
        var name = layout.Names[column];
        var place = $", row {_line}, column '{name}': ";
        var quoted = cell.Length > LongestQuotation ? $"'{cell[..LongestQuotation]}...'" : $"'{cell}'";
        if (cell.Length == 0)
        {
            return file.Invalid("MissingValue", $"{place}the cell is empty. Fill the gap or remove the row.");
        }

        if (NumberText.IsMissing(cell))
        {
            return file.Invalid("MissingValue", $"{place}{quoted} stands for a missing value. Fill the gap or remove the row.");
        }

        if (NumberText.TryParse(cell, out _))
        {
            return file.Invalid("NotFinite", $"{place}{quoted} is not a finite number of float32. Replace it or remove the row.");
        }

        return file.Invalid("NotANumber", $"{place}{quoted} is not a number; {AdviceOn(column, cell)}.");
    }

    private string AdviceOn(int column, string cell)
    {
        if (NumberText.HasDecimalComma(cell) && (layout.Names.Length > 1 || delimiter == ','))
        {
            return "it has a decimal comma: save the file with decimal points";
        }

        return DelimiterDetection.Suggest(cell, delimiter, isWholeLine: layout.Names.Length == 1) ?? texts.AdviceOn(column);
    }
}
