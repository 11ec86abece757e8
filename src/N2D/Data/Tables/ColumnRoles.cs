using System.Globalization;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>What a column of a table is for.</summary>
internal enum ColumnRole
{
    /// <summary>To be clustered: a number for each row.</summary>
    Feature,

    /// <summary>To be clustered: a category for each row.</summary>
    Category,

    /// <summary>The class of each row.</summary>
    Label,

    /// <summary>What identifies each row.</summary>
    Id,

    /// <summary>Left out.</summary>
    Excluded,
}

/// <summary>The columns of a table: their names, and what each is for.</summary>
/// <param name="Names">The name of each column; x1, x2, ... of those that have none.</param>
/// <param name="Roles">The role of each column.</param>
/// <param name="Features">The columns to cluster, from 0, in the order of the data set.</param>
/// <param name="Remarks">What was decided without being asked for, as sentences for a warning.</param>
internal sealed record ColumnRoles(string[] Names, ColumnRole[] Roles, int[] Features, IReadOnlyList<string> Remarks)
{
    /// <summary>What pandas calls the index that it writes to Parquet.</summary>
    private const string PandasIndex = "__index_level_";

    /// <summary>The column of labels, from 0; -1 if there is none.</summary>
    public int Label => Array.IndexOf(Roles, ColumnRole.Label);

    /// <summary>The column of ids, from 0; -1 if there is none.</summary>
    public int Id => Array.IndexOf(Roles, ColumnRole.Id);

    /// <summary>Finds the column of weights among the columns to cluster, which it is read as one of.</summary>
    /// <param name="source">The table, for messages.</param>
    /// <param name="options">What the user says about the columns.</param>
    /// <returns>The column, from 0; -1 if there is none.</returns>
    /// <exception cref="N2DException">
    /// It is not there (<c>WeightColumnNotFound</c>), there several times (<c>WeightColumnAmbiguous</c>), has another role
    /// (<c>WeightColumnTaken</c>), or nothing is left to cluster
    /// (<c>NoNumberColumns</c>).
    /// </exception>
    public int FindWeight(TableSource source, TableOptions options)
    {
        if (options.WeightColumn is not { } wanted)
        {
            return -1;
        }

        var column = FindOne(source, wanted, "Weight", new ColumnSearch(source.Title.Trim('\''), Names), options.Terms);
        return Roles[column] != ColumnRole.Feature
            ? throw source.Invalid(
                "WeightColumnTaken",
                $", {options.Terms.Column} {Quotation.Of(Names[column])}: it cannot hold weights and labels, ids or categories as well, or be left out. Take it from {options.Terms.Weight}, or from the other option.")
            : Features.Length > 1 ? column : throw NoFeatures(source, Names, options.Terms);
    }

    /// <summary>Finds out what the columns of a table are for.</summary>
    /// <param name="source">The table, for messages.</param>
    /// <param name="given">The name of each column; empty for one that has none.</param>
    /// <param name="options">What the user says about them.</param>
    /// <exception cref="N2DException">
    /// A column that an option names is not there (<c>LabelColumnNotFound</c>, <c>IdColumnNotFound</c>, <c>ColumnNotFound</c>, <c>ExcludedColumnNotFound</c>,
    /// <c>CategoryColumnNotFound</c>), there several times (<c>LabelColumnAmbiguous</c>, <c>IdColumnAmbiguous</c>), has two roles (<c>IdColumnIsLabel</c>,
    /// <c>LabelColumnExcluded</c>), a model's column is missing (<c>ColumnMismatch</c>), or nothing is left to cluster (<c>NoNumberColumns</c>).
    /// </exception>
    public static ColumnRoles Find(TableSource source, IReadOnlyList<string> given, TableOptions options)
    {
        var own = given.ToHashSet(StringComparer.OrdinalIgnoreCase);
        string[] names = [.. given.Select((name, column) => name.Length > 0 ? name : NameOf(column, own))];
        var search = new ColumnSearch(source.Title.Trim('\''), names);
        var label = options.LabelColumn is null ? -1 : FindOne(source, options.LabelColumn, "Label", search, options.Terms);
        var id = options.IdColumn is null ? -1 : FindOne(source, options.IdColumn, "Id", search, options.Terms);
        if (id >= 0 && id == label)
        {
            throw source.Invalid("IdColumnIsLabel", $", {options.Terms.Column} {Quotation.Of(names[id])}: it cannot hold both labels and ids. Several rows share a label; each row has its own id.");
        }

        var remarks = new List<string>();
        var excluded = FindExcluded(source, options, search, names, label, id);
        var chosen = options.Columns is null ? null : FindAll(options.Columns, "ColumnNotFound", search, options.Terms);
        if (options.Columns?.FirstOrDefault(one => search.Find(one) is [var only] && (only == label || only == id)) is { } twice)
        {
            throw source.Invalid("ColumnTwice", $", {options.Terms.Column} {Quotation.Of(twice)}: {options.Terms.Select} names it as a feature, and another option as labels or ids. Take it from one of the two.");
        }

        (label, id) = SetAsideKnownIndex(source, given, options, excluded, chosen, label, id, remarks);
        var categories = FindCategories(options, search, label, id, excluded, source, names);
        IgnoreWhatNoModelNeeds(source, names, options, chosen, excluded, label, id, categories);

        var roles = new ColumnRole[names.Length];
        var features = (chosen ?? [.. Enumerable.Range(0, names.Length)]).Where(column => column != label && column != id && !excluded.Contains(column)).ToArray();
        Array.Fill(roles, ColumnRole.Excluded);
        foreach (var column in features)
        {
            roles[column] = categories.Contains(column) ? ColumnRole.Category : ColumnRole.Feature;
        }

        foreach (var (column, role) in new[] { (label, ColumnRole.Label), (id, ColumnRole.Id) })
        {
            if (column >= 0)
            {
                roles[column] = role;
            }
        }

        return features.Length > 0 ? new ColumnRoles(names, roles, features, remarks) : throw NoFeatures(source, names, options.Terms);
    }

    /// <summary>What the columns are for, as the end of a sentence.</summary>
    /// <param name="labels">The labels that came of it; null if there are none.</param>
    public string Describe(Labels? labels)
    {
        var label = Label < 0 ? "no labels" : $"labels in column {Quotation.Of(Names[Label])}";
        if (labels is not null && labels.KnownCount < labels.RowCount)
        {
            label += string.Create(CultureInfo.InvariantCulture, $", known of {Quantity.Of(labels.KnownCount, "row")}");
        }

        label += Id < 0 ? "" : $", ids in column {Quotation.Of(Names[Id])}";
        string[] excluded = [.. Names.Where((_, column) => Roles[column] == ColumnRole.Excluded)];
        return excluded.Length == 0 ? label : $"{label}; left out: {Quotation.ListOf(excluded)}";
    }

    /// <summary>The name of a column that has none: one that no other column has.</summary>
    private static string NameOf(int column, HashSet<string> others)
    {
        var name = Dataset.NumberedColumn(column);
        return others.Contains(name) ? string.Create(CultureInfo.InvariantCulture, $"unnamed{column + 1}") : name;
    }

    private static int FindOne(TableSource source, string wanted, string role, ColumnSearch search, TableTerms terms)
    {
        var matches = search.Find(wanted);
        return matches.Length switch
        {
            1 => matches[0],
            0 => throw search.NotFound($"{role}ColumnNotFound", wanted, "one of these names, or a position from 1, or from the end by -1", terms.Column),
            _ => throw source.Invalid(
                $"{role}ColumnAmbiguous",
                $" has {matches.Length} columns named {Quotation.Of(wanted)}. Give the position of the {role.ToLowerInvariant()} column instead: {string.Join(" or ", matches.Select(column => column + 1))}."),
        };
    }

    private static List<int> FindAll(IReadOnlyList<string> wanted, string errorId, ColumnSearch search, TableTerms terms)
    {
        var found = new List<int>();
        foreach (var one in wanted)
        {
            var matches = search.FindAll(one);
            if (matches.Length == 0)
            {
                throw search.NotFound(errorId, one, "one of these names, a wildcard that matches some, or a position from 1, or from the end by -1", terms.Column);
            }

            found.AddRange(matches.Except(found).ToArray());
        }

        return found;
    }

    private static HashSet<int> FindExcluded(TableSource source, TableOptions options, ColumnSearch search, string[] names, int label, int id)
    {
        var excluded = new HashSet<int>();
        foreach (var one in options.ExcludedColumns ?? [])
        {
            var matches = FindAll([one], "ExcludedColumnNotFound", search, options.Terms);
            if (matches.Contains(label))
            {
                throw source.Invalid(
                    "LabelColumnExcluded",
                    $", {options.Terms.Column} {Quotation.Of(names[label])}: it is the label column, and {Quotation.Of(one)} leaves it out as well. Take it from {options.Terms.Label} or from {options.Terms.Exclude}.");
            }

            // A wildcard that leaves ids out may match the id column too: it holds no numbers in any case.
            excluded.UnionWith(matches.Where(column => column != id));
        }

        return excluded;
    }

    private static HashSet<int> FindCategories(TableOptions options, ColumnSearch search, int label, int id, HashSet<int> excluded, TableSource source, string[] names)
    {
        var categories = new HashSet<int>();
        foreach (var one in options.CategoryColumns ?? [])
        {
            var matches = FindAll([one], "CategoryColumnNotFound", search, options.Terms);
            int[] free = [.. matches.Where(column => column != label && column != id && !excluded.Contains(column))];
            if (free.Length < matches.Count && search.Find(one).Length > 0)
            {
                throw source.Invalid("CategoryColumnTaken", $", {options.Terms.Column} {Quotation.Of(names[matches[0]])}: it cannot hold categories to cluster and labels or ids as well, or be left out. Take it from {options.Terms.Category}.");
            }

            // A wildcard may match columns of other roles too.
            categories.UnionWith(free);
        }

        return categories;
    }

    /// <summary>The index of pandas in Parquet, and the columns of this software's own exports, are no features unless the user names them.</summary>
    private static (int Label, int Id) SetAsideKnownIndex(
        TableSource source, IReadOnlyList<string> given, TableOptions options, HashSet<int> excluded, List<int>? chosen, int label, int id, List<string> remarks)
    {
        for (var column = 0; column < given.Count; column++)
        {
            if (given[column].StartsWith(PandasIndex, StringComparison.Ordinal) && column != label && column != id && chosen is null && options.Required?.Contains(given[column]) != true && excluded.Add(column))
            {
                remarks.Add($"{source.Title}: column {Quotation.Of(given[column])} is the index of pandas and is left out. To use it as ids: {options.Terms.Id} {Quotation.ArgumentOf(given[column])}.");
            }
        }

        if (!IsOwnExport(given) || chosen is not null || options.Required is not null)
        {
            return (label, id);
        }

        var (index, ownId, ownLabel) = (Place("Index"), Place("Id"), Place("Label"));
        excluded.Add(index);
        id = id < 0 && ownId != label && !excluded.Contains(ownId) ? ownId : id;
        label = label < 0 && ownLabel != id && !excluded.Contains(ownLabel) ? ownLabel : label;
        remarks.Add($"{source.Title} is an exported embedding: 'Index' is left out{(id < 0 ? "" : $"; {Quotation.Of(given[id])} holds its ids")}{(label < 0 ? "" : $"; {Quotation.Of(given[label])} holds its labels")}.");
        return (label, id);

        int Place(string name) => Enumerable.Range(0, given.Count).FirstOrDefault(column => given[column] == name, -1);
    }

    /// <summary>Whether the columns are those that an embedding is exported with: Index, Id, Label, D1, D2, ...</summary>
    private static bool IsOwnExport(IReadOnlyList<string> given)
    {
        var first = Enumerable.Range(0, given.Count).FirstOrDefault(column => given[column] == "D1", -1);
        return first >= 1 && given[0] == "Index" && given.Take(first).All(name => name is "Index" or "Id" or "Label")
            && Enumerable.Range(first, given.Count - first).All(column => given[column] == string.Create(CultureInfo.InvariantCulture, $"D{column - first + 1}"));
    }

    private static void IgnoreWhatNoModelNeeds(
        TableSource source, string[] names, TableOptions options, List<int>? chosen, HashSet<int> excluded, int label, int id, HashSet<int> categories)
    {
        if (options.Required is not { AreNumbered: false } required)
        {
            return;
        }

        if (Enumerable.Range(0, names.Length).All(column => names[column] == Dataset.NumberedColumn(column)))
        {
            var count = (chosen?.Count ?? names.Length) - excluded.Count - (label < 0 ? 0 : 1) - (id < 0 ? 0 : 1);
            if (count != required.Names.Count)
            {
                throw source.Invalid(
                    "ColumnMismatch",
                    $" has {Quantity.Of(names.Length, "column")} without names, and the model needs {Quotation.ListOf(required.Names.ToArray())}. Name all columns of the table in their order: {options.Terms.Parameter("Header")} {Quotation.ArgumentsOf(required.Names.ToArray())}, with the names of the other columns where they stand.");
            }

            return;
        }

        var own = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var vectors = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var column = 0; column < names.Length; column++)
        {
            // A column of vectors has the name of its parts without their numbers; not so a column beside another called name1.
            if (!required.Contains(names[column]) && required.ContainsPartsOf(names[column]) && !own.Contains($"{names[column]}1"))
            {
                vectors.Add(names[column]);
            }
            else if (!required.Contains(names[column]))
            {
                excluded.Add(column);
            }
            else if (required.Categories.Contains(names[column], StringComparer.OrdinalIgnoreCase))
            {
                categories.Add(column);
            }
        }

        var there = names.Where((_, column) => !excluded.Contains(column) && column != label && column != id && chosen?.Contains(column) != false).ToHashSet(StringComparer.OrdinalIgnoreCase);
        string[] missing = [.. required.Names.Where(name => !there.Contains(name) && !vectors.Contains(name.TrimEnd("0123456789".ToCharArray())))];
        if (missing.Length > 0)
        {
            throw source.Invalid(
                "ColumnMismatch",
                $" lacks {Quantity.Of(missing.Length, "column")} of the model: {Quotation.ListOf(missing)}. It has {Quotation.ListOf(names)}. Rename its columns to the model's names, or fit a model to the columns that are there.");
        }
    }

    private static N2DException NoFeatures(TableSource source, string[] names, TableTerms terms) => names.Length > 1
        ? source.Invalid("NoNumberColumns", $" has {terms.Several(names.Length)}, and each holds labels or ids or is left out: there are no numbers to cluster. Leave fewer out.")
        : source.Invalid("NoNumberColumns", $" has one {terms.Column} only, {Quotation.Of(names[0])}, and it holds labels or ids or is left out: there are no numbers to cluster.{(source.RowNoun == "line" ? $" Check {terms.Parameter("Delimiter")}." : "")}");
}
