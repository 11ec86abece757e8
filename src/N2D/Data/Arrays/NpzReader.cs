using System.Globalization;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// Reads .npz, an archive of NumPy arrays. Each array becomes one column, or one for each value in its rows, except label, id and excluded
/// arrays. All arrays have the same number of rows. If only one array remains and its rows are images, they keep their shape. NaN is a
/// missing value, and so is a number that the options define as a mark.
/// </summary>
/// <param name="options">The roles of the arrays, by name.</param>
public sealed class NpzReader(TableOptions? options = null) : IDatasetReader
{
    private readonly TableOptions _options = options ?? new TableOptions();

    /// <inheritdoc/>
    /// <remarks>
    /// Error ids: <c>FileNotFound</c>, <c>FolderGiven</c>, <c>EmptyFile</c>, <c>AccessDenied</c>, <c>CorruptArchive</c>, <c>NpzArrays</c>,
    /// <c>RowCountMismatch</c>, <c>NpyType</c>, <c>NpyDimensions</c>, <c>LabelsNotWhole</c>, <c>MissingLabel</c>, <c>MissingValue</c> for
    /// ids, <c>TooManyValues</c>, <c>DoesNotFitInMemory</c>, <c>NotFinite</c>, those of <see cref="NpyReader"/> for an array, and those of
    /// options that name arrays (<c>LabelColumnNotFound</c>, ...).
    /// </remarks>
    public Dataset Read(string path, Execution? execution = null) => InputFile.Read(path, file =>
    {
        execution ??= Execution.Default;
        using var archive = NpzArchive.Open(file, execution);
        var words = _options with { Terms = _options.Terms with { Column = "array" } };
        var roles = ColumnRoles.Find(TableSource.Of(file, FileFormats.DatasetNameOf(path), path, "row"), archive.Names, words);
        var arrays = NpzArrays.Read(file, archive, roles, words, execution);
        var content = new NpzContent(file, archive, arrays, roles, words, execution);
        var (rows, offsets, categories) = content.ReadRows();
        var (labels, ids, groups) = (content.ReadLabels(), content.ReadIds(), content.ReadGroups());
        foreach (var remark in roles.Remarks)
        {
            execution.Advise(remark.Text, remark.Options);
        }

        if (words.LabelColumn is null && words.Columns is null && words.Required is null)
        {
            arrays.WarnOfLabels(content.WholeArrays, execution);
        }

        execution.Explain?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"{Quotation.Of(file.Name)}: {Quantity.Of(rows.RowCount, "row")} of {Quantity.Of(rows.ColumnCount, "value")} in "
                + $"{arrays.Features.Length} of {Quantity.Of(archive.Names.Length, "array")}; {roles.Describe(labels)}."));
        ImageShape? shape = arrays.Features is [var only] && arrays.HeaderOf(only).Sizes is [_, var height, var width]
            ? new ImageShape(height, width)
            : null;
        var dataset = Dataset.FromArray(
            FileFormats.DatasetNameOf(path),
            rows,
            labels,
            arrays.ColumnNames(),
            shape,
            path,
            offsets,
            execution,
            categories,
            areLabelsQuestioned: true)
            .WithIds(ids, roles.Id < 0 ? null : roles.Names[roles.Id], execution);
        return groups is null ? dataset : dataset.WithGroups(roles.Names[roles.Group], groups);
    }, execution);
}
