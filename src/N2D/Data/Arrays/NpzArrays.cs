using System.Globalization;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>The arrays of an .npz archive that are used, with their roles and headers. Excluded arrays are never opened.</summary>
internal sealed class NpzArrays
{
    private const int MaxListed = 20;

    private const string LabelOption = nameof(TableOptions.LabelColumn);
    private const string IdOption = nameof(TableOptions.IdColumn);
    private const string Category = nameof(TableOptions.CategoryColumns);
    private const string Group = nameof(TableOptions.GroupColumn);
    private const string Standardize = nameof(PreparationOptions.Standardize);
    private const string Exclude = nameof(TableOptions.ExcludedColumns);

    private readonly InputFile _file;
    private readonly ColumnRoles _roles;
    private readonly Dictionary<int, NpyHeader> _headers = [];

    private NpzArrays(InputFile file, ColumnRoles roles) => (_file, _roles) = (file, roles);

    /// <summary>The arrays to cluster, from 0, in the order of the data set.</summary>
    public int[] Features => _roles.Features;

    /// <summary>The array of labels; -1 if there is none.</summary>
    public int Label { get; private init; }

    /// <summary>The array of ids; -1 if there is none.</summary>
    public int Id { get; private init; }

    /// <summary>The number of rows of every array.</summary>
    public int RowCount => _headers[Features[0]].RowCount;

    /// <summary>Reads the headers of the arrays that are used.</summary>
    /// <param name="file">The archive, for messages.</param>
    /// <param name="archive">The archive.</param>
    /// <param name="roles">What its arrays are for.</param>
    /// <param name="options">The missing-value marks, and the terms for messages.</param>
    /// <param name="execution">Cancellation.</param>
    /// <exception cref="N2DException">
    /// Arrays are not usable in their roles (<c>NpyType</c>, <c>NpyDimensions</c>; one error for all), or have different numbers of rows
    /// (<c>RowCountMismatch</c>).
    /// </exception>
    public static NpzArrays Read(InputFile file, NpzArchive archive, ColumnRoles roles, TableOptions options, Execution execution)
    {
        var arrays = new NpzArrays(file, roles) { Label = roles.Label, Id = roles.Id };
        for (var array = 0; array < roles.Roles.Length; array++)
        {
            if (roles.Roles[array] != ColumnRole.Excluded)
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                arrays._headers.Add(array, archive.Read(array, NpyHeader.Read).WithMissing(options.MissingMarks));
            }
        }

        arrays.ThrowIfUnusable();
        arrays.ThrowIfOtherRowCounts();
        return arrays;
    }

    /// <summary>The header of an array that is used.</summary>
    /// <param name="array">The array, from 0.</param>
    public NpyHeader HeaderOf(int array) => _headers[array];

    /// <summary>Whether an array holds categories to cluster by.</summary>
    /// <param name="array">The array, from 0.</param>
    public bool IsCategory(int array) => _roles.Roles[array] == ColumnRole.Category;

    /// <summary>
    /// Returns the column names, which are created on demand; null for x1, x2, ... of a single matrix, whose columns have no names.
    /// </summary>
    public LazyNames? ColumnNames()
    {
        if (Features is [var only])
        {
            return _headers[only].RowLength > 1 ? null : new LazyNames(1, _ => _roles.Names[only]);
        }

        var starts = new int[Features.Length];
        for (var place = 1; place < starts.Length; place++)
        {
            starts[place] = starts[place - 1] + _headers[Features[place - 1]].RowLength;
        }

        return new LazyNames(starts[^1] + _headers[Features[^1]].RowLength, column =>
        {
            var found = Array.BinarySearch(starts, column);
            var place = found < 0 ? ~found - 1 : found;
            var array = Features[place];
            return _headers[array].RowLength == 1
                ? _roles.Names[array]
                : string.Create(CultureInfo.InvariantCulture, $"{_roles.Names[array]}{column - starts[place] + 1}");
        });
    }

    /// <summary>Warns of arrays that look like labels or ids but are clustered as numbers, because no option gives them a role.</summary>
    /// <param name="wholeArrays">The arrays with one integer for each row.</param>
    /// <param name="execution">Receives the warning.</param>
    public void WarnOfLabels(List<int> wholeArrays, Execution execution)
    {
        if (wholeArrays.Count == 0 || Features.FirstOrDefault(array => _headers[array].RowLength > 1, -1) is not (>= 0 and var matrix))
        {
            return;
        }

        string[] names = [.. wholeArrays.Select(array => _roles.Names[array])];
        var first = Quotation.ArgumentOf(names[0]);
        var (arrays, hold, are) = names.Length == 1
            ? ("array", "holds", "is clustered as a number")
            : ("arrays", "each hold", "are clustered as numbers");
        execution.Advise(
            $"{Quotation.Of(_file.Name)}: {arrays} {Quotation.ListOf(names)} {hold} one integer for each row of "
                + $"{Quotation.Of(_roles.Names[matrix])}, and {are}. If {first} holds the classes, use {LabelOption} {first}. "
                + $"If it identifies the rows, use {IdOption} {first}. "
                + $"To exclude {(names.Length == 1 ? "it" : "them")}, use {Exclude} {Quotation.ArgumentsOf(names)}.",
            LabelOption,
            IdOption,
            Exclude);
    }

    private void ThrowIfUnusable()
    {
        (int Array, string? Problem)[] unusable =
            [.. _headers.Select(pair => (pair.Key, ProblemOf(pair.Key, pair.Value))).Where(pair => pair.Item2 is not null)];
        if (unusable.Length == 0)
        {
            return;
        }

        var list = string.Join("; ", unusable.Take(MaxListed).Select(pair => $"{Quotation.Of(_roles.Names[pair.Array])} {pair.Problem}"))
            + (unusable.Length > MaxListed ? $"; and {unusable.Length - MaxListed} more" : "");
        var features = unusable.Where(pair => _roles.Roles[pair.Array] == ColumnRole.Feature).Select(pair => pair.Array).ToArray();
        var (remedies, options) = (new List<string>(), new List<string>());
        if (features.FirstOrDefault(array => _headers[array] is { Type.Text: not null, RowLength: 1, Sizes.Length: > 0 }, -1) is >= 0
            and var text)
        {
            var name = Quotation.ArgumentOf(_roles.Names[text]);
            var label = Label < 0 ? $"for classes, use {LabelOption} {name}; " : "";
            var id = Id < 0 ? $"for row ids, use {IdOption} {name}; " : "";
            var group = _roles.Group < 0 ? $"; for groups to scale within, use {Group} {name} with {Standardize}" : "";
            options.AddRange(
                [
                    .. Label < 0 ? [LabelOption] : Array.Empty<string>(),
                    .. Id < 0 ? [IdOption] : Array.Empty<string>(),
                    Category,
                    .. _roles.Group < 0 ? [Group, Standardize] : Array.Empty<string>(),
                ]);
            remedies.Add(Capitalized($"{label}{id}for categories to cluster by, use {Category} {name}{group}."));
        }

        if (features.Length > 0)
        {
            options.Add(Exclude);
            remedies.Add($"To exclude {(features.Length == 1 ? "it" : "them")}, use {Exclude} "
                + $"{Quotation.ArgumentsOf([.. features.Select(array => _roles.Names[array])])}.");
        }

        if (unusable.Any(pair => _roles.Roles[pair.Array] != ColumnRole.Feature && _headers[pair.Array].Type.IsReadable))
        {
            remedies.Add("Labels, ids and categories must be arrays with one value for each row.");
        }

        remedies.AddRange(unusable.Select(pair => _headers[pair.Array].Type)
            .Where(type => !type.IsReadable)
            .Select(type => type.Remedy)
            .Distinct());
        var isType = unusable.Any(pair => _headers[pair.Array].Type.Numbers is null);
        throw _file.Invalid(
            isType ? "NpyType" : "NpyDimensions",
            $" has {Quantity.Of(unusable.Length, "array")} that cannot be used: {list}. {string.Join(" ", remedies)}",
            [.. options]);
    }

    private string? ProblemOf(int array, NpyHeader header)
    {
        var role = _roles.Roles[array];
        return !header.Type.IsReadable ? $"holds {header.Type}"
            : header.Sizes.Length == 0 ? "is a single value instead of one for each row"
            : role == ColumnRole.Feature ? (header.Type.Numbers is null ? $"holds {header.Type} instead of numbers" : null)
            : header.RowLength == 1 ? null
            : $"holds {header.Shape} values instead of one "
                + $"{role.ToString().ToLowerInvariant()} for each row";
    }

    private void ThrowIfOtherRowCounts()
    {
        int[] others = [.. _headers.Keys.Where(array => _headers[array].RowCount != RowCount)];
        if (others.Length == 0)
        {
            return;
        }

        var list = string.Join(
            ", ",
            _headers.Take(MaxListed).Select(pair => $"{Quotation.Visible(_roles.Names[pair.Key])} {pair.Value.Shape}"))
                + (_headers.Count > MaxListed ? $", ... {_headers.Count} in total" : "");
        throw _file.Invalid(
            "RowCountMismatch",
            $" has arrays with different numbers of rows: {list}. Exclude those that do not fit, for example {Exclude} "
                + $"{Quotation.ArgumentsOf([.. others.Select(array => _roles.Names[array])])}.",
            Exclude);
    }

    private static string Capitalized(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];
}
