using System.Globalization;

namespace N2D.Data;

/// <summary>The columns of a delimited text file: their names, which hold labels or are left out, and whether the first line names them.</summary>
/// <param name="Names">The name of each column of the file: from the options, the header line, or x1, x2, ...</param>
/// <param name="Label">The label column, from 0; -1 if there is none.</param>
/// <param name="Id">The id column, from 0; -1 if there is none.</param>
/// <param name="Excluded">The columns that are left out, from 0.</param>
/// <param name="HasHeader">Whether the first line is a header.</param>
internal sealed record ColumnLayout(string[] Names, int Label, int Id, IReadOnlySet<int> Excluded, bool HasHeader)
{
    /// <summary>The names of the columns that hold numbers.</summary>
    public IEnumerable<string> FeatureNames => Names.Where((_, column) => IsNumber(column));

    /// <summary>The name of the column of ids; null if there is none.</summary>
    public string? IdName => Id < 0 ? null : Names[Id];

    /// <summary>The number of columns that hold numbers.</summary>
    public int FeatureCount => Names.Length - Excluded.Count - (Label < 0 ? 0 : 1) - (Id < 0 ? 0 : 1);

    /// <summary>Whether a column holds numbers.</summary>
    /// <param name="column">The column, from 0.</param>
    public bool IsNumber(int column) => column != Label && column != Id && !Excluded.Contains(column);

    /// <summary>Finds the columns of a file.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="options">What is told about the columns.</param>
    /// <param name="first">The cells of the first line.</param>
    /// <param name="second">The cells of the second line; null if there is none.</param>
    /// <exception cref="N2DException">
    /// The names are not one a column (<c>HeaderCountMismatch</c>), the label column is not there (<c>LabelColumnNotFound</c>),
    /// there twice (<c>LabelColumnAmbiguous</c>) or to be left out (<c>LabelColumnExcluded</c>), a column to leave out is not there
    /// (<c>ExcludedColumnNotFound</c>), or no numbers are left (<c>NoNumberColumns</c>).
    /// </exception>
    public static ColumnLayout Find(InputFile file, DelimitedTextOptions options, string[] first, string[]? second)
    {
        var hasHeader = options.ColumnNames is null && IsHeader(first, second);
        if (options.ColumnNames is { } given && given.Count != first.Length)
        {
            throw file.Invalid("HeaderCountMismatch", $" has {Quantity.Of(first.Length, "column")}, but {Quantity.Are(given.Count, "column name")} given. Give one name a column, labels included.");
        }

        var names = options.ColumnNames?.ToArray() ?? [.. first.Select((cell, column) => hasHeader && cell.Length > 0 ? cell : $"x{column + 1}")];
        return Find(file, options, names, hasHeader);
    }

    /// <summary>Finds the columns of a file that names them all.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="options">What is told about the columns.</param>
    /// <param name="names">The name of each column.</param>
    /// <param name="hasHeader">Whether a first line names them.</param>
    /// <exception cref="N2DException">As above, but for the number of names.</exception>
    public static ColumnLayout Find(InputFile file, DelimitedTextOptions options, string[] names, bool hasHeader = false)
    {
        var search = new ColumnSearch(file.Name, names);
        var label = options.LabelColumn is null ? -1 : FindOne(file, options.LabelColumn, "Label", search);
        var id = options.IdColumn is null ? -1 : FindOne(file, options.IdColumn, "Id", search);
        if (id >= 0 && id == label)
        {
            throw file.Invalid("IdColumnIsLabel", $", column '{names[id]}': it cannot hold both labels and ids: labels are shared, ids are not.");
        }

        var layout = new ColumnLayout(names, label, id, FindExcluded(file, options.ExcludedColumns ?? [], search, names, label, id), hasHeader);
        return layout.FeatureCount > 0 ? layout : throw layout.NoNumbers(file);
    }

    /// <summary>What is done with the columns, as the end of a sentence.</summary>
    /// <param name="labels">The labels that came of it; null if there are none.</param>
    public string Describe(Labels? labels)
    {
        var label = labels is null ? "no labels" : $"labels in column '{Names[Label]}'";
        if (labels is not null && labels.KnownCount < labels.RowCount)
        {
            label += string.Create(CultureInfo.InvariantCulture, $", known of {Quantity.Of(labels.KnownCount, "row")}");
        }

        label += Id < 0 ? "" : $", ids in column '{Names[Id]}'";
        return Excluded.Count == 0 ? label : $"{label}; left out: {string.Join(", ", Excluded.Order().Select(column => $"'{Names[column]}'"))}";
    }

    /// <summary>Warns if the labels look like numbers or ids.</summary>
    /// <param name="execution">Whom to warn.</param>
    /// <param name="file">The file, for the warning.</param>
    /// <param name="labels">The labels; null if there are none.</param>
    public void WarnIfScarcelyLabels(Execution execution, InputFile file, Labels? labels)
    {
        if (labels is not null)
        {
            ScarceLabels.WarnIfAny(
                execution, $"'{file.Name}', column '{Names[Label]}'", labels, "If it holds numbers to cluster, name no label column; if ids, say so: -IdColumn.");
        }
    }

    private N2DException NoNumbers(InputFile file) => Names.Length > 1
        ? file.Invalid("NoNumberColumns", $" has {Quantity.Of(Names.Length, "column")}, and each holds labels or ids or is left out: there are no numbers to cluster. Leave fewer out.")
        : file.Invalid("NoNumberColumns", $" has one column only, '{Names[0]}', and it is the label column: there are no numbers to cluster. Check -Delimiter.");

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

    private static int FindOne(InputFile file, string wanted, string role, ColumnSearch search)
    {
        var matches = search.Find(wanted);
        return matches.Length switch
        {
            1 => matches[0],
            0 => throw search.NotFound($"{role}ColumnNotFound", wanted, "one of these names, or a position from 1, or from the end by -1"),
            _ => throw file.Invalid(
                $"{role}ColumnAmbiguous",
                $" has {matches.Length} columns named '{wanted}'; give the position of the {role.ToLowerInvariant()} column instead: {string.Join(" or ", matches.Select(column => column + 1))}."),
        };
    }

    private static HashSet<int> FindExcluded(InputFile file, IEnumerable<string> wanted, ColumnSearch search, string[] names, int label, int id)
    {
        var excluded = new HashSet<int>();
        foreach (var one in wanted)
        {
            var matches = search.FindAll(one);
            if (matches.Length == 0)
            {
                throw search.NotFound("ExcludedColumnNotFound", one, "one of these names, a wildcard that matches some, or a position from 1, or from the end by -1");
            }

            if (matches.Contains(label))
            {
                throw file.Invalid("LabelColumnExcluded", $", column '{names[label]}': it is the label column, and '{one}' of the columns to leave out means it too. Take it from one of the two.");
            }

            // A wildcard that leaves ids out may take them along: they are no numbers in any case.
            excluded.UnionWith(matches.Where(column => column != id));
        }

        return excluded;
    }
}
