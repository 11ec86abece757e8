using System.Numerics.Tensors;

namespace N2D.Data;

/// <summary>
/// The columns of a table while it is read: converts each cell to the type of its column, and records the cells that cannot be used.
/// </summary>
internal sealed class TableColumns
{
    private readonly MissingMarks _marks;
    private readonly CellProblems _problems;
    private readonly int _id;
    private readonly NumberNotation _notation;
    private readonly object?[] _columns;

    /// <summary>Creates the columns.</summary>
    /// <param name="roles">The roles of the columns.</param>
    /// <param name="required">The columns that a model needs; null without a model.</param>
    /// <param name="marks">The marks of missing values.</param>
    /// <param name="problems">Collects the cells that cannot be used.</param>
    /// <param name="look">The analysis of the first rows, which decides the types of the columns.</param>
    public TableColumns(ColumnRoles roles, RequiredColumns? required, MissingMarks marks, CellProblems problems, TableLookAhead look)
    {
        (_marks, _problems, _id, _notation) = (marks, problems, roles.Id, look.Notation);
        _columns = [.. roles.Roles.Select((role, column) => (object?)(role switch
        {
            ColumnRole.Excluded => null,
            ColumnRole.Category or ColumnRole.Group => new CategoryColumn(),
            ColumnRole.Feature when look.HoldsVectors(column) => new VectorColumn(),
            ColumnRole.Feature => new NumberColumn(required?.OffsetOf(roles.Names[column])),
            _ => new TextColumn(),
        }))];
    }

    /// <summary>The number of the current row in the source.</summary>
    public int Row { get; set; }

    /// <summary>A column, by its type; null if it is excluded.</summary>
    /// <param name="column">The column, from 0.</param>
    public object? this[int column] => _columns[column];

    /// <summary>Reserves space.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="count">The expected count of numbers in all rows.</param>
    public void Expect(int column, int count)
    {
        (_columns[column] as NumberColumn)?.Expect(count);
        (_columns[column] as VectorColumn)?.Expect(count);
    }

    /// <summary>Adds the numbers of consecutive rows.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="row">The number of the first row in the source.</param>
    /// <param name="numbers">The numbers; NaN is a missing value.</param>
    public void Add(int column, int row, ReadOnlySpan<double> numbers)
    {
        // Marks such as -999 need a check of each number.
        if (!_marks.HasOwn && _columns[column] is NumberColumn target && target.TryAdd(numbers))
        {
            return;
        }

        for (var place = 0; place < numbers.Length; place++)
        {
            Row = row + place;
            Add(column, numbers[place]);
        }
    }

    /// <summary>Adds the vectors of consecutive rows if all of them can be used.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="vectors">The numbers, vector after vector.</param>
    /// <param name="width">The length of each vector.</param>
    /// <returns>Whether the vectors were added; if not, none of them was.</returns>
    public bool TryAddVectors(int column, ReadOnlySpan<float> vectors, int width) =>
        _columns[column] is VectorColumn target && target.TryAdd(vectors, width);

    /// <summary>Gives a vector column an array of its vectors, which begins with those that it already has.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="vectors">The numbers, vector after vector. If it is used, the column owns the array.</param>
    /// <param name="count">The count of numbers in it.</param>
    /// <param name="width">The length of each vector.</param>
    /// <returns>Whether the column uses the array.</returns>
    public bool TryAdoptVectors(int column, float[] vectors, int count, int width) =>
        _columns[column] is VectorColumn target && target.TryAdopt(vectors, count, width);

    /// <summary>Adds text to the current row.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="text">The text.</param>
    public void Add(int column, ReadOnlySpan<char> text)
    {
        if (_columns[column] is NumberColumn numbers)
        {
            AddNumber(numbers, column, text);
        }
        else
        {
            AddText(column, text);
        }
    }

    /// <summary>Adds a number to the current row.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="number">The number; NaN is a missing value.</param>
    public void Add(int column, double number)
    {
        if (_columns[column] is NumberColumn numbers)
        {
            AddNumber(numbers, column, number);
        }
        else
        {
            Add(column, TableCell.Of(number));
        }
    }

    /// <summary>Adds a vector to the current row.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="vector">The vector.</param>
    public void Add(int column, ReadOnlySpan<float> vector)
    {
        if (_columns[column] is VectorColumn vectors)
        {
            AddVector(vectors, column, vector);
        }
        else
        {
            Add(column, TableCell.Of(vector.ToArray()));
        }
    }

    /// <summary>Adds a cell of any kind to the current row.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="cell">The cell.</param>
    public void Add(int column, TableCell cell)
    {
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
                AddText(column, cell.Kind == TableCellKind.Number && double.IsNaN(cell.Number) ? null : cell.Text);
                return;
        }
    }

    private void AddNumber(NumberColumn numbers, int column, ReadOnlySpan<char> text)
    {
        if (_marks.HasOwn && _marks.Contains(text))
        {
            numbers.AddGap(Row);
        }
        else if (_notation.TryParse(text, out var number) && !double.IsNaN(number))
        {
            AddNumber(numbers, column, number);
        }
        else if (_marks.Contains(text))
        {
            numbers.AddGap(Row);
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
            numbers.AddGap(Row);
        }
        else if (float.IsFinite((float)number))
        {
            numbers.Add(number);
        }
        else
        {
            numbers.AddGap(Row);
            _problems.AddNotFinite(column, Row, number);
        }
    }

    private void AddVector(VectorColumn vectors, int column, ReadOnlySpan<float> vector)
    {
        if (vector.IsEmpty)
        {
            vectors.AddGap(Row);
            _problems.AddRagged(column, Row, 0, vectors.Width);
        }
        else if (TensorPrimitives.IsNaNAny(vector))
        {
            // One missing number makes the whole vector a missing value.
            vectors.AddGap(Row);
        }
        else if (!TensorPrimitives.IsFiniteAll(vector))
        {
            vectors.AddGap(Row);
            _problems.AddNotFinite(column, Row, vector.ToArray().First(part => !float.IsFinite(part)));
        }
        else if (!vectors.Add(vector))
        {
            _problems.AddRagged(column, Row, vector.Length, vectors.Width);
        }
    }

    private void AddText(int column, ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var isMissing = _marks.Contains(text);
        switch (_columns[column])
        {
            case CategoryColumn categories when isMissing:
                categories.AddGap(Row);
                return;
            case CategoryColumn categories:
                categories.Add(text);
                return;
            case TextColumn texts when column == _id:
                if (text.IsEmpty)
                {
                    _problems.AddEmptyId(column, Row);
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
                vectors.AddGap(Row);
                return;
            case VectorColumn vectors when TableCell.ParseVector(text) is { } vector:
                AddVector(vectors, column, Array.ConvertAll(vector, value => (float)value));
                return;
            case VectorColumn:
                AddUnusable(column, TableCell.Of(text.ToString()));
                return;
            case NumberColumn numbers:
                numbers.AddGap(Row);
                return;
        }
    }

    private void AddUnusable(int column, TableCell cell)
    {
        if (_columns[column] is NumberColumn numbers)
        {
            numbers.AddGap(Row);
        }
        else
        {
            ((VectorColumn)_columns[column]!).AddGap(Row);
        }

        _problems.AddNotANumber(column, Row, cell, _columns[column] is VectorColumn);
    }
}
