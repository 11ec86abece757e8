namespace N2D.Data;

/// <summary>The forms of tables in JSON files.</summary>
internal enum JsonForm
{
    /// <summary>An array of records.</summary>
    Records,

    /// <summary>An array of rows, which are arrays of values.</summary>
    Rows,

    /// <summary>A sequence of records or rows without an array: JSON Lines.</summary>
    Lines,

    /// <summary>An object whose fields are columns, as arrays of values.</summary>
    Columns,

    /// <summary>An object whose fields are columns, as objects of values by row number.</summary>
    KeyedColumns,

    /// <summary>An object whose fields are records.</summary>
    KeyedRecords,
}

/// <summary>The location of the rows in a JSON file, and their columns.</summary>
/// <param name="Form">The form of the table.</param>
/// <param name="Path">The keys of the objects that contain the table, from the outside in; empty if there are none.</param>
/// <param name="Names">The column names; empty text for a column without a name.</param>
internal sealed record JsonLayout(JsonForm Form, IReadOnlyList<string> Path, IReadOnlyList<string> Names)
{
    /// <summary>The root record; null if rows are arrays.</summary>
    public JsonField? Root { get; init; }

    /// <summary>Whether the first row is a header.</summary>
    public bool HasHeader { get; init; }

    /// <summary>Creates the layout of records.</summary>
    /// <param name="form">The form of the table.</param>
    /// <param name="path">The keys of the objects that contain the records, from the outside in.</param>
    /// <param name="root">The root record.</param>
    public static JsonLayout OfRecords(JsonForm form, IReadOnlyList<string> path, JsonField root)
    {
        JsonField[] columns = [.. root.Columns().OrderBy(field => field.Order)];
        for (var column = 0; column < columns.Length; column++)
        {
            columns[column].Column = column;
        }

        return new JsonLayout(form, path, [.. columns.Select(field => field.Name)]) { Root = root };
    }
}
