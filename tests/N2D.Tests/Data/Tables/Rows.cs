using N2D.Data;
using N2D.Pipeline;

namespace N2D.Tests.Data.Tables;

/// <summary>Tables of text and values, written down row by row.</summary>
internal static class Rows
{
    /// <summary>Builds a data set from rows. Text is added as in a file, other values as they are.</summary>
    public static Dataset Build(string[] names, object?[][] rows, TableOptions? options = null, Execution? execution = null)
    {
        var builder = new TableBuilder(
            new TableSource("rows", "'rows.csv'", "/data/rows.csv", "line"),
            names,
            options ?? new TableOptions(),
            execution ?? Execution.Default);
        for (var row = 0; row < rows.Length; row++)
        {
            builder.BeginRow(row + 2);
            for (var column = 0; column < names.Length; column++)
            {
                if (rows[row][column] is string text)
                {
                    builder.Add(column, text);
                }
                else
                {
                    builder.Add(column, TableCell.Of(rows[row][column]));
                }
            }
        }

        return builder.Build();
    }

    /// <summary>A number of rows.</summary>
    public static object?[][] Repeat(int count, Func<int, object?[]> row) => [.. Enumerable.Range(0, count).Select(row)];

    /// <summary>The warnings of some work.</summary>
    public static (T Result, List<string> Warnings) Listen<T>(Func<Execution, T> work)
    {
        var warnings = new List<string>();
        return (work(new Execution { Warn = warnings.Add }), warnings);
    }

    /// <summary>One column of a data set as read.</summary>
    public static float[] Column(this Dataset dataset, int column) =>
        [.. Enumerable.Range(0, dataset.RowCount).Select(row => dataset.GetRawRows(Execution.Default)[row, column])];
}
