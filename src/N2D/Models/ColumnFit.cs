using System.Globalization;
using N2D.Data;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>Selects the columns that a pipeline was fitted to, in their order, or explains why rows do not have them.</summary>
internal static class ColumnFit
{
    private const int MaxNames = 10;

    private const string Id = nameof(TableOptions.IdColumn);
    private const string Excluded = nameof(TableOptions.ExcludedColumns);
    private const string Required = nameof(TableOptions.Required);

    /// <summary>Returns the rows with the columns of the fit.</summary>
    /// <remarks>
    /// Columns are matched by name. If either side has no names (x1, x2, ..., as in images and files without a header line), they are
    /// matched by position.
    /// </remarks>
    /// <param name="dataset">The rows.</param>
    /// <param name="fitted">The description of the training data.</param>
    /// <param name="excluded">Columns to exclude.</param>
    /// <param name="execution">Receives warnings and explanations.</param>
    /// <exception cref="N2DException">
    /// A column to exclude does not exist (<c>ExcludedColumnNotFound</c>), the other columns are not those of the fit
    /// (<c>ColumnMismatch</c>), or the rows are images of another shape (<c>ImageShapeMismatch</c>).
    /// </exception>
    public static Dataset Apply(Dataset dataset, DataDocument fitted, IReadOnlyList<string> excluded, Execution execution)
    {
        ThrowIfOtherImages(dataset, fitted);
        var selected = ColumnContent.Align(Select(dataset, fitted, excluded, execution), fitted, execution);
        if (dataset.Divisor != fitted.Divisor)
        {
            execution.Warn?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"The model was fitted to values divided by {fitted.Divisor} when they were read, but those of '{dataset.Dataset}' were "
                + $"divided by {dataset.Divisor}. ")
                + "Make sure that both have the same scale.");
        }

        return selected;
    }

    /// <summary>
    /// Rejects images of another shape. Without this check, images of another shape with the same number of pixels would pass, because
    /// pixels have no names. Rows that are not marked as images pass.
    /// </summary>
    private static void ThrowIfOtherImages(Dataset dataset, DataDocument fitted)
    {
        if (fitted.ImageShape is { } shape && dataset.ImageShape is { } own && own != shape)
        {
            throw new N2DException(
                "ImageShapeMismatch",
                ErrorKind.InvalidArgument,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The model was fitted to images {shape.Height} pixels high and {shape.Width} wide, but those of '{dataset.Dataset}' "
                        + $"are {own.Height} high and {own.Width} wide. Resize them; for image files, set {nameof(ImageFiles.Size)} to "
                        + $"{shape.Width}, {shape.Height} when they are read."),
                dataset)
            { Options = [nameof(ImageFiles.Size)] };
        }
    }

    private static Dataset Select(Dataset dataset, DataDocument fitted, IReadOnlyList<string> excluded, Execution execution)
    {
        string[] names = [.. dataset.GetColumnNames()];
        int[] kept = [.. Enumerable.Range(0, names.Length).Except(ExcludedOf(dataset, names, excluded))];
        string[] keptNames = [.. kept.Select(column => names[column])];
        if (keptNames.AsSpan().SequenceEqual(fitted.Columns))
        {
            return dataset.SelectColumns(kept);
        }

        var placeOf = PlacesOf(keptNames, StringComparer.Ordinal);
        if (placeOf is null || !fitted.Columns.All(placeOf.ContainsKey))
        {
            // Another program may have written the names in another case. That is fine as long as they stay distinct.
            placeOf = PlacesOf(keptNames, StringComparer.OrdinalIgnoreCase) ?? placeOf;
        }

        var areAllThere = placeOf is not null && kept.Length == fitted.Columns.Length && fitted.Columns.All(placeOf.ContainsKey);
        if (!areAllThere && kept.Length == fitted.Columns.Length && (AreNumbered(fitted.Columns) || AreNumbered(names)))
        {
            if (AreNumbered(fitted.Columns) != AreNumbered(names))
            {
                var (without, with) = AreNumbered(names)
                    ? ($"Data set '{dataset.Dataset}'", "the model")
                    : ("The model", $"data set '{dataset.Dataset}'");
                execution.Advise(
                    $"{without} has no column names, but {with} has: {ListOf(AreNumbered(names) ? fitted.Columns : keptNames)}. The "
                        + "columns are matched by their order. If the order differs, the clusters are wrong: set "
                        + $"{nameof(TextFormat.ColumnNames)} to the model's names, or add a header line.",
                    nameof(TextFormat.ColumnNames));
            }

            return dataset.SelectColumns(kept);
        }

        if (!areAllThere)
        {
            throw Mismatch(dataset, keptNames, dataset.Raw.IsGrouped && kept is [0, ..], fitted);
        }

        execution.Explain?.Invoke($"The columns of '{dataset.Dataset}' are in another order than the model's. They were matched by name.");
        return dataset.SelectColumns([.. fitted.Columns.Select(name => kept[placeOf![name]])]);
    }

    private static IEnumerable<int> ExcludedOf(Dataset dataset, string[] names, IReadOnlyList<string> excluded)
    {
        var search = new ColumnSearch(dataset.Dataset, names);
        return excluded.SelectMany(wanted => search.FindAll(wanted) is { Length: > 0 } found
            ? found
            : throw search.NotFound("ExcludedColumnNotFound", wanted, ColumnSearch.SeveralWays));
    }

    /// <summary>Whether columns have only the default names x1, x2, ...</summary>
    private static bool AreNumbered(string[] names)
    {
        for (var column = 0; column < names.Length; column++)
        {
            if (names[column] != Dataset.NumberedColumn(column))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Returns the index of each name; null if two columns have the same name.</summary>
    private static Dictionary<string, int>? PlacesOf(string[] names, StringComparer comparer)
    {
        var places = new Dictionary<string, int>(comparer);
        return names.Select((name, place) => places.TryAdd(name, place)).All(isFirst => isFirst) ? places : null;
    }

    private static N2DException Mismatch(Dataset dataset, string[] names, bool isGrouped, DataDocument document)
    {
        var fitted = document.Columns;
        string[] missing = [.. fitted.Except(names)];
        string[] extra = [.. names.Except(fitted)];
        string[] doubled = [.. names.GroupBy(name => name).Where(group => group.Skip(1).Any()).Select(group => group.Key)];
        var parts = new List<Advice>();
        if (AreNumbered(names) && AreNumbered(fitted))
        {
            parts.Add(new Advice(
                "Neither has column names, so columns are matched by position. "
                    + $"Name the ids with {Id}, and exclude other columns that the model does not have by their positions with {Excluded}.",
                Id,
                Excluded));
        }
        else
        {
            if (missing.Length > 0)
            {
                parts.Add(new Advice("Rename the columns to the model's names, or fit a model to the columns of this data set."));
            }

            if (extra.Length > 0)
            {
                parts.Add(new Advice(
                    $"Exclude the columns that the model does not have with {Excluded}, or set {Required} when the rows are read.",
                    Excluded,
                    Required));
            }

            if (doubled.Length > 0)
            {
                parts.Add(new Advice($"Exclude all but one of each by their positions with {Excluded}.", Excluded));
            }
        }

        var advice = Advice.Join(parts);
        return new N2DException(
            "ColumnMismatch",
            ErrorKind.InvalidArgument,
            $"The model was fitted to {TextOf(fitted, document.IsGrouped)}, but data set '{dataset.Dataset}' has "
                + TextOf(names, isGrouped)
                + $"{Listed("missing", missing)}{Listed("not in the model", extra)}{Listed("more than once", doubled)}. "
                + advice?.Text,
            dataset)
        { Options = advice?.Options ?? [] };
    }

    /// <summary>Counts and lists columns. As everywhere, the column of groups is not counted.</summary>
    private static string TextOf(string[] names, bool isGrouped)
    {
        var features = isGrouped ? names[1..] : names;
        return $"{Quantity.Of(features.Length, "column")} ({ListOf(features)})"
            + (isGrouped ? $" and groups ({Quotation.Of(names[0])})" : "");
    }

    private static string Listed(string what, string[] names) => names.Length == 0 ? "" : $"; {what}: {ListOf(names)}";

    /// <summary>Lists column names in quotation marks, which also tell them from options of the same name.</summary>
    private static string ListOf(string[] names) =>
        string.Join(", ", names.Take(MaxNames).Select(name => Quotation.Of(name)))
            + (names.Length > MaxNames ? $", ... {Quotation.Of(names[^1])}, {names.Length} in all" : "");
}
