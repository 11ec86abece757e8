using System.Collections;
using System.Globalization;
using System.Management.Automation;
using N2D.Numerics;

namespace N2D.PowerShell;

/// <summary>Reads rows of numbers: an array of two dimensions, a list of lists, or a list of numbers, one for each row.</summary>
internal static class NumberRows
{
    /// <summary>Reads the rows. Whether the numbers are finite is checked by the options that take them.</summary>
    /// <param name="rows">The rows, unwrapped.</param>
    /// <param name="name">What messages call a row, such as <c>center</c>.</param>
    /// <param name="remedy">What the user can give instead.</param>
    /// <exception cref="ArgumentTransformationMetadataException">
    /// A value is not a number, the rows differ in length, or there are none.
    /// </exception>
    public static Matrix Read(IEnumerable rows, string name, string remedy)
    {
        var (values, rowCount, columnCount) = (new List<float>(), 0, 0);
        foreach (var row in rows is Array { Rank: 2 } table ? RowsOf(table) : rows.Cast<object?>().Select(ValuesOf))
        {
            rowCount++;
            var before = values.Count;
            foreach (var value in row)
            {
                values.Add((float?)ItemProperties.NumberOf(value) ?? throw Refused(
                    $"Value {values.Count - before + 1} of {name} "
                        + $"{rowCount}{(value is null ? " is empty" : $", {Quoted(value)}, is not a number")}."));
            }

            var count = values.Count - before;
            columnCount = rowCount == 1 ? count : columnCount;
            if (count != columnCount)
            {
                throw Refused($"The first {name} has {Quantity.Of(columnCount, "number")}, but {name} {rowCount} has {count}.");
            }
        }

        return columnCount > 0 ? Matrix.Own([.. values], columnCount) : throw Refused("The list has no numbers.");

        ArgumentTransformationMetadataException Refused(string reason) => new($"{reason} {remedy}");
    }

    private static IEnumerable<IEnumerable<object?>> RowsOf(Array table) => Enumerable.Range(0, table.GetLength(0))
        .Select(row => Enumerable.Range(0, table.GetLength(1)).Select(column => ItemProperties.Unwrapped(table.GetValue(row, column))));

    /// <summary>The values of a row. PowerShell unrolls lists of one value, so a single value is a row of one column.</summary>
    private static IEnumerable<object?> ValuesOf(object? row) =>
        ItemProperties.Unwrapped(row) is IEnumerable values and not (string or IDictionary)
        ? values.Cast<object?>().Select(ItemProperties.Unwrapped)
        : [ItemProperties.Unwrapped(row)];

    private static string Quoted(object value) => Quotation.Of(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
}
