namespace N2D.Data;

/// <summary>Where a table comes from, for its name and its messages.</summary>
/// <param name="DatasetName">What the data set is called.</param>
/// <param name="Title">What messages call the table: the quoted name of a file, or <c>The objects</c>.</param>
/// <param name="Path">The full path of its file; of objects, their name.</param>
/// <param name="RowNoun">What the numbers of rows count: <c>line</c> of text, <c>row</c> of other files, <c>object</c>.</param>
public sealed record TableSource(string DatasetName, string Title, string Path, string RowNoun)
{
    /// <summary>What a cell that is not a number says about how the table was read, as a sentence of advice, given its text; null where it says nothing.</summary>
    internal Func<string, string?>? AdviceOnText { get; init; }

    /// <summary>Whether semicolons separate the cells, as in countries with a decimal comma, where a point separates thousands.</summary>
    internal bool IsSemicolonSeparated { get; init; }

    /// <summary>The table of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="datasetName">What the data set is called.</param>
    /// <param name="path">The full path of the file.</param>
    /// <param name="rowNoun">What the numbers of rows count.</param>
    internal static TableSource Of(InputFile file, string datasetName, string path, string rowNoun) => new(datasetName, Quotation.Of(file.Name), path, rowNoun);

    /// <summary>An error in what the table holds.</summary>
    /// <param name="id">The error's id.</param>
    /// <param name="message">What is wrong, where and what to do; the title is put before it.</param>
    /// <param name="options">The names of the options that the message names.</param>
    internal N2DException Invalid(string id, string message, params string[] options) => new(id, ErrorKind.InvalidData, Title + message, Path) { Options = options };
}
