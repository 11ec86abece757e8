using System.Globalization;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>Assigns a role to each column of a table.</summary>
internal sealed class ColumnRoleFinder
{
    /// <summary>The prefix of the names that pandas gives index columns in Parquet files.</summary>
    private const string PandasIndex = "__index_level_";

    private readonly TableSource _source;
    private readonly IReadOnlyList<string> _given;
    private readonly TableOptions _options;
    private readonly string[] _names;
    private readonly ColumnSearch _search;
    private readonly HashSet<int> _excluded = [];
    private readonly HashSet<int> _categories = [];
    private readonly List<Advice> _remarks = [];
    private List<int>? _chosen;
    private int _label = -1;
    private int _id = -1;
    private int _group = -1;

    /// <summary>Prepares the search.</summary>
    /// <param name="source">The table, for messages.</param>
    /// <param name="given">The name of each column; empty for a column without a name.</param>
    /// <param name="options">The user's options.</param>
    public ColumnRoleFinder(TableSource source, IReadOnlyList<string> given, TableOptions options)
    {
        (_source, _given, _options) = (source, given, options);
        var own = given.ToHashSet(StringComparer.OrdinalIgnoreCase);
        _names = [.. given.Select((name, column) => name.Length > 0 ? name : NameOf(column, own))];
        _search = new ColumnSearch(source.Title.Trim('\''), _names);
    }

    /// <summary>Assigns the roles.</summary>
    /// <exception cref="N2DException">See <see cref="ColumnRoles.Find"/>.</exception>
    public ColumnRoles Find()
    {
        FindLabelAndId();
        FindGroup();
        FindExcluded();
        FindChosen();
        SetAsidePandasIndex();
        SetAsideOwnExport();
        FindCategories();
        ExcludeColumnsOutsideModel();
        int[] features = [.. (_chosen ?? Enumerable.Range(0, _names.Length)).Where(IsFree)];
        return features.Length > 0
            ? new ColumnRoles(_names, RolesOf(features), features, _remarks)
            : throw NoFeatures(_source, _names, _options.Terms);
    }

    /// <summary>Makes the error that no column is left to cluster.</summary>
    /// <param name="source">The table.</param>
    /// <param name="names">The names of its columns.</param>
    /// <param name="terms">The words of messages.</param>
    internal static N2DException NoFeatures(TableSource source, string[] names, TableTerms terms)
    {
        const string Delimiter = nameof(TextFormat.Delimiter);
        if (names.Length > 1)
        {
            return source.Invalid(
                "NoNumberColumns",
                $" has {terms.Several(names.Length)}, but all of them are labels, ids or excluded: no numbers are left to cluster. "
                    + "Exclude fewer.");
        }

        var isText = source.RowNoun == "line";
        return source.Invalid(
            "NoNumberColumns",
            $" has only one {terms.Column}, {Quotation.Of(names[0])}, and it is labels, ids or excluded: no numbers are left to cluster."
                + (isText ? $" Check {Delimiter}." : ""),
            isText ? [Delimiter] : []);
    }

    /// <summary>Names a column without a name, unlike all other columns.</summary>
    private static string NameOf(int column, HashSet<string> others)
    {
        var name = Dataset.NumberedColumn(column);
        return others.Contains(name) ? string.Create(CultureInfo.InvariantCulture, $"unnamed{column + 1}") : name;
    }

    private void FindLabelAndId()
    {
        _label = _options.LabelColumn is { } label ? _search.FindOne(_source, label, "Label", _options.Terms) : -1;
        _id = _options.IdColumn is { } id ? _search.FindOne(_source, id, "Id", _options.Terms) : -1;
        if (_id >= 0 && _id == _label)
        {
            throw Invalid(
                "IdColumnIsLabel", _id, "it cannot hold both labels and ids. Rows can share a label, but each row has its own id.");
        }
    }

    private void FindGroup()
    {
        _group = _options.GroupColumn is { } group ? _search.FindOne(_source, group, "Group", _options.Terms) : -1;
        if (_group >= 0 && (_group == _label || _group == _id))
        {
            const string Group = nameof(TableOptions.GroupColumn);
            var (problem, other) = _group == _label
                ? ("labels and groups: scaling within classes would use the labels", nameof(TableOptions.LabelColumn))
                : ("ids and groups. Each row has its own id, but rows share a group", nameof(TableOptions.IdColumn));
            throw Invalid(
                "GroupColumnTaken", _group, $"it cannot hold both {problem}. Remove it from {other} or from {Group}.", other, Group);
        }
    }

    private void FindExcluded()
    {
        foreach (var one in _options.ExcludedColumns ?? [])
        {
            var matches = _search.FindAll([one], "ExcludedColumnNotFound", _options.Terms);
            if (matches.Contains(_label))
            {
                const string Label = nameof(TableOptions.LabelColumn), Excluded = nameof(TableOptions.ExcludedColumns);
                throw Invalid(
                    "LabelColumnExcluded",
                    _label,
                    $"it is the label column, but {Quotation.Of(one)} excludes it. Remove it from {Label} or from {Excluded}.",
                    Label,
                    Excluded);
            }

            // A wildcard that excludes columns can also match the columns of ids and groups, which are not features anyway.
            _excluded.UnionWith(matches.Where(column => column != _id && column != _group));
        }
    }

    private void FindChosen()
    {
        if (_options.Columns is not { } columns)
        {
            return;
        }

        _chosen = _search.FindAll(columns, "ColumnNotFound", _options.Terms);
        if (columns.FirstOrDefault(one => _search.Find(one) is [var only] && (only == _label || only == _id || only == _group))
            is { } twice)
        {
            throw _source.Invalid(
                "ColumnTwice",
                $", {_options.Terms.Column} {Quotation.Of(twice)}: {nameof(TableOptions.Columns)} names it as a feature, "
                    + "and another option names it as labels, ids or groups. Remove it from one of the two.",
                nameof(TableOptions.Columns));
        }
    }

    /// <summary>Excludes the index columns of pandas in Parquet files, unless an option names them.</summary>
    private void SetAsidePandasIndex()
    {
        for (var column = 0; column < _given.Count; column++)
        {
            var name = _given[column];
            if (name.StartsWith(PandasIndex, StringComparison.Ordinal) && column != _label && column != _id && column != _group
                && _chosen is null && _options.Required?.Contains(name) != true && _excluded.Add(column))
            {
                const string Id = nameof(TableOptions.IdColumn);
                _remarks.Add(new Advice(
                    $"{_source.Title}: column {Quotation.Of(name)} is a pandas index and is left out. "
                        + $"To use it as ids: {Id} {Quotation.ArgumentOf(name)}.",
                    Id));
            }
        }
    }

    /// <summary>Gives the columns Index, Id and Label of an exported embedding their roles, unless an option names columns.</summary>
    private void SetAsideOwnExport()
    {
        if (!IsOwnExport(_given) || _chosen is not null || _options.Required is not null)
        {
            return;
        }

        var (index, id, label) = (PlaceOf("Index"), PlaceOf("Id"), PlaceOf("Label"));
        _excluded.Add(index);
        _id = _id < 0 && id != _label && id != _group && !_excluded.Contains(id) ? id : _id;
        _label = _label < 0 && label != _id && label != _group && !_excluded.Contains(label) ? label : _label;
        var ids = _id < 0 ? "" : $"; {Quotation.Of(_given[_id])} holds its ids";
        var labels = _label < 0 ? "" : $"; {Quotation.Of(_given[_label])} holds its labels";
        _remarks.Add($"{_source.Title} is an exported embedding: 'Index' is left out{ids}{labels}.");

        int PlaceOf(string name) => Enumerable.Range(0, _given.Count).FirstOrDefault(column => _given[column] == name, -1);
    }

    /// <summary>Whether the columns are those of an exported embedding: Index, Id, Label, D1, D2, ...</summary>
    private static bool IsOwnExport(IReadOnlyList<string> given)
    {
        var first = Enumerable.Range(0, given.Count).FirstOrDefault(column => given[column] == "D1", -1);
        return first >= 1 && given[0] == "Index" && given.Take(first).All(name => name is "Index" or "Id" or "Label")
            && Enumerable.Range(first, given.Count - first)
                .All(column => given[column] == string.Create(CultureInfo.InvariantCulture, $"D{column - first + 1}"));
    }

    private void FindCategories()
    {
        foreach (var one in _options.CategoryColumns ?? [])
        {
            var matches = _search.FindAll([one], "CategoryColumnNotFound", _options.Terms);
            int[] free = [.. matches.Where(IsFree)];
            if (free.Length < matches.Count && _search.Find(one).Length > 0)
            {
                const string Category = nameof(TableOptions.CategoryColumns);
                throw Invalid(
                    "CategoryColumnTaken",
                    matches[0],
                    "it holds categories to cluster, so it cannot hold labels, ids or groups, or be excluded. "
                        + $"Remove it from {Category} or from the other option.",
                    Category);
            }

            // A wildcard can also match columns of other roles.
            _categories.UnionWith(free);
        }
    }

    /// <summary>Excludes the columns that the model does not need, and requires those that it needs.</summary>
    private void ExcludeColumnsOutsideModel()
    {
        if (_options.Required is not { } required)
        {
            return;
        }

        var areNumbered = Enumerable.Range(0, _names.Length).All(column => _names[column] == Dataset.NumberedColumn(column));
        FindGroupOfModel(required, areNumbered || required.AreNumbered);
        if (required.AreNumbered)
        {
            return;
        }

        if (areNumbered)
        {
            ThrowIfOtherCount(required);
            return;
        }

        var own = _names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var vectors = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var column = 0; column < _names.Length; column++)
        {
            var name = _names[column];

            // The vector column v has the model's columns v1, v2, ..., unless the table has a column v1 itself.
            if (!required.Contains(name) && required.ContainsPartsOf(name) && !own.Contains($"{name}1"))
            {
                vectors.Add(name);
            }
            else if (!required.Contains(name))
            {
                _excluded.Add(column);
            }
            else if (required.Categories.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                _categories.Add(column);
            }
        }

        var used = _names.Where((_, column) => IsFree(column) && _chosen?.Contains(column) != false)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        string[] missing = [.. required.Names.Where(name =>
            !(_group >= 0 && name == required.Group) && !used.Contains(name)
            && !vectors.Contains(name.TrimEnd("0123456789".ToCharArray())))];
        if (missing.Length > 0 && missing.All(name => _names.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            const string Columns = nameof(TableOptions.Columns), Excluded = nameof(TableOptions.ExcludedColumns);
            throw _source.Invalid(
                "ColumnMismatch",
                $" has {Quotation.ListOf(missing)}, which the model needs, but the import leaves {(missing.Length == 1 ? "it" : "them")} "
                    + $"out "
                    + $"or uses {(missing.Length == 1 ? "it" : "them")} as labels or ids. "
                    + (_chosen is null
                        ? $"Check {Excluded} and the columns of labels and ids."
                        : $"Omit {Columns}: the model selects its columns."),
                _chosen is null ? Excluded : Columns);
        }

        if (missing.Length > 0)
        {
            throw _source.Invalid(
                "ColumnMismatch",
                $" lacks {Quantity.Of(missing.Length, "column")} of the model: {Quotation.ListOf(missing)}. "
                    + $"It has {Quotation.ListOf(_names)}. "
                    + "Rename its columns to the model's names, or fit a model to the columns that it has.");
        }
    }

    /// <summary>Finds the group column of the model by name; without names, it is the first column, as in the model.</summary>
    private void FindGroupOfModel(RequiredColumns required, bool isByOrder)
    {
        if (required.Group is { } group)
        {
            int[] free = [.. Enumerable.Range(0, _names.Length).Where(IsFree)];
            int[] named = [.. free.Where(column => _names[column].Equals(group, StringComparison.OrdinalIgnoreCase))];
            _group = named.Length > 0 ? named[0] : isByOrder && free.Length > 0 ? free[0] : -1;
        }
    }

    /// <summary>Requires as many unnamed columns as the model needs, because they are matched by their order.</summary>
    private void ThrowIfOtherCount(RequiredColumns required)
    {
        var count = (_chosen?.Count ?? _names.Length) - _excluded.Count - (_label < 0 ? 0 : 1) - (_id < 0 ? 0 : 1);
        if (count != required.Names.Count)
        {
            const string ColumnNames = nameof(TextFormat.ColumnNames);
            string[] names = [.. required.Names];
            throw _source.Invalid(
                "ColumnMismatch",
                $" has {Quantity.Of(_names.Length, "column")} without names, but the model needs {Quotation.ListOf(names)}. "
                    + $"Name all columns of the table in order, including those that the model does not need: {ColumnNames} "
                    + $"{Quotation.ArgumentsOf(names)}, ...",
                ColumnNames);
        }
    }

    /// <summary>Whether a column is neither excluded nor the column of labels, ids or groups.</summary>
    private bool IsFree(int column) => column != _label && column != _id && column != _group && !_excluded.Contains(column);

    private ColumnRole[] RolesOf(int[] features)
    {
        var roles = new ColumnRole[_names.Length];
        Array.Fill(roles, ColumnRole.Excluded);
        foreach (var column in features)
        {
            roles[column] = _categories.Contains(column) ? ColumnRole.Category : ColumnRole.Feature;
        }

        foreach (var (column, role) in new[] { (_label, ColumnRole.Label), (_id, ColumnRole.Id), (_group, ColumnRole.Group) })
        {
            if (column >= 0)
            {
                roles[column] = role;
            }
        }

        return roles;
    }

    private N2DException Invalid(string id, int column, string message, params string[] options) =>
        _source.Invalid(id, $", {_options.Terms.Column} {Quotation.Of(_names[column])}: {message}", options);
}
