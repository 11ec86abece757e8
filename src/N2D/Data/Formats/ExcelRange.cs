using System.Globalization;

namespace N2D.Data;

/// <summary>The range of a worksheet that contains the table.</summary>
/// <param name="FirstRowNumber">The first row of the table, from 1.</param>
/// <param name="LastRowNumber">The last row.</param>
/// <param name="FirstColumn">The first column that is not blank, from 0.</param>
/// <param name="ColumnCount">The number of columns up to the last one that is not blank.</param>
/// <param name="FirstRow">The cells of the first row.</param>
/// <param name="SecondRow">The cells of the next row that is not blank; null if there is none.</param>
internal sealed record ExcelRange(
    int FirstRowNumber, int LastRowNumber, int FirstColumn, int ColumnCount, object?[] FirstRow, object?[]? SecondRow)
{
    /// <summary>Whether a column has numbers in at least half of its cells.</summary>
    public bool HasNumbers { get; init; }

    /// <summary>The first text above the table that does not belong to it; null if there is none.</summary>
    public string? Title { get; init; }

    /// <summary>Returns the values of a row; null for empty cells.</summary>
    /// <param name="row">The row.</param>
    public object?[] ValuesOf(ExcelRow row)
    {
        var values = new object?[ColumnCount];
        foreach (var (column, value) in row.Cells)
        {
            values[column - FirstColumn] = value;
        }

        return values;
    }

    /// <summary>Returns the name of a column in Excel: A to Z, AA, AB, ...</summary>
    /// <param name="column">The column, from 0.</param>
    public static string LettersOf(int column) =>
        column < 26 ? ((char)('A' + column)).ToString(CultureInfo.InvariantCulture) : LettersOf((column / 26) - 1) + LettersOf(column % 26);
}
