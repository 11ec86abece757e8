using System.Diagnostics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// Builds a data set from the rows of a table, in any file format or from objects: finds the role of each column, parses numbers, counts
/// missing values, keeps labels and ids, and lists the cells that cannot be used.
/// </summary>
/// <remarks>
/// Call <see cref="BeginRow"/> for each row, then add each column once, in any order. The builder keeps the first rows until they show what
/// the columns hold.
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
    private readonly List<(int Number, TableCell[] Cells)> _firstRows = [];
    private TableColumns? _columns;
    private int _row;

    /// <summary>Begins a table.</summary>
    /// <param name="source">The origin of the table.</param>
    /// <param name="columnNames">The name of each column; empty for a column without a name.</param>
    /// <param name="options">The user's options.</param>
    /// <param name="execution">Receives warnings and explanations, and cancels the work.</param>
    /// <exception cref="N2DException">An option names a missing column, or no column is left to cluster.</exception>
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

        // The weight column is read like a feature, and removed at the end.
        _roles = ColumnRoles.Find(
            source,
            _given,
            options is { WeightColumn: { } weight, Columns: { } columns } ? options with { Columns = [.. columns, weight] } : options);
        _weight = _roles.FindWeight(source, options);
        _marks = new MissingMarks(options.MissingMarks);
        _problems = new TableProblems(source);
    }

    /// <summary>The number of rows so far.</summary>
    public int RowCount { get; private set; }

    /// <summary>Collects the cells and rows that cannot be used; readers add to it.</summary>
    internal TableProblems Problems => _problems;

    /// <summary>Returns whether a column is used. A reader need not decode unused columns, but may add them.</summary>
    /// <param name="column">The column, from 0.</param>
    public bool IsUsed(int column) => _roles.Roles[column] != ColumnRole.Excluded;

    /// <summary>Returns whether a column holds numbers or vectors to cluster, not labels, ids or categories.</summary>
    /// <param name="column">The column, from 0.</param>
    internal bool IsFeature(int column) => _roles.Roles[column] == ColumnRole.Feature;

    /// <summary>Returns the role of a column.</summary>
    /// <param name="column">The column, from 0.</param>
    internal ColumnRole RoleOf(int column) => _roles.Roles[column];

    /// <summary>Begins a row.</summary>
    /// <param name="number">The number of the line, row or object in the source, from 1.</param>
    /// <exception cref="N2DException">The table has more values than an array can hold (<c>TooManyValues</c>).</exception>
    public void BeginRow(int number)
    {
        if (_columns is null)
        {
            if (_firstRows.Count == TableLookAhead.RowCount)
            {
                CreateColumns();
            }
            else
            {
                _firstRows.Add((number, new TableCell[_given.Length]));
            }
        }

        if ((RowCount + 1L) * _roles.Features.Length > Array.MaxLength)
        {
            throw _source.Invalid(
                "TooManyValues",
                $", {_source.RowNoun} {number}: more than {Array.MaxLength} numbers. Import a part of the rows or columns.");
        }

        MoveTo(number);
        RowCount++;
    }

    /// <summary>
    /// Begins several rows at once. Their cells then come column by column: all cells of a column together, or each after
    /// <see cref="MoveTo"/>. This is not possible within the first rows, which show what the columns hold.
    /// </summary>
    /// <param name="number">The number of the first one in the source, from 1.</param>
    /// <param name="count">The number of rows.</param>
    /// <returns>Whether the rows were begun.</returns>
    internal bool TryBeginRows(int number, int count)
    {
        if (_columns is null)
        {
            return false;
        }

        BeginRow(number);
        RowCount += count - 1;
        return true;
    }

    /// <summary>Goes to one of several rows that were begun at once.</summary>
    /// <param name="number">The number of the row in the source.</param>
    internal void MoveTo(int number)
    {
        _row = number;
        if (_columns is not null)
        {
            _columns.Row = number;
        }
    }

    /// <summary>Reserves space.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="count">The expected count of numbers in all rows.</param>
    internal void Expect(int column, int count) => _columns?.Expect(column, count);

    /// <summary>Adds the numbers of a column in rows that were begun at once.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="number">The number of the first row in the source.</param>
    /// <param name="numbers">The numbers; NaN is a missing value.</param>
    internal void Add(int column, int number, ReadOnlySpan<double> numbers)
    {
        Debug.Assert(_columns is not null, "TryBeginRows must succeed first.");
        _columns.Add(column, number, numbers);
    }

    /// <summary>Adds the vectors of a column in rows that were begun at once, if all of them can be used.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="vectors">The numbers, vector after vector.</param>
    /// <param name="width">The length of each vector.</param>
    /// <returns>Whether the vectors were added; if not, none of them was.</returns>
    internal bool TryAddVectors(int column, ReadOnlySpan<float> vectors, int width) =>
        _columns?.TryAddVectors(column, vectors, width) == true;

    /// <summary>Gives a column an array with the vectors of all rows so far, including those that were begun at once.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="vectors">The numbers, vector after vector. If it is used, the column owns the array.</param>
    /// <param name="count">The count of numbers in it.</param>
    /// <param name="width">The length of each vector.</param>
    /// <returns>Whether the column uses the array.</returns>
    internal bool TryAdoptVectors(int column, float[] vectors, int count, int width) =>
        count == (long)width * RowCount && _columns?.TryAdoptVectors(column, vectors, count, width) == true;

    /// <summary>Adds text to the row.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="text">The text.</param>
    public void Add(int column, ReadOnlySpan<char> text)
    {
        if (_columns is null)
        {
            Keep(column, TableCell.Of(IsUsed(column) ? text.ToString() : ""));
        }
        else
        {
            _columns.Add(column, text);
        }
    }

    /// <summary>Adds a number to the row.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="number">The number; NaN is a missing value.</param>
    public void Add(int column, double number)
    {
        if (_columns is null)
        {
            Keep(column, TableCell.Of(number));
        }
        else
        {
            _columns.Add(column, number);
        }
    }

    /// <summary>Adds a vector to the row.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="vector">The vector.</param>
    public void Add(int column, ReadOnlySpan<float> vector)
    {
        if (_columns is null)
        {
            Keep(column, TableCell.Of(vector.ToArray()));
        }
        else
        {
            _columns.Add(column, vector);
        }
    }

    /// <summary>Adds a cell of any kind to the row.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="cell">The cell.</param>
    public void Add(int column, TableCell cell)
    {
        if (_columns is null)
        {
            Keep(column, cell);
        }
        else
        {
            _columns.Add(column, cell);
        }
    }

    /// <summary>Builds the data set of the rows so far, unprepared: with missing values, and with a code for each category.</summary>
    /// <exception cref="N2DException">
    /// There are no rows (<c>NoRows</c>), cells or rows cannot be used (<c>NotANumber</c>, <c>NotFinite</c>, <c>RaggedVector</c>,
    /// <c>RaggedRow</c>,
    /// <c>MissingValue</c> for ids), or no row has a label (<c>MissingLabel</c>).
    /// </exception>
    public Dataset Build()
    {
        var columns = _columns ?? CreateColumns();
        _problems.ThrowIfAny();
        if (RowCount == 0)
        {
            throw _source.Invalid("NoRows", " has column names but no rows.");
        }

        var content = TableContent.Of(_source, _given, _roles, columns, _options, RowCount, _execution.CancellationToken);
        foreach (var remark in _roles.Remarks.Concat(content.Remarks))
        {
            _execution.Advise(remark.Text, remark.Options);
        }

        if (_roles.Label >= 0)
        {
            const string Label = nameof(TableOptions.LabelColumn), Id = nameof(TableOptions.IdColumn);
            ScarceLabels.WarnIfAny(
                _execution,
                $"{_source.Title}, {_options.Terms.Column} {Quotation.Of(_roles.Names[_roles.Label])}",
                content.Labels!,
                new Advice($"If it holds numbers to cluster, leave out {Label}; if ids, use {Id}.", Label, Id));
        }

        var names = content.IsGrouped ? content.Names[1..] : content.Names;
        var features = $"{Quantity.Of(names.Length, "feature column")}: {Quotation.ListOf(names)}";
        _execution.Explain?.Invoke($"{_source.Title}: {Quantity.Of(RowCount, "row")}; {features}; {_roles.Describe(content.Labels)}.");
        var dataset = content.ToDataset(_source).WithIds(content.Ids, _roles.Id < 0 ? null : _roles.Names[_roles.Id], _execution);
        return _weight < 0 ? dataset : WeightColumn.Take(dataset, _roles.Names[_weight], _source, _options.Terms);
    }

    private void Keep(int column, TableCell cell)
    {
        Debug.Assert(_firstRows.Count > 0, "A row must be begun first.");
        _firstRows[^1].Cells[column] = cell;
    }

    /// <summary>Creates the columns from what the first rows hold, and adds these rows.</summary>
    private TableColumns CreateColumns()
    {
        const int ColumnsPerCheck = 4096;
        var look = new TableLookAhead(
            _source, _roles, _options, _marks, [.. _firstRows.Select(row => row.Cells)], _execution.CancellationToken);
        if (look.Remark is { } remark)
        {
            _execution.Explain?.Invoke(remark);
        }

        look.ThrowIfText();
        look.ThrowIfPointIsAmbiguous();
        if (look.WarningOfPoints() is { } warning)
        {
            _execution.Advise(warning.Text, warning.Options);
        }

        var cellProblems = new CellProblems(_problems, _source, _roles, _options);
        var columns = new TableColumns(_roles, _options.Required, _marks, cellProblems, look);
        foreach (var (number, cells) in _firstRows)
        {
            columns.Row = number;
            for (var column = 0; column < cells.Length; column++)
            {
                if (column % ColumnsPerCheck == 0)
                {
                    _execution.CancellationToken.ThrowIfCancellationRequested();
                }

                columns.Add(column, cells[column]);
            }
        }

        columns.Row = _row;
        _firstRows.Clear();
        return _columns = columns;
    }
}
