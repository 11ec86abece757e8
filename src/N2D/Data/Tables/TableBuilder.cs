using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// Makes a data set of a table whose rows come one by one, from whatever file or objects: it knows which column is for what, parses numbers, counts gaps, keeps
/// labels and ids, and lists what cannot be used.
/// </summary>
/// <remarks>
/// Each row begins with <see cref="BeginRow"/>; then each column is added once, in any order. The first rows are kept until they have shown what the columns hold.
/// </remarks>
public sealed class TableBuilder
{
    private readonly TableSource _source;
    private readonly TableOptions _options;
    private readonly Execution _execution;
    private readonly MissingMarks _marks;
    private readonly ColumnRoles _roles;
    private readonly int _weight;
    private readonly TableProblems _problems;
    private readonly string[] _given;
    private readonly object?[] _columns;
    private List<(int Number, TableCell[] Cells)>? _firstRows = [];
    private NumberNotation _notation;
    private int _row;

    /// <summary>Begins a table of no rows.</summary>
    /// <param name="source">Where it comes from.</param>
    /// <param name="columnNames">The name of each column; empty for one that has none.</param>
    /// <param name="options">What the columns mean.</param>
    /// <param name="execution">Gets warnings and explanations.</param>
    /// <exception cref="N2DException">A column that an option names is not there, or nothing is left to cluster: see the ids in the documentation of readers.</exception>
    public TableBuilder(TableSource source, IReadOnlyList<string> columnNames, TableOptions options, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(columnNames);
        ArgumentNullException.ThrowIfNull(options);
        (_source, _options, _execution) = (source, options, execution);
        _given = [.. columnNames];
        if (options.StopsAtColumns)
        {
            throw new ColumnsKnownException(_given);
        }

        // Weights are numbers that are read as those to cluster are, and taken out at the end.
        _roles = ColumnRoles.Find(
            source, _given, options is { WeightColumn: { } weight, Columns: { } columns } ? options with { Columns = [.. columns, weight] } : options);
        _weight = _roles.FindWeight(source, options);
        _marks = new MissingMarks(options.MissingMarks);
        _problems = new TableProblems(source);
        _notation = options.Culture ?? NumberNotation.Point;
        _columns = new object?[_given.Length];
    }

    /// <summary>The number of rows so far.</summary>
    public int RowCount { get; private set; }

    /// <summary>Where unusable rows are noted, by readers.</summary>
    internal TableProblems Problems => _problems;

    /// <summary>Whether a column is used at all; a reader need not decode others, but may add them.</summary>
    /// <param name="column">The column, from 0.</param>
    public bool IsUsed(int column) => _roles.Roles[column] != ColumnRole.Excluded;

    /// <summary>Whether a column holds numbers or vectors to cluster, and neither labels, ids nor categories.</summary>
    /// <param name="column">The column, from 0.</param>
    internal bool IsFeature(int column) => _roles.Roles[column] == ColumnRole.Feature;

    /// <summary>What a column is for.</summary>
    /// <param name="column">The column, from 0.</param>
    internal ColumnRole RoleOf(int column) => _roles.Roles[column];

    /// <summary>Begins a row.</summary>
    /// <param name="number">Its number in the source, from 1: the line, the row or the object.</param>
    /// <exception cref="N2DException">No array can hold as many values (<c>TooManyValues</c>).</exception>
    public void BeginRow(int number)
    {
        if (_firstRows is not null)
        {
            if (_firstRows.Count == TableLookAhead.RowCount)
            {
                TakeFirstRows();
            }
            else
            {
                _firstRows.Add((number, new TableCell[_given.Length]));
            }
        }

        if ((RowCount + 1L) * _roles.Features.Length > Array.MaxLength)
        {
            throw _source.Invalid("TooManyValues", string.Create(CultureInfo.InvariantCulture, $", {_source.RowNoun} {number}: more than {Array.MaxLength} numbers. Import a part of the rows or columns."));
        }

        _row = number;
        RowCount++;
    }

    /// <summary>
    /// Begins several rows, whose cells then come column by column: each after <see cref="MoveTo"/>, or those of a column at once. Not possible until the first rows
    /// have shown what the columns hold.
    /// </summary>
    /// <param name="number">The number of the first one in the source, from 1.</param>
    /// <param name="count">The number of rows.</param>
    /// <returns>Whether they were begun.</returns>
    internal bool TryBeginRows(int number, int count)
    {
        if (_firstRows is not null)
        {
            return false;
        }

        BeginRow(number);
        RowCount += count - 1;
        return true;
    }

    /// <summary>Goes to one of the rows that were begun.</summary>
    /// <param name="number">Its number in the source.</param>
    internal void MoveTo(int number) => _row = number;

    /// <summary>Makes room for numbers.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="count">The numbers that are expected in all rows.</param>
    internal void Expect(int column, int count)
    {
        (_columns[column] as NumberColumn)?.Expect(count);
        (_columns[column] as VectorColumn)?.Expect(count);
    }

    /// <summary>Adds the numbers of a column in rows that were begun together.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="number">The number of the first row in the source.</param>
    /// <param name="numbers">The numbers; NaN is a missing value.</param>
    internal void Add(int column, int number, ReadOnlySpan<double> numbers)
    {
        // Marks such as -999 are looked for one by one.
        if (!_marks.HasOwn && _columns[column] is NumberColumn target && target.TryAdd(numbers))
        {
            return;
        }

        for (var row = 0; row < numbers.Length; row++)
        {
            MoveTo(number + row);
            Add(column, numbers[row]);
        }
    }

    /// <summary>Adds the vectors of a column in rows that were begun together, where all of them can be used.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="vectors">The numbers, vector after vector.</param>
    /// <param name="width">The numbers in each.</param>
    /// <returns>Whether they were added; if not, none was.</returns>
    internal bool TryAddVectors(int column, ReadOnlySpan<float> vectors, int width) => _columns[column] is VectorColumn target && target.TryAdd(vectors, width);

    /// <summary>Gives a column an array of vectors, which begins with those of the rows before and ends with those of the rows that were begun.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="vectors">The numbers, vector after vector; the array then belongs to the column.</param>
    /// <param name="count">The number of numbers in it.</param>
    /// <param name="width">The numbers in each.</param>
    /// <returns>Whether it was taken.</returns>
    internal bool TryAdoptVectors(int column, float[] vectors, int count, int width) =>
        count == (long)width * RowCount && _columns[column] is VectorColumn target && target.TryAdopt(vectors, count, width);

    /// <summary>Adds a cell of text to the row.</summary>
    /// <param name="column">Its column, from 0.</param>
    /// <param name="text">The text.</param>
    public void Add(int column, ReadOnlySpan<char> text)
    {
        if (_firstRows is not null)
        {
            Keep(column, TableCell.Of(IsUsed(column) ? text.ToString() : ""));
        }
        else if (_columns[column] is NumberColumn numbers)
        {
            AddNumber(numbers, column, text);
        }
        else
        {
            AddOther(column, text);
        }
    }

    /// <summary>Adds a number to the row.</summary>
    /// <param name="column">Its column, from 0.</param>
    /// <param name="number">The number; NaN is a missing value.</param>
    public void Add(int column, double number)
    {
        if (_firstRows is null && _columns[column] is NumberColumn numbers)
        {
            AddNumber(numbers, column, number);
        }
        else
        {
            Add(column, TableCell.Of(number));
        }
    }

    /// <summary>Adds a vector to the row.</summary>
    /// <param name="column">Its column, from 0.</param>
    /// <param name="vector">The vector.</param>
    public void Add(int column, ReadOnlySpan<float> vector)
    {
        if (_firstRows is null && _columns[column] is VectorColumn vectors)
        {
            AddVector(vectors, column, vector);
        }
        else
        {
            Add(column, TableCell.Of(vector.ToArray()));
        }
    }

    /// <summary>Adds a cell of any kind to the row.</summary>
    /// <param name="column">Its column, from 0.</param>
    /// <param name="cell">The cell.</param>
    public void Add(int column, TableCell cell)
    {
        if (_firstRows is not null)
        {
            Keep(column, cell);
            return;
        }

        switch (_columns[column])
        {
            case null:
                return;
            case NumberColumn numbers when cell.Kind == TableCellKind.Number:
                AddNumber(numbers, column, cell.Number);
                return;
            case VectorColumn vectors when cell.Kind == TableCellKind.Vector:
                AddVector(vectors, column, Array.ConvertAll(cell.Vector, value => (float)value));
                return;
            case NumberColumn or VectorColumn when cell.Kind is TableCellKind.Vector or TableCellKind.Other:
                AddUnusable(column, cell);
                return;
            case NumberColumn numbers when cell.Kind == TableCellKind.Text:
                AddNumber(numbers, column, cell.Text);
                return;
            default:
                AddOther(column, cell.Kind == TableCellKind.Number && double.IsNaN(cell.Number) ? null : cell.Text);
                return;
        }
    }

    /// <summary>The data set of the rows so far, as they are in the source: with gaps, and with a code for each category.</summary>
    /// <exception cref="N2DException">
    /// There are no rows (<c>NoRows</c>), cells cannot be used (<c>NotANumber</c>, <c>NotFinite</c>, <c>MissingValue</c> of ids, <c>RaggedRow</c>), or no row has a
    /// label (<c>MissingLabel</c>).
    /// </exception>
    public Dataset Build()
    {
        if (_firstRows is not null)
        {
            TakeFirstRows();
        }

        _problems.ThrowIfAny();
        if (RowCount == 0)
        {
            throw _source.Invalid("NoRows", " has names of columns but no rows below them.");
        }

        var content = TableContent.Of(_source, _given, _roles, _columns, _options, RowCount, _execution.CancellationToken);
        foreach (var remark in _roles.Remarks.Concat(content.Remarks))
        {
            _execution.Warn?.Invoke(remark);
        }

        if (_roles.Label >= 0)
        {
            var title = $"{_source.Title}, {_options.Terms.Column} {Quotation.Of(_roles.Names[_roles.Label])}";
            ScarceLabels.WarnIfAny(_execution, title, content.Labels!, $"If it holds numbers to cluster, leave out {_options.Terms.Label}; if ids, use {_options.Terms.Id}.");
        }

        _execution.Explain?.Invoke($"{_source.Title}: {Quantity.Of(RowCount, "row")}; {Quantity.Of(content.Names.Length, "feature column")}: {Quotation.ListOf(content.Names)}; {_roles.Describe(content.Labels)}.");
        var dataset = content.ToDataset(_source).WithIds(content.Ids, _roles.Id < 0 ? null : _roles.Names[_roles.Id], _execution);
        return _weight < 0 ? dataset : WeightColumn.Take(dataset, _roles.Names[_weight], _source, _options.Terms);
    }

    private void Keep(int column, TableCell cell)
    {
        Debug.Assert(_firstRows is { Count: > 0 }, "A row must be begun first.");
        _firstRows[^1].Cells[column] = cell;
    }

    private void TakeFirstRows()
    {
        var look = new TableLookAhead(_source, _roles, _options, _marks, [.. _firstRows!.Select(row => row.Cells)]);
        _notation = look.Notation;
        if (look.Remark is { } remark)
        {
            _execution.Explain?.Invoke(remark);
        }

        look.ThrowIfText();
        look.ThrowIfPointIsAmbiguous();
        if (look.WarningOfPoints() is { } warning)
        {
            _execution.Warn?.Invoke(warning);
        }

        for (var column = 0; column < _columns.Length; column++)
        {
            _columns[column] = _roles.Roles[column] switch
            {
                ColumnRole.Excluded => null,
                ColumnRole.Category => new CategoryColumn(),
                ColumnRole.Feature => look.HoldsVectors(column) ? new VectorColumn() : new NumberColumn(_options.Required?.OffsetOf(_roles.Names[column])),
                _ => new TextColumn(),
            };
        }

        var rows = _firstRows!;
        var current = _row;
        _firstRows = null;
        foreach (var (number, cells) in rows)
        {
            _row = number;
            for (var column = 0; column < cells.Length; column++)
            {
                Add(column, cells[column]);
            }
        }

        _row = current;
    }

    private void AddNumber(NumberColumn numbers, int column, ReadOnlySpan<char> text)
    {
        if (_marks.HasOwn && _marks.Contains(text))
        {
            numbers.AddGap(_row);
        }
        else if (_notation.TryParse(text, out var number) && !double.IsNaN(number))
        {
            AddNumber(numbers, column, number);
        }
        else if (_marks.Contains(text))
        {
            numbers.AddGap(_row);
        }
        else
        {
            AddUnusable(column, TableCell.Of(text.ToString()));
        }
    }

    private void AddNumber(NumberColumn numbers, int column, double number)
    {
        if (double.IsNaN(number) || (_marks.HasOwn && _marks.Contains(number)))
        {
            numbers.AddGap(_row);
        }
        else if (float.IsFinite((float)number))
        {
            numbers.Add(number);
        }
        else
        {
            numbers.AddGap(_row);
            NoteNotFinite(column, number);
        }
    }

    /// <summary>A method of its own: a closure in the path of every number would allocate for each.</summary>
    private void NoteNotFinite(int column, double number)
    {
        var place = PlaceOf(column);
        _problems.Add(
            "NotFinite",
            () => string.Create(CultureInfo.InvariantCulture, $"{place}: {number} is not a finite number of float32"),
            () => "Replace such values by finite numbers, or remove the rows.");
    }

    private void AddVector(VectorColumn vectors, int column, ReadOnlySpan<float> vector)
    {
        if (vector.IsEmpty)
        {
            vectors.AddGap(_row);
            NoteRagged(column, 0, vectors.Width);
        }
        else if (TensorPrimitives.IsNaNAny(vector))
        {
            // One missing number makes the vector as a whole a missing value.
            vectors.AddGap(_row);
        }
        else if (!TensorPrimitives.IsFiniteAll(vector))
        {
            vectors.AddGap(_row);
            NoteNotFinite(column, vector.ToArray().First(part => !float.IsFinite(part)));
        }
        else if (!vectors.Add(vector))
        {
            NoteRagged(column, vector.Length, vectors.Width);
        }
    }

    private void NoteRagged(int column, int length, int width)
    {
        var place = PlaceOf(column);
        _problems.Add(
            "RaggedVector",
            () => $"{place}: the vector has {Quantity.Of(length, "number")}{(width == 0 ? "" : $", and that of the first row {width}")}",
            () => "Make all vectors of a column the same length.");
    }

    private void AddOther(int column, ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var isMissing = _marks.Contains(text);
        switch (_columns[column])
        {
            case CategoryColumn categories when isMissing:
                categories.AddGap(_row);
                return;
            case CategoryColumn categories:
                categories.Add(text);
                return;
            case TextColumn texts when column == _roles.Id:
                if (text.IsEmpty)
                {
                    var place = PlaceOf(column);
                    _problems.Add("MissingValue", () => $"{place}: the id is empty", () => "Every row needs its id.");
                }

                texts.Add(text);
                return;
            case TextColumn texts when isMissing:
                texts.AddGap();
                return;
            case TextColumn texts:
                texts.Add(text);
                return;
            case VectorColumn vectors when isMissing:
                vectors.AddGap(_row);
                return;
            case VectorColumn vectors when TableCell.ParseVector(text) is { } vector:
                AddVector(vectors, column, Array.ConvertAll(vector, value => (float)value));
                return;
            case VectorColumn:
                AddUnusable(column, TableCell.Of(text.ToString()));
                return;
            case NumberColumn numbers:
                numbers.AddGap(_row);
                return;
        }
    }

    private void AddUnusable(int column, TableCell cell)
    {
        if (_columns[column] is NumberColumn numbers)
        {
            numbers.AddGap(_row);
        }
        else
        {
            ((VectorColumn)_columns[column]!).AddGap(_row);
        }

        var (place, isVector) = (PlaceOf(column), _columns[column] is VectorColumn);
        _problems.Add(
            "NotANumber",
            () => $"{place}: {Quotation.Of(cell.Text)}{(cell is { Kind: TableCellKind.Other, Source: not UnusableValue } ? $" of type {cell.Source!.GetType().Name}" : "")} is not a {(isVector ? "vector" : "number")}",
            () => (cell.Text is { } text ? _source.AdviceOnText?.Invoke(text) : null) ?? CellAdvice.Of(cell, _options),
            _roles.Names[column],
            cell.Text);
    }

    private string PlaceOf(int column) =>
        _problems.IsFull ? "" : string.Create(CultureInfo.InvariantCulture, $"{_source.RowNoun} {_row}, {_options.Terms.Column} {Quotation.Of(_roles.Names[column])}");
}
