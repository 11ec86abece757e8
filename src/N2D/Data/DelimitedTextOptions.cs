namespace N2D.Data;

/// <summary>How delimited text is to be read; what is not told is found out from the file.</summary>
public sealed record DelimitedTextOptions
{
    private readonly char? _delimiter;
    private readonly IReadOnlyList<string>? _columnNames;
    private readonly string? _labelColumn;
    private readonly string? _idColumn;
    private readonly IReadOnlyList<string>? _excludedColumns;

    /// <summary>What separates the cells of a line; null to detect comma, semicolon, tab or bar.</summary>
    /// <exception cref="N2DException">It is a quote, a line break, a digit, a letter or a sign of numbers (<c>DelimiterNotUsable</c>).</exception>
    public char? Delimiter
    {
        get => _delimiter;
        init => _delimiter = value is { } character && (char.IsLetterOrDigit(character) || character is '"' or '\r' or '\n' or '.' or '-' or '+')
            ? throw new N2DException(
                "DelimiterNotUsable",
                ErrorKind.InvalidArgument,
                $"'{value}' cannot separate cells: it is part of numbers, words, quotes or line ends. Give one such as ',', ';', '|' or a tab.",
                value)
            : value;
    }

    /// <summary>
    /// The names of all columns, for a file that has no header line: its first line is data then. Null to look whether the first
    /// line is a header.
    /// </summary>
    /// <exception cref="N2DException">There are none, or one is blank (<c>BlankColumnName</c>).</exception>
    public IReadOnlyList<string>? ColumnNames
    {
        get => _columnNames;
        init => _columnNames = value is not null && (value.Count == 0 || value.Any(string.IsNullOrWhiteSpace))
            ? throw new N2DException("BlankColumnName", ErrorKind.InvalidArgument, "A column name is blank; give every column a name.", value)
            : value;
    }

    /// <summary>
    /// The column that holds the classes: its name, or its position from 1, or from the end by -1, -2, ... A name goes before a
    /// position, for headers that are numbers. Null if no column does.
    /// </summary>
    /// <exception cref="N2DException">It is blank (<c>BlankColumnName</c>).</exception>
    public string? LabelColumn
    {
        get => _labelColumn;
        init => _labelColumn = value is not null && string.IsNullOrWhiteSpace(value)
            ? throw new N2DException("BlankColumnName", ErrorKind.InvalidArgument, "The label column is blank; give its name or its position from 1.", value)
            : value?.Trim();
    }

    /// <summary>The column that tells a row from the others, as of <see cref="LabelColumn"/>; null if no column does.</summary>
    /// <exception cref="N2DException">It is blank (<c>BlankColumnName</c>).</exception>
    public string? IdColumn
    {
        get => _idColumn;
        init => _idColumn = value is not null && string.IsNullOrWhiteSpace(value)
            ? throw new N2DException("BlankColumnName", ErrorKind.InvalidArgument, "The id column is blank; give its name or its position from 1.", value)
            : value?.Trim();
    }

    /// <summary>
    /// The columns to leave out, neither read nor checked: names, wildcards of PowerShell (<c>*</c>, <c>?</c>, <c>[a-c]</c>), or positions
    /// as of <see cref="LabelColumn"/>. Null for none.
    /// </summary>
    /// <exception cref="N2DException">One is blank (<c>BlankColumnName</c>).</exception>
    public IReadOnlyList<string>? ExcludedColumns
    {
        get => _excludedColumns;
        init => _excludedColumns = value is null || value.Count == 0
            ? null
            : value.Any(string.IsNullOrWhiteSpace)
                ? throw new N2DException("BlankColumnName", ErrorKind.InvalidArgument, "A column to leave out is blank; give its name, a wildcard, or its position from 1.", value)
                : [.. value.Select(column => column.Trim())];
    }
}
