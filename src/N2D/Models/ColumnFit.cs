using System.Globalization;
using N2D.Data;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>Brings the columns of rows into the order that a pipeline was fitted to, or tells why that cannot be.</summary>
internal static class ColumnFit
{
    private const int MostNames = 10;

    /// <summary>The rows with the columns of the fit.</summary>
    /// <remarks>
    /// Columns are told by their names. Where either side has none (x1, x2, ..., as rows of images and of files without a header line have), their number counts.
    /// </remarks>
    /// <param name="dataset">The rows.</param>
    /// <param name="fitted">What the pipeline was fitted to.</param>
    /// <param name="excluded">Columns to leave out.</param>
    /// <param name="execution">Told what was done with the columns.</param>
    /// <exception cref="N2DException">
    /// A column to leave out is not there (<c>ExcludedColumnNotFound</c>), the others are not those of the fit (<c>ColumnMismatch</c>), or the rows are images of another shape
    /// (<c>ImageShapeMismatch</c>).
    /// </exception>
    public static Dataset Apply(Dataset dataset, DataDocument fitted, IReadOnlyList<string> excluded, Execution execution)
    {
        ThrowIfOtherImages(dataset, fitted);
        var selected = ColumnContent.Align(Select(dataset, fitted, excluded, execution), fitted, execution);
        if (dataset.Divisor != fitted.Divisor)
        {
            execution.Warn?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"The rows that the model was fitted to were divided by {fitted.Divisor} when they were read, and those of '{dataset.Dataset}' by {dataset.Divisor}: ")
                + "they are of one scale only if they came so.");
        }

        return selected;
    }

    /// <summary>Pixels have no names, so that images of other sides would be taken for the model's by the number of their pixels alone. Rows that nobody said are images may be any.</summary>
    private static void ThrowIfOtherImages(Dataset dataset, DataDocument fitted)
    {
        if (fitted.ImageShape is { } shape && dataset.ImageShape is { } own && own != shape)
        {
            throw new N2DException(
                "ImageShapeMismatch",
                ErrorKind.InvalidArgument,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The model was fitted to images {shape.Height} pixels high and {shape.Width} wide, and those of '{dataset.Dataset}' are {own.Height} high and {own.Width} wide: bring them to that size, of image files by Import-N2DDataset -ImageSize {shape.Width}, {shape.Height}."),
                dataset);
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
            // Names differ in case where another program wrote the rows; that is no matter as long as each is still another.
            placeOf = PlacesOf(keptNames, StringComparer.OrdinalIgnoreCase) ?? placeOf;
        }

        var areAllThere = placeOf is not null && kept.Length == fitted.Columns.Length && fitted.Columns.All(placeOf.ContainsKey);
        if (!areAllThere && kept.Length == fitted.Columns.Length && (AreNumbered(fitted.Columns) || AreNumbered(names)))
        {
            if (AreNumbered(fitted.Columns) != AreNumbered(names))
            {
                var (without, with) = AreNumbered(names) ? ($"Data set '{dataset.Dataset}'", "the model") : ("The model", $"data set '{dataset.Dataset}'");
                execution.Warn?.Invoke(
                    $"{without} has no column names, and {with} has: {Some(AreNumbered(names) ? fitted.Columns : keptNames)}. The columns are matched by their order. If the order differs, the clusters are wrong: give the rows the model's names, in a header line or by -Header.");
            }

            return dataset.SelectColumns(kept);
        }

        if (!areAllThere)
        {
            throw Mismatch(dataset, keptNames, fitted.Columns);
        }

        execution.Explain?.Invoke($"The columns of '{dataset.Dataset}' are in another order than the model's, and were found by their names.");
        return dataset.SelectColumns([.. fitted.Columns.Select(name => kept[placeOf![name]])]);
    }

    private static IEnumerable<int> ExcludedOf(Dataset dataset, string[] names, IReadOnlyList<string> excluded)
    {
        var search = new ColumnSearch(dataset.Dataset, names);
        return excluded.SelectMany(wanted => search.FindAll(wanted) is { Length: > 0 } found
            ? found
            : throw search.NotFound("ExcludedColumnNotFound", wanted, ColumnSearch.NameWildcardOrPosition));
    }

    /// <summary>Whether columns have nothing but their numbers for names.</summary>
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

    /// <summary>The place of each name; null if two columns have one name.</summary>
    private static Dictionary<string, int>? PlacesOf(string[] names, StringComparer comparer)
    {
        var places = new Dictionary<string, int>(comparer);
        return names.Select((name, place) => places.TryAdd(name, place)).All(isFirst => isFirst) ? places : null;
    }

    private static N2DException Mismatch(Dataset dataset, string[] names, string[] fitted)
    {
        string[] missing = [.. fitted.Except(names)];
        string[] extra = [.. names.Except(fitted)];
        string[] doubled = [.. names.GroupBy(name => name).Where(group => group.Skip(1).Any()).Select(group => group.Key)];
        var advice = AreNumbered(names) && AreNumbered(fitted) ? " Neither has column names, so that columns are matched by their positions: name the ids (-IdColumn), and leave out other columns that are not the model's by their positions (-ExcludeColumn)."
            : (missing.Length > 0 ? " Call them what the model does where they have other names, or fit a model to the columns that there are and save that (Export-N2DModel)." : "")
            + (extra.Length > 0 ? " Leave out what is not the model's (-ExcludeColumn, or -Model when the rows are read)." : "")
            + (doubled.Length > 0 ? " Leave out all but one of each by their positions (-ExcludeColumn)." : "");
        return new N2DException(
            "ColumnMismatch",
            ErrorKind.InvalidArgument,
            $"The model was fitted to {Quantity.Of(fitted.Length, "column")} ({Some(fitted)}), and data set '{dataset.Dataset}' has {names.Length} ({Some(names)})"
                + $"{Listed("missing", missing)}{Listed("not the model's", extra)}{Listed("there more than once", doubled)}.{advice}",
            dataset);
    }

    private static string Listed(string what, string[] names) => names.Length == 0 ? "" : $"; {what}: {Some(names)}";

    private static string Some(string[] names) =>
        string.Join(", ", names.Take(MostNames)) + (names.Length > MostNames ? $", ... {names[^1]}, {names.Length} in all" : "");
}
