using System.Globalization;

namespace N2D.Data;

/// <summary>The columns of a delimited text file: their names, which of them holds the labels, and whether the first line names them.</summary>
/// <param name="Names">The name of each column of the file: from the options, the header line, or x1, x2, ...</param>
/// <param name="Label">The label column, from 0; -1 if there is none.</param>
/// <param name="HasHeader">Whether the first line is a header.</param>
internal sealed record ColumnLayout(string[] Names, int Label, bool HasHeader)
{
    /// <summary>The names of the columns that hold numbers.</summary>
    public IEnumerable<string> FeatureNames => Names.Where((_, column) => column != Label);

    /// <summary>Finds the columns of a file.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="options">What is told about the columns.</param>
    /// <param name="first">The cells of the first line.</param>
    /// <param name="second">The cells of the second line; null if there is none.</param>
    /// <exception cref="N2DException">
    /// The names are not one a column (<c>HeaderCountMismatch</c>), or the label column is not there (<c>LabelColumnNotFound</c>)
    /// or there twice (<c>LabelColumnAmbiguous</c>).
    /// </exception>
    public static ColumnLayout Find(InputFile file, DelimitedTextOptions options, string[] first, string[]? second)
    {
        var hasHeader = options.ColumnNames is null && IsHeader(first, second);
        if (options.ColumnNames is { } given && given.Count != first.Length)
        {
            throw file.Invalid("HeaderCountMismatch", $" has {first.Length} columns, but {given.Count} column names were given. Give one name a column, labels included.");
        }

        var names = options.ColumnNames?.ToArray() ?? [.. first.Select((cell, column) => hasHeader && cell.Length > 0 ? cell : $"x{column + 1}")];
        return new ColumnLayout(names, options.LabelColumn is null ? -1 : FindLabel(file, options.LabelColumn, names), hasHeader);
    }

    /// <summary>
    /// A header is all words, or has a word above a number. In the latter case the other cells may be column numbers, but not any
    /// numbers: then the word is a mistake in a line of data, and to be reported.
    /// </summary>
    private static bool IsHeader(string[] first, string[]? second)
    {
        var words = first.Select(cell => NumberText.IsWord(cell)).ToArray();
        if (!words.Contains(true))
        {
            return false;
        }

        var others = first.Where((cell, column) => !words[column] && cell.Length > 0).ToArray();
        if (others.Length == 0)
        {
            return true;
        }

        var isAboveNumber = second is not null && words.Where((isWord, column) => isWord && column < second.Length && !NumberText.IsWord(second[column])).Any();
        return isAboveNumber && others.All(cell => uint.TryParse(cell, CultureInfo.InvariantCulture, out _)) && others.Distinct().Count() == others.Length;
    }

    private static int FindLabel(InputFile file, string wanted, string[] names)
    {
        var matches = Enumerable.Range(0, names.Length).Where(column => names[column].Equals(wanted, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (matches.Length > 1)
        {
            throw file.Invalid(
                "LabelColumnAmbiguous",
                $" has {matches.Length} columns named '{wanted}'; give the position of the label column instead: {string.Join(" or ", matches.Select(column => column + 1))}.");
        }

        if (matches.Length == 1)
        {
            return matches[0];
        }

        if (int.TryParse(wanted, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var position) && position != 0 && Math.Abs((long)position) <= names.Length)
        {
            return position > 0 ? position - 1 : names.Length + position;
        }

        throw new N2DException(
            "LabelColumnNotFound",
            ErrorKind.InvalidArgument,
            $"'{file.Name}' has no column '{wanted}'. It has {names.Length}: {NameList(names)}. Give one of these names, or a position from 1, or from the end by -1.",
            wanted);
    }

    private static string NameList(string[] names)
    {
        const int Most = 20;
        return string.Join(", ", names.Take(Most)) + (names.Length > Most ? $", ..., {names[^1]}" : "");
    }
}
