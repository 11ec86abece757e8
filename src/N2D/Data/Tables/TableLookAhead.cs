using System.Globalization;
using System.Text.RegularExpressions;

namespace N2D.Data;

/// <summary>Analyzes the first rows of a table: the notation of numbers, and which columns hold vectors or text.</summary>
internal sealed partial class TableLookAhead
{
    /// <summary>The number of rows that are analyzed.</summary>
    public const int RowCount = 100;

    private readonly TableSource _source;
    private readonly ColumnRoles _roles;
    private readonly TableOptions _options;
    private readonly MissingMarks _marks;
    private readonly TableCell[][] _rows;
    private readonly CancellationToken _cancellation;

    /// <summary>Analyzes the first rows.</summary>
    /// <param name="source">The table, for messages.</param>
    /// <param name="roles">The roles of its columns.</param>
    /// <param name="options">The user's options.</param>
    /// <param name="marks">The marks of missing values.</param>
    /// <param name="rows">The cells of the first rows.</param>
    /// <param name="cancellation">Cancels the analysis, which takes seconds for millions of columns.</param>
    public TableLookAhead(
        TableSource source, ColumnRoles roles, TableOptions options, MissingMarks marks, TableCell[][] rows, CancellationToken cancellation)
    {
        (_source, _roles, _options, _marks, _rows, _cancellation) = (source, roles, options, marks, rows, cancellation);

        // A single column of delimited text with commas can be several columns that another delimiter separates.
        var mayBeSeveral = source.AdviceOnText is not null && roles.Names.Length == 1;
        var showsComma = options.Culture is null && !mayBeSeveral && ShowsDecimalComma();
        Notation = options.Culture ?? (showsComma ? NumberNotation.Comma : NumberNotation.Point);
        Remark = showsComma ? $"{source.Title}: numbers are read with a decimal comma." : null;
    }

    /// <summary>The notation of numbers.</summary>
    public NumberNotation Notation { get; }

    /// <summary>A sentence about the notation, to report as an explanation; null for the usual notation.</summary>
    public string? Remark { get; }

    /// <summary>Returns whether a column holds vectors.</summary>
    /// <param name="column">The column, from 0.</param>
    public bool HoldsVectors(int column) => KnownCells(column) is { Count: > 0 } cells && cells.TrueForAll(IsVector);

    /// <summary>Rejects feature columns of text or dates. One error lists all of them and the options for them.</summary>
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
        if (Array.Find(texts, name => name.Equals(_options.WeightColumn, StringComparison.OrdinalIgnoreCase)) is { } weight)
        {
            const string Weight = nameof(TableOptions.WeightColumn);
            throw _source.Invalid(
                "NotANumber",
                $", {terms.Column} {Quotation.Of(weight)}: it contains text, but weights are numbers. Set {Weight} to a {terms.Column} of "
                    + $"numbers.",
                Weight);
        }

        if (KnownCells(columns[0])[0].Text is { } text && _source.AdviceOnText?.Invoke(text) is { } advice)
        {
            throw _source.Invalid(
                "NotANumber",
                $", {terms.Column} {Quotation.Of(texts[0])}: {Quotation.Of(text)} is not a number. {advice.Text}",
                advice.Options);
        }

        string[] described = [.. columns.Take(10).Select(Described)];
        var list = string.Join(", ", described) + (texts.Length > described.Length ? $" and {texts.Length - described.Length} more" : "");
        const string Label = nameof(TableOptions.LabelColumn), Id = nameof(TableOptions.IdColumn);
        const string Category = nameof(TableOptions.CategoryColumns), Group = nameof(TableOptions.GroupColumn);
        const string Excluded = nameof(TableOptions.ExcludedColumns), Standardize = nameof(PreparationOptions.Standardize);
        var one = texts.Length == 1;
        var noun = one ? $"a {terms.Column}" : $"{terms.Several(texts.Length)}";
        (string Option, string Use)[] uses =
        [
            .. _roles.Label < 0 ? [(Label, "the classes to score against")] : Array.Empty<(string, string)>(),
            .. _roles.Id < 0 ? [(Id, "what identifies a row")] : Array.Empty<(string, string)>(),
            (Category, "categories to cluster by"),
            .. _roles.Group < 0 ? [(Group, $"the groups to scale within, with {Standardize}")] : Array.Empty<(string, string)>(),
        ];
        throw _source.Invalid(
            "NotANumber",
            $" has {noun} without numbers: {list}. For {(one ? "it" : "each")}, choose: "
                + $"{string.Join(", ", uses.Select(use => $"{use.Option} ({use.Use})"))}, or {Excluded} {Quotation.ArgumentsOf(texts)}.",
            [.. uses.Select(use => use.Option), .. _roles.Group < 0 ? [Standardize] : Array.Empty<string>(), Excluded]);
    }

    /// <summary>
    /// Rejects columns in which a point can separate thousands: beside whole numbers of three digits, 1.033 can mean 1033.
    /// </summary>
    /// <exception cref="N2DException">There are such columns (<c>NotANumber</c>).</exception>
    public void ThrowIfPointIsAmbiguous()
    {
        const int MinWholeNumbers = 2;
        foreach (var column in _roles.Features.Where(column => _roles.Roles[column] == ColumnRole.Feature && _options.Culture is null))
        {
            string[] texts = [.. KnownCells(column).Where(cell => cell.Kind == TableCellKind.Text).Select(cell => cell.Text!.Trim())];
            string[] pointed = [.. texts.Where(text => text.Contains('.'))];
            string[] whole = [.. texts.Where(IsWholeOfThreeDigits)];
            if (pointed.Length > 0 && whole.Length >= Math.Max(MinWholeNumbers, pointed.Length / 10)
                && Array.TrueForAll(pointed, NumberNotation.HasPointGroups))
            {
                const string Culture = nameof(TableOptions.Culture);
                throw _source.Invalid(
                    "NotANumber",
                    $", {_options.Terms.Column} {Quotation.Of(_roles.Names[column])}: beside numbers such as {Quotation.Of(whole[0])}, "
                        + $"{Quotation.Of(pointed[0])} can have a thousands separator or a decimal point. "
                        + $"{Culture} de-DE reads 1.000 as 1000, and {Culture} en-US reads it as 1.",
                    Culture);
            }
        }
    }

    /// <summary>Warns of columns in which the point of every number can separate thousands.</summary>
    /// <returns>The warning; null if there are no such columns.</returns>
    public Advice? WarningOfPoints()
    {
        const int MinNumbers = 5;
        if (!_source.IsSemicolonSeparated || _options.Culture is not null)
        {
            return null;
        }

        const string Culture = nameof(TableOptions.Culture);
        string[] names = [.. _roles.Features.Where(column => _roles.Roles[column] == ColumnRole.Feature
            && KnownCells(column) is { Count: >= MinNumbers } cells && cells.TrueForAll(HasPointGroups))
            .Select(column => _roles.Names[column])];
        return names.Length == 0
            ? null
            : new Advice(
                $"{_source.Title}: every number in {Quotation.ListOf(names)} has a point and three digits, such as 1.234, "
                    + $"and is read as a fraction. If the points separate thousands, use {Culture} de-DE; if not, {Culture} en-US.",
                Culture);
    }

    private static bool HasPointGroups(TableCell cell) => cell.Kind == TableCellKind.Text && NumberNotation.HasPointGroups(cell.Text!);

    private static bool IsWholeOfThreeDigits(string text) =>
        text.Length == 3 && text[0] != '0' && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private string Described(int column)
    {
        var cell = KnownCells(column)[0];
        if (cell.Kind == TableCellKind.Text && NumberWithUnit().IsMatch(cell.Text!.Trim()))
        {
            return $"{Quotation.Of(_roles.Names[column])} (numbers with a sign or a unit, such as {Quotation.Of(cell.Text)}: "
                + "remove it to cluster them as numbers)";
        }

        var sample = cell.Source is UnusableValue { Sample: null } ? "" : $", such as {Quotation.Of(cell.Text)}";
        return $"{Quotation.Of(_roles.Names[column])} ({cell.KindName}{sample})";
    }

    /// <summary>A percentage, an amount of money, or a measure with its unit.</summary>
    [GeneratedRegex(@"^[\p{Sc}]?\s?[+-]?\d[\d.,' ]*\s?([%\u2030\u00b0]|\p{Sc}|[A-Za-z\u00b5/]{1,4})?$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberWithUnit();

    private static bool IsVector(TableCell cell) =>
        cell.Kind == TableCellKind.Vector || (cell.Kind == TableCellKind.Text && TableCell.ParseVector(cell.Text) is not null);

    private bool IsText(int column) => KnownCells(column) is { Count: > 0 } cells
        && cells.TrueForAll(cell => cell.Kind == TableCellKind.Other
            || (cell.Kind == TableCellKind.Text && !IsVector(cell) && !IsNumberLike(cell.Text!)));

    /// <summary>
    /// Whether text is a number in any notation. A number in another notation than the table's is a problem of its cell, not of the column.
    /// </summary>
    private bool IsNumberLike(string text) =>
        Notation.TryParse(text, out _) || NumberNotation.Comma.TryParse(text, out _) || NumberNotation.HasGroups(text)
            || CellAdvice.CultureOf(text) is not null;

    private List<TableCell> KnownCells(int column)
    {
        _cancellation.ThrowIfCancellationRequested();
        return
        [
            .. _rows.Select(row => row[column]).Where(cell => cell.Kind switch
            {
                TableCellKind.Missing => false,
                TableCellKind.Text => !_marks.Contains(cell.Text),
                TableCellKind.Number => !double.IsNaN(cell.Number),
                _ => true,
            }),
        ];
    }

    /// <summary>
    /// Whether numbers have a decimal comma without doubt: one has a comma that does not separate thousands, and none has a decimal point.
    /// </summary>
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
