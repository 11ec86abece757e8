namespace N2D.Data;

/// <summary>How a JSON file holds a table.</summary>
internal enum JsonForm
{
    /// <summary>A list of records.</summary>
    Records,

    /// <summary>A list of rows, which are lists of values.</summary>
    Rows,

    /// <summary>Records or rows one after the other, in no list: JSON Lines.</summary>
    Lines,

    /// <summary>An object whose fields are lists of values: columns.</summary>
    Columns,

    /// <summary>An object whose fields are columns too, each an object of values by the number of the row.</summary>
    KeyedColumns,

    /// <summary>An object whose fields are records.</summary>
    KeyedRecords,
}

/// <summary>Where the rows of a JSON file are, and what columns they have.</summary>
/// <param name="Form">How the file holds the table.</param>
/// <param name="Path">The fields that hold the table, from the outermost object inwards; none if it is in no object.</param>
/// <param name="Names">The name of each column; empty for one that has none.</param>
internal sealed record JsonLayout(JsonForm Form, IReadOnlyList<string> Path, IReadOnlyList<string> Names)
{
    /// <summary>The record around all fields; null if rows are lists.</summary>
    public JsonField? Root { get; init; }

    /// <summary>Whether the first row is a header.</summary>
    public bool HasHeader { get; init; }

    /// <summary>The layout of records.</summary>
    /// <param name="form">How the file holds them.</param>
    /// <param name="path">The fields that hold them, from the outermost object inwards.</param>
    /// <param name="root">The record around all fields.</param>
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
