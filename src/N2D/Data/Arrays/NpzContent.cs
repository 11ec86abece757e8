using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>Reads the values of the arrays of an .npz archive.</summary>
/// <param name="file">The archive, for messages.</param>
/// <param name="archive">The archive.</param>
/// <param name="arrays">The arrays that are used.</param>
/// <param name="roles">The roles of the arrays.</param>
/// <param name="options">The options for the arrays.</param>
/// <param name="execution">Progress, cancellation and warnings.</param>
internal sealed class NpzContent(
    InputFile file, NpzArchive archive, NpzArrays arrays, ColumnRoles roles, TableOptions options, Execution execution)
{
    /// <summary>The feature arrays with one integer for each row. Available after the rows are read.</summary>
    public List<int> WholeArrays { get; } = [];

    /// <summary>Reads the feature arrays side by side.</summary>
    /// <exception cref="N2DException">
    /// The values exceed the maximum length of an array (<c>TooManyValues</c>) or the free memory (<c>DoesNotFitInMemory</c>).
    /// </exception>
    public (Matrix Rows, double[]? Offsets, IReadOnlyList<string>?[]? Categories) ReadRows()
    {
        var lengths = Array.ConvertAll(arrays.Features, array => arrays.HeaderOf(array).RowLength);
        var (rowCount, dimension) = (arrays.RowCount, lengths.Sum(length => (long)length));
        var largestPart = lengths.Length == 1 ? 0 : (Int128)sizeof(float) * rowCount * lengths.Max();
        DenseMemory.ThrowIfTooLarge(
            file,
            rowCount,
            dimension,
            "Save arrays with fewer rows or columns. A single array saved as .npy can be larger than the memory.",
            bookkeeping: largestPart);
        if (arrays.Features is [var only] && !arrays.IsCategory(only))
        {
            var (values, offsets) = ReadNumbers(only);
            return (Matrix.Own(values, (int)dimension), offsets, null);
        }

        var all = GC.AllocateUninitializedArray<float>(rowCount * (int)dimension);
        var (allOffsets, categories, start) = ((double[]?)null, (IReadOnlyList<string>?[]?)null, 0);
        for (var place = 0; place < lengths.Length; place++)
        {
            var (array, length) = (arrays.Features[place], lengths[place]);
            float[] part;
            if (arrays.IsCategory(array))
            {
                (categories ??= new IReadOnlyList<string>?[(int)dimension])[start] = ReadCategories(array, out part);
            }
            else
            {
                (part, var offsets) = ReadNumbers(array);
                offsets?.CopyTo(allOffsets ??= new double[(int)dimension], start);
                AddIfWhole(array, part, offsets);
            }

            Place(part, length, all, (int)dimension, start);
            start += length;
        }

        return (Matrix.Own(all, (int)dimension), allOffsets, categories);
    }

    /// <summary>Reads the labels; null if there is no label array.</summary>
    public Labels? ReadLabels()
    {
        if (arrays.Label < 0)
        {
            return null;
        }

        var labels = archive.Read(arrays.Label, member => new LabelFile(options, execution).ReadArray(member));
        ScarceLabels.WarnIfAny(
            execution,
            $"{Quotation.Of(file.Name)}, array {Quotation.Of(roles.Names[arrays.Label])}",
            labels,
            new Advice(
                $"If it holds numbers to cluster, omit {nameof(TableOptions.LabelColumn)}; if ids, use {nameof(TableOptions.IdColumn)}.",
                nameof(TableOptions.LabelColumn),
                nameof(TableOptions.IdColumn)));
        return labels;
    }

    /// <summary>Reads the ids; null if there is no id array.</summary>
    /// <exception cref="N2DException">An id is empty (<c>MissingValue</c>).</exception>
    public string[]? ReadIds()
    {
        if (arrays.Id < 0)
        {
            return null;
        }

        var ids = archive.Read(arrays.Id, member => NpyValues.ReadTexts(member, NpyHeader.Read(member), execution));
        var missing = Array.FindIndex(ids, id => string.IsNullOrWhiteSpace(id));
        return missing < 0
            ? Array.ConvertAll(ids, id => id!.Trim())
            : throw file.Invalid(
                "MissingValue",
                $", array {Quotation.Of(roles.Names[arrays.Id])}, row {missing + 1}: the id is empty. Every row needs an id.");
    }

    /// <summary>Reads the groups; null if there is no group array.</summary>
    /// <exception cref="N2DException">A group is empty or a missing-value mark (<c>MissingGroup</c>).</exception>
    public string[]? ReadGroups()
    {
        if (roles.Group < 0)
        {
            return null;
        }

        var groups = archive.Read(
            roles.Group, member => NpyValues.ReadTexts(member, Reread(member, arrays.HeaderOf(roles.Group)), execution));
        var marks = new MissingMarks(options.MissingMarks);
        var missing = Array.FindIndex(groups, group => group is null || marks.Contains(group));
        return missing < 0
            ? Array.ConvertAll(groups, group => group!.Trim())
            : throw file.Invalid(
                "MissingGroup",
                $", array {Quotation.Of(roles.Names[roles.Group])}, row {missing + 1}: the group is missing. Every row needs a group.");
    }

    private static void Place(float[] part, int length, float[] all, int dimension, int start)
    {
        if (length == 1)
        {
            for (var row = 0; row < part.Length; row++)
            {
                all[(row * dimension) + start] = part[row];
            }

            return;
        }

        for (var row = 0; row < part.Length / length; row++)
        {
            part.AsSpan(row * length, length).CopyTo(all.AsSpan((row * dimension) + start));
        }
    }

    private (float[] Values, double[]? Offsets) ReadNumbers(int array)
    {
        var (header, ranges) = (arrays.HeaderOf(array), arrays.HeaderOf(array).Elements.NewColumnRanges(arrays.HeaderOf(array).RowLength));
        var values = archive.Read(array, member => NpyValues.Read(member, Reread(member, header), ranges, execution));
        var offsets = ranges?.FindOffsets();
        if (offsets is not null)
        {
            archive.Read(array, member =>
            {
                NpyValues.SubtractOffsets(member, header, values, ranges!, execution);
                return true;
            });
        }

        return (values, offsets);
    }

    private static NpyHeader Reread(ArrayStream member, NpyHeader header) =>
        NpyHeader.Read(member).IsLike(header) ? header : throw member.Invalid(
            "FileChanged",
            $" was changed while it was read. Read it again.");

    private string[] ReadCategories(int array, out float[] codes)
    {
        var texts = archive.Read(array, member => NpyValues.ReadTexts(member, Reread(member, arrays.HeaderOf(array)), execution));
        var (marks, column) = (new MissingMarks(options.MissingMarks), new CategoryColumn());
        for (var row = 0; row < texts.Length; row++)
        {
            if (texts[row] is { } text && !marks.Contains(text))
            {
                column.Add(text.AsSpan().Trim());
            }
            else
            {
                column.AddGap(row + 1);
            }
        }

        (var categories, codes) = column.Finish();
        return categories;
    }

    private void AddIfWhole(int array, float[] part, double[]? offsets)
    {
        var header = arrays.HeaderOf(array);
        if (header.RowLength == 1 && offsets is null && (header.Elements.IsInteger || Array.TrueForAll(part, float.IsInteger)))
        {
            WholeArrays.Add(array);
        }
    }
}
