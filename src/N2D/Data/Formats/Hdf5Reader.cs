using System.Globalization;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// Reads an array of an HDF5 file, including MATLAB .mat files since version 7.3: the named one, or the only one with rows of numbers. NaN
/// is a missing value, and so is a number that the options define as a mark. If the range of a column is too small for the precision of
/// float32, such as times in milliseconds, an offset is subtracted. The label and id columns can be other arrays in the file, with one
/// value for each row.
/// </summary>
/// <param name="options">
/// The arrays with the labels and the ids, and the missing-value marks. Other options apply to tables with named columns.
/// </param>
/// <param name="arrayName">
/// The path of the array in the file, such as <c>train/data</c>, or its last part. Null for the only suitable one.
/// </param>
public sealed class Hdf5Reader(TableOptions? options = null, string? arrayName = null) : IDatasetReader
{
    private readonly TableOptions _options = options ?? new TableOptions();

    /// <summary>The free memory for the rows in bytes; null to query the system.</summary>
    internal long? FreeBytes { get; init; }

    private static ReadOnlySpan<byte> Magic => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <inheritdoc/>
    /// <remarks>
    /// Error ids: those of <see cref="InputFile"/>, and <c>Hdf5Unreadable</c>, <c>Hdf5DatasetNotFound</c>, <c>Hdf5SeveralArrays</c>,
    /// <c>Hdf5Shape</c>, <c>Hdf5Type</c>, <c>LabelColumnNotFound</c>, <c>IdColumnNotFound</c>, <c>LabelCountMismatch</c>,
    /// <c>IdCountMismatch</c>, <c>MissingValue</c> for ids, <c>MissingLabel</c>, <c>NotFinite</c>, <c>TooManyValues</c>,
    /// <c>DoesNotFitInMemory</c>.
    /// </remarks>
    public Dataset Read(string path, Execution? execution = null)
    {
        execution ??= Execution.Default;
        return Hdf5Arrays.Read(InputFile.Unwrap(path, execution), arrays => Read(arrays, path, execution), execution);
    }

    /// <summary>Whether a file is HDF5. Its signature is at the start, or after a user block at 512, 1024, 2048, ...</summary>
    /// <param name="head">The first bytes.</param>
    internal static bool IsHdf5(ReadOnlySpan<byte> head)
    {
        const int FirstBlock = 512;
        for (var offset = 0; offset < head.Length; offset = offset == 0 ? FirstBlock : 2 * offset)
        {
            if (head[offset..].StartsWith(Magic))
            {
                return true;
            }
        }

        return false;
    }

    private Dataset Read(Hdf5Arrays arrays, string path, Execution execution)
    {
        var all = arrays.List(execution);
        var labels = _options.LabelColumn is { } label ? FindOne(arrays, all, label, "LabelColumnNotFound") : null;
        var ids = _options.IdColumn is { } id ? FindOne(arrays, all, id, "IdColumnNotFound") : null;
        var rows = arrayName is null ? FindOnly(arrays, all, labels, ids) : FindOne(arrays, all, arrayName, "Hdf5DatasetNotFound");
        var (values, columnCount, offsets) = arrays.ReadRows(rows.Path, _options.MissingMarks, FreeBytes, execution);
        var rowCount = values.Length / columnCount;
        var ofLabels = labels is null ? null : arrays.ReadTexts(labels.Path, rowCount, "LabelCountMismatch", _options, execution);
        var ofIds = ids is null ? null : arrays.ReadTexts(ids.Path, rowCount, "IdCountMismatch", null, execution);
        if (ofLabels is not null && Array.TrueForAll(ofLabels, text => text is null))
        {
            throw arrays.Invalid("MissingLabel", $", array '{labels!.Path}': no row has a label. Omit the labels, or use another array.");
        }

        if (ofIds is not null && Array.IndexOf(ofIds, null) is >= 0 and var gap)
        {
            throw arrays.Invalid("MissingValue", $", array '{ids!.Path}', row {gap + 1}: the id is empty. Every row needs an id.");
        }

        var classes = ofLabels is null ? null : Labels.FromNames(ofLabels);
        execution.Explain?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"'{arrays.Name}': {Quantity.Of(rowCount, "row")} of {Quantity.Of(columnCount, "column")} in array '{rows.Path}'; "
                + $"{(labels is null ? "no labels" : $"labels in '{labels.Path}'")}{(ids is null ? "" : $", ids in '{ids.Path}'")}."));
        if (classes is not null)
        {
            ScarceLabels.WarnIfAny(
                execution,
                $"'{arrays.Name}', array '{labels!.Path}'",
                classes,
                new Advice($"If it holds numbers to cluster, omit {nameof(TableOptions.LabelColumn)}.", nameof(TableOptions.LabelColumn)));
        }

        ImageShape? shape = rows.Sizes is [_, > 1 and <= int.MaxValue and var height, > 1 and <= int.MaxValue and var width]
            ? new ImageShape((int)height, (int)width)
            : null;
        return Dataset.FromArray(
            FileFormats.DatasetNameOf(path), Matrix.Own(values, columnCount), classes, null, shape, path, offsets, execution)
            .WithIds(ofIds is null ? null : [.. ofIds.OfType<string>()], ids?.Path, execution);
    }

    private static Hdf5Array FindOnly(Hdf5Arrays arrays, IReadOnlyList<Hdf5Array> all, Hdf5Array? labels, Hdf5Array? ids)
    {
        const string ArrayName = nameof(DatasetFile.ArrayName);
        Hdf5Array[] candidates = [
            .. all.Where(array => array.IsNumeric
                && array.Sizes.Length >= 2
                && !array.Sizes.Contains(0ul)
                && array != labels
                && array != ids)
        ];
        Hdf5Array[] flat = [.. candidates.Where(array => array.Sizes.Length == 2 && array.Sizes[1] > 1)];
        return flat.Length == 1 ? flat[0]
            : candidates.Length == 1 ? candidates[0]
            : candidates.Length > 1 ? throw arrays.Invalid(
                "Hdf5SeveralArrays",
                $" has {candidates.Length} arrays with rows of numbers: {ListOf(candidates)}. Choose one with {ArrayName}.",
                ArrayName)
            : throw arrays.Invalid(
                "Hdf5DatasetNotFound",
                $" has no array with rows of numbers. It has: {ListOf(all)}. "
                    + $"Choose an array with two or more dimensions with {ArrayName}, or save one.",
                ArrayName);
    }

    private static Hdf5Array FindOne(Hdf5Arrays arrays, IReadOnlyList<Hdf5Array> all, string name, string id)
    {
        var path = name.Trim('/');
        Hdf5Array[] found = [.. all.Where(array => array.Path.Equals(path, StringComparison.OrdinalIgnoreCase))];
        found = found.Length > 0 ? found : [.. all.Where(array => array.Path.EndsWith($"/{path}", StringComparison.OrdinalIgnoreCase))];
        found = found.Length > 0 ? found : [.. all.Where(array => Wildcard.PatternOf(path).IsMatch(array.Path))];
        return found.Length == 1
            ? found[0]
            : throw arrays.Invalid(
                id,
                $" has {(found.Length == 0 ? "no array" : "several arrays")} {Quotation.Of(name)}. It has {ListOf(all)}. "
                    + $"Use one of these paths.");
    }

    private static string ListOf(IReadOnlyList<Hdf5Array> arrays)
    {
        const int Most = 20;
        return arrays.Count == 0
            ? "no arrays"
            : string.Join(", ", arrays.Take(Most)) + (arrays.Count > Most ? $", and {arrays.Count - Most} more" : "");
    }
}
