using N2D.Data;

namespace N2D.PowerShell;

/// <summary>The terms of messages about tables in PowerShell: the library's options by the names of their parameters.</summary>
internal static class TableParameters
{
    /// <summary>For columns of files.</summary>
    public static TableTerms OfFiles { get; } = new() { Parameter = option => $"-{Singular(option)}" };

    /// <summary>For properties of objects.</summary>
    public static TableTerms OfObjects { get; } = new()
    {
        Column = "property",
        Parameter = option => option == nameof(TableOptions.Columns) ? "-Property" : $"-{Singular(option).Replace("Column", "Property", StringComparison.Ordinal)}",
    };

    private static string Singular(string option) => option switch
    {
        nameof(TableOptions.Columns) => "Column",
        nameof(TableOptions.ExcludedColumns) => "ExcludeColumn",
        nameof(TableOptions.CategoryColumns) => "CategoryColumn",
        nameof(TableOptions.MissingMarks) => "MissingMark",
        _ => option,
    };
}
