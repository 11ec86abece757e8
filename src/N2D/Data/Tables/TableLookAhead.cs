using System.Globalization;
using System.Text.RegularExpressions;

namespace N2D.Data;

/// <summary>What the first rows of a table show: how numbers are written, which columns hold vectors, and which hold text.</summary>
internal sealed partial class TableLookAhead
{
    /// <summary>The rows that are looked at.</summary>
    public const int RowCount = 100;

    private readonly TableSource _source;
    private readonly ColumnRoles _roles;
    private readonly TableOptions _options;
    private readonly MissingMarks _marks;
    private readonly TableCell[][] _rows;

    /// <summary>Looks at the first rows.</summary>
    /// <param name="source">The table, for messages.</param>
    /// <param name="roles">Its columns.</param>
    /// <param name="options">What the user said about it.</param>
    /// <param name="marks">The marks of missing values.</param>
    /// <param name="rows">The cells of the first rows.</param>
    public TableLookAhead(TableSource source, ColumnRoles roles, TableOptions options, MissingMarks marks, TableCell[][] rows)
    {
        (_source, _roles, _options, _marks, _rows) = (source, roles, options, marks, rows);
        // A single column of delimited text with commas in it may be several columns, cut by another delimiter.
        var mayBeCut = source.AdviceOnText is not null && roles.Names.Length == 1;
        var showsComma = options.Culture is null && !mayBeCut && ShowsDecimalComma();
        Notation = options.Culture ?? (showsComma ? NumberNotation.Comma : NumberNotation.Point);
        Remark = showsComma ? $"{source.Title}: numbers are read with a decimal comma." : null;
    }

    /// <summary>How numbers are written.</summary>
    public NumberNotation Notation { get; }

    /// <summary>What was found out about the notation, as a sentence; null if nothing is worth telling.</summary>
    public string? Remark { get; }

    /// <summary>Whether a column holds vectors.</summary>
    /// <param name="column">The column, from 0.</param>
    public bool HoldsVectors(int column) => KnownCells(column) is { Count: > 0 } cells && cells.TrueForAll(IsVector);

    /// <summary>Refuses columns of text or dates where numbers are to be: all of them at once, with what may be done with them.</summary>
    /// <exception cref="N2DException">There are such columns (<c>NotANumber</c>).</exception>
    public void ThrowIfText()
    {
        int[] columns = [.. _roles.Features.Where(column => _roles.Roles[column] == ColumnRole.Feature && IsText(column))];
        string[] texts = [.. columns.Select(column => _roles.Names[column])];
        if (texts.Length == 0)
        {
            return;
        }

        var terms = _options.Terms;
        if (KnownCells(columns[0])[0].Text is { } text && _source.AdviceOnText?.Invoke(text) is { } advice)
        {
            throw _source.Invalid("NotANumber", $", {terms.Column} {Quotation.Of(texts[0])}: {Quotation.Of(text)} is not a number. {advice}");
        }

        string[] described = [.. columns.Take(10).Select(Described)];
        var list = string.Join(", ", described) + (texts.Length > described.Length ? $" and {texts.Length - described.Length} more" : "");
        var one = texts.Length == 1;
        var noun = one ? $"a {terms.Column}" : $"{terms.Several(texts.Length)}";
        throw _source.Invalid(
            "NotANumber",
            $" has {noun} without numbers: {list}. For {(one ? "it" : "each")}, choose: {(_roles.Label < 0 ? $"{terms.Label} (the classes to score against), " : "")}{(_roles.Id < 0 ? $"{terms.Id} (what identifies a row), " : "")}"
                + $"{terms.Category} (categories to cluster by), or {terms.Exclude} {Quotation.ArgumentsOf(texts)}.");
    }

    /// <summary>Refuses columns where a point may separate groups of three digits: whole numbers of three digits beside 1.033, which may be 1033.</summary>
    /// <exception cref="N2DException">There are such columns (<c>NotANumber</c>).</exception>
    public void ThrowIfPointIsAmbiguous()
    {
        const int FewestWholeNumbers = 2;
        const int LeastOfThreeDigits = 100;
        foreach (var column in _roles.Features.Where(column => _roles.Roles[column] == ColumnRole.Feature && _options.Culture is null))
        {
            string[] texts = [.. KnownCells(column).Where(cell => cell.Kind == TableCellKind.Text).Select(cell => cell.Text!.Trim())];
            string[] pointed = [.. texts.Where(text => text.Contains('.'))];
            string[] whole = [.. texts.Where(text => text.Length == 3 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= LeastOfThreeDigits)];
            if (pointed.Length > 0 && whole.Length >= Math.Max(FewestWholeNumbers, pointed.Length / 10) && Array.TrueForAll(pointed, NumberNotation.HasPointGroups))
            {
                throw _source.Invalid(
                    "NotANumber",
                    $", {_options.Terms.Column} {Quotation.Of(_roles.Names[column])}: beside numbers such as {Quotation.Of(whole[0])}, {Quotation.Of(pointed[0])} may have a thousands separator or a decimal point. "
                        + $"{_options.Terms.Culture} de-DE reads 1.000 as 1000, and {_options.Terms.Culture} en-US reads it as 1.");
            }
        }
    }

    /// <summary>A warning of columns whose every number may have thousands separated by points; null if there are none.</summary>
    public string? WarningOfPoints()
    {
        const int FewestNumbers = 5;
        if (!_source.IsSemicolonSeparated || _options.Culture is not null)
        {
            return null;
        }

        string[] names = [.. _roles.Features.Where(column => _roles.Roles[column] == ColumnRole.Feature
            && KnownCells(column) is { Count: >= FewestNumbers } cells && cells.TrueForAll(cell => cell.Kind == TableCellKind.Text && NumberNotation.HasPointGroups(cell.Text!))).Select(column => _roles.Names[column])];
        return names.Length == 0
            ? null
            : $"{_source.Title}: every number in {Quotation.ListOf(names)} has a point and three digits, such as 1.234, and is read as a fraction. If the points separate thousands, use {_options.Terms.Culture} de-DE; if not, {_options.Terms.Culture} en-US.";
    }

    private string Described(int column)
    {
        var cell = KnownCells(column)[0];
        if (cell.Kind == TableCellKind.Text && NumberWithUnit().IsMatch(cell.Text!.Trim()))
        {
            return $"{Quotation.Of(_roles.Names[column])} (numbers with a sign or a unit, such as {Quotation.Of(cell.Text)}: remove it to cluster them as numbers)";
        }

        return $"{Quotation.Of(_roles.Names[column])} ({cell.KindName}{(cell.Source is UnusableValue { Sample: null } ? "" : $", such as {Quotation.Of(cell.Text)}")})";
    }

    /// <summary>A percentage, an amount of money, or a measure with its unit.</summary>
    [GeneratedRegex(@"^[\p{Sc}]?\s?[+-]?\d[\d.,' ]*\s?([%\u2030\u00b0]|\p{Sc}|[A-Za-z\u00b5/]{1,4})?$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberWithUnit();

    private bool IsVector(TableCell cell) => cell.Kind == TableCellKind.Vector || (cell.Kind == TableCellKind.Text && TableCell.ParseVector(cell.Text) is not null);

    private bool IsText(int column) => KnownCells(column) is { Count: > 0 } cells
        && cells.TrueForAll(cell => cell.Kind == TableCellKind.Other || (cell.Kind == TableCellKind.Text && !IsVector(cell) && !IsNumberLike(cell.Text!)));

    /// <summary>A number in any notation: one in another notation than that of the table is a problem of the cell.</summary>
    private bool IsNumberLike(string text) => Notation.TryParse(text, out _) || NumberNotation.Comma.TryParse(text, out _) || NumberNotation.HasGroups(text) || CellAdvice.CultureOf(text) is not null;

    private List<TableCell> KnownCells(int column) =>
        [.. _rows.Select(row => row[column]).Where(cell => cell.Kind switch
        {
            TableCellKind.Missing => false,
            TableCellKind.Text => !_marks.Contains(cell.Text),
            TableCellKind.Number => !double.IsNaN(cell.Number),
            _ => true,
        })];

    /// <summary>A decimal comma is beyond doubt where some number has one that separates no group of three digits, and none has a decimal point.</summary>
    private bool ShowsDecimalComma()
    {
        var isShown = false;
        foreach (var column in _roles.Features.Where(column => _roles.Roles[column] == ColumnRole.Feature))
        {
            foreach (var cell in KnownCells(column).Where(cell => cell.Kind == TableCellKind.Text))
            {
                isShown |= NumberNotation.HasDecimalComma(cell.Text);
                if (cell.Text!.Contains('.') && NumberNotation.Point.TryParse(cell.Text, out _))
                {
                    return false;
                }
            }
        }

        return isShown;
    }
}
