namespace N2D.Data;

/// <summary>The origin of a table: names for the data set and for messages.</summary>
/// <param name="DatasetName">The name of the data set.</param>
/// <param name="Title">The name of the table in messages: the quoted name of a file, or <c>The objects</c>.</param>
/// <param name="Path">The full path of the file; for objects, their name.</param>
/// <param name="RowNoun">What row numbers count: <c>line</c> for text, <c>row</c> for other files, <c>object</c> for objects.</param>
public sealed record TableSource(string DatasetName, string Title, string Path, string RowNoun)
{
    /// <summary>
    /// Returns advice about how the table was read, given the text of a cell that is not a number; null if the text suggests nothing.
    /// </summary>
    internal Func<string, Advice?>? AdviceOnText { get; init; }

    /// <summary>Whether semicolons separate the cells, as in countries with a decimal comma, where a point separates thousands.</summary>
    internal bool IsSemicolonSeparated { get; init; }

    /// <summary>Makes the source of a table in a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="datasetName">The name of the data set.</param>
    /// <param name="path">The full path of the file.</param>
    /// <param name="rowNoun">What row numbers count.</param>
    internal static TableSource Of(InputFile file, string datasetName, string path, string rowNoun) =>
        new(datasetName, Quotation.Of(file.Name), path, rowNoun);

    /// <summary>Makes an error about the content of the table.</summary>
    /// <param name="id">The id of the error.</param>
    /// <param name="message">What is wrong, where, and what to do. The title precedes it.</param>
    /// <param name="options">The names of the options in the message.</param>
    internal N2DException Invalid(string id, string message, params string[] options) =>
        new(id, ErrorKind.InvalidData, Title + message, Path) { Options = options };
}
