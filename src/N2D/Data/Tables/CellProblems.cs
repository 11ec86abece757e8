using System.Globalization;

namespace N2D.Data;

/// <summary>Describes cells that cannot be used, and adds them to the problems of the table.</summary>
/// <param name="problems">Collects the problems.</param>
/// <param name="source">The table.</param>
/// <param name="roles">The columns.</param>
/// <param name="options">The user's options.</param>
internal sealed class CellProblems(TableProblems problems, TableSource source, ColumnRoles roles, TableOptions options)
{
    /// <summary>Adds a cell that is neither a number nor a vector.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="row">The number of the row in the source.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="isVector">Whether the column holds vectors.</param>
    public void AddNotANumber(int column, int row, TableCell cell, bool isVector)
    {
        var type = cell is { Kind: TableCellKind.Other, Source: not UnusableValue } ? $" of type {cell.Source!.GetType().Name}" : "";
        problems.Add(
            "NotANumber",
            () => $"{PlaceOf(column, row)}: {Quotation.Of(cell.Text)}{type} is not a {(isVector ? "vector" : "number")}",
            () => (cell.Text is { } text ? source.AdviceOnText?.Invoke(text) : null) ?? CellAdvice.Of(cell, options),
            roles.Names[column],
            cell.Text);
    }

    /// <summary>Adds a number that is not finite.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="row">The number of the row in the source.</param>
    /// <param name="number">The number.</param>
    public void AddNotFinite(int column, int row, double number) => problems.Add(
        "NotFinite",
        () => string.Create(CultureInfo.InvariantCulture, $"{PlaceOf(column, row)}: {number} is not a finite number of float32"),
        () => "Replace such values with finite numbers, or remove the rows.");

    /// <summary>Adds a vector whose length differs from that of the first one.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="row">The number of the row in the source.</param>
    /// <param name="length">The length of the vector.</param>
    /// <param name="width">The length of the first vector; 0 if there is none yet.</param>
    public void AddRagged(int column, int row, int length, int width)
    {
        var difference = width == 0 ? "" : $", but that of the first row has {width}";
        problems.Add(
            "RaggedVector",
            () => $"{PlaceOf(column, row)}: the vector has {Quantity.Of(length, "number")}{difference}",
            () => "Make all vectors of a column the same length.");
    }

    /// <summary>Adds an empty id.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="row">The number of the row in the source.</param>
    public void AddEmptyId(int column, int row) =>
        problems.Add("MissingValue", () => $"{PlaceOf(column, row)}: the id is empty", () => "Every row needs its id.");

    private string PlaceOf(int column, int row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{source.RowNoun} {row}, {options.Terms.Column} {Quotation.Of(roles.Names[column])}");
}
