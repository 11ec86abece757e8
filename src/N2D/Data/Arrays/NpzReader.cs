using System.Globalization;
using N2D.Numerics;

namespace N2D.Data;

/// <summary>
/// Reads .npz, several NumPy arrays in one archive: an array a column, or as many columns as its rows have values, every one except that of the labels and those
/// left out. All have to have as many rows. If one array is left, and its rows are images, they keep their shape.
/// </summary>
/// <param name="options">The array of the labels, as the label column, and the arrays to leave out; the file names its arrays itself.</param>
public sealed class NpzReader(DelimitedTextOptions? options = null) : IDatasetReader
{
    private const string Extension = ".npy";

    private readonly DelimitedTextOptions _options = options ?? new DelimitedTextOptions();

    /// <inheritdoc/>
    /// <remarks>
    /// Ids of errors: <c>FileNotFound</c>, <c>FolderGiven</c>, <c>EmptyFile</c>, <c>AccessDenied</c>, <c>CorruptArchive</c>, <c>NpzArrays</c>, <c>RowCountMismatch</c>,
    /// <c>NoNumberColumns</c>, <c>LabelColumnNotFound</c>, <c>LabelColumnExcluded</c>, <c>ExcludedColumnNotFound</c>, <c>LabelsNotWhole</c>, <c>TooManyValues</c>,
    /// <c>DoesNotFitInMemory</c>, and those of <see cref="NpyReader"/> about an array.
    /// </remarks>
    public Dataset Read(string path, Execution? execution = null) => InputFile.Read(path, file =>
    {
        execution ??= Execution.Default;
        var archive = new FileLocation(path);
        var members = MembersOf(archive);
        if (members.Length == 0)
        {
            throw file.Invalid("NpzArrays", $" is an archive without arrays: it holds no .npy file. Write it with numpy.savez.");
        }

        var layout = ColumnLayout.Find(file, _options, [.. members.Select(member => Path.ChangeExtension(member.Path, null))]);
        var headers = members.Select(member => InputFile.Read(member, NpyHeader.Read)).ToArray();
        var used = Enumerable.Range(0, members.Length).Where(array => array == layout.Label || layout.IsNumber(array)).ToArray();
        if (used.Any(array => headers[array].RowCount != headers[used[0]].RowCount))
        {
            throw file.Invalid(
                "RowCountMismatch",
                $" has arrays of different numbers of rows: {string.Join(", ", used.Select(array => $"{layout.Names[array]} {string.Join(" x ", headers[array].Sizes)}"))}. Leave out what belongs elsewhere: -ExcludeColumn.");
        }

        var arrays = used.Where(array => array != layout.Label).ToArray();
        var rows = ReadRows(file, members, headers, arrays, execution);
        var labels = layout.Label < 0 ? null : ReadLabels(file, members[layout.Label], headers[layout.Label], layout.Names[layout.Label]);
        execution.Explain?.Invoke(string.Create(
            CultureInfo.InvariantCulture, $"'{file.Name}': {Quantity.Of(rows.RowCount, "row")} of {rows.ColumnCount} values in {arrays.Length} of {members.Length} arrays; {layout.Describe(labels)}."));
        layout.WarnIfScarcelyLabels(execution, file, labels);
        ImageShape? shape = arrays.Length == 1 && headers[arrays[0]].Sizes is [_, var height, var width] ? new ImageShape(height, width) : null;
        string[]? names = arrays.Length == 1 && headers[arrays[0]].RowLength > 1 ? null : [.. arrays.SelectMany(array => NamesOf(layout.Names[array], headers[array].RowLength))];
        return new Dataset(FileFormats.DatasetNameOf(path), rows, labels, names, shape, path, execution);
    });

    private static FileLocation[] MembersOf(FileLocation archive)
    {
        using var file = ArchiveFile.Open(archive);
        return [.. file.Names.Where(name => name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)).Select(name => new FileLocation(name, archive))];
    }

    private static IEnumerable<string> NamesOf(string array, int length) => length == 1
        ? [array]
        : Enumerable.Range(1, length).Select(column => string.Create(CultureInfo.InvariantCulture, $"{array}{column}"));

    private static Matrix ReadRows(InputFile file, FileLocation[] members, NpyHeader[] headers, int[] arrays, Execution execution)
    {
        var rowCount = headers[arrays[0]].RowCount;
        var dimension = arrays.Sum(array => (long)headers[array].RowLength);
        DenseMemory.ThrowIfTooLarge(file, rowCount, dimension, "Save an array of fewer rows or columns; one array saved as .npy may be larger than the memory.");
        if (arrays.Length == 1)
        {
            return Matrix.Own(ReadValues(members[arrays[0]], execution), (int)dimension);
        }

        var (values, start) = (new float[rowCount * (int)dimension], 0);
        foreach (var array in arrays)
        {
            var (part, length) = (ReadValues(members[array], execution), headers[array].RowLength);
            for (var row = 0; row < rowCount; row++)
            {
                part.AsSpan(row * length, length).CopyTo(values.AsSpan((row * (int)dimension) + start));
            }

            start += length;
        }

        return Matrix.Own(values, (int)dimension);
    }

    private static float[] ReadValues(FileLocation member, Execution execution) => InputFile.Read(member, file => NpyReader.ReadValues(file, NpyHeader.Read(file), execution));

    private static Labels ReadLabels(InputFile file, FileLocation member, NpyHeader header, string name)
    {
        if (header.RowLength != 1)
        {
            throw file.Invalid("NpyDimensions", $", array '{name}', holds {string.Join(" x ", header.Sizes)} values, not a label a row. Name the array of the labels.");
        }

        return LabelFile.ToLabels(InputFile.Read(member, inner => LabelFile.ToWhole(inner, NpyReader.ReadValues(inner, NpyHeader.Read(inner), Execution.Default))), null)!;
    }
}
