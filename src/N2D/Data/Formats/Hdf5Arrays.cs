using System.Globalization;
using PureHDF;

namespace N2D.Data;

/// <summary>Arrays of numbers in an HDF5 file.</summary>
/// <param name="file">The file, for errors.</param>
/// <param name="root">What is in it.</param>
internal sealed class Hdf5Arrays(InputFile file, IH5Group root)
{
    /// <summary>Opens an HDF5 file and reads from it.</summary>
    /// <param name="location">Where it is; what comes compressed or out of an archive is unpacked into memory, as the format is read back and forth.</param>
    /// <param name="read">What to do with it.</param>
    /// <param name="execution">Cancellation, and how far compressed files may expand.</param>
    /// <exception cref="N2DException">It is no HDF5 file, or damaged (<c>Hdf5Unreadable</c>).</exception>
    public static TResult Read<TResult>(FileLocation location, Func<Hdf5Arrays, TResult> read, Execution? execution = null) => InputFile.Read(location, file =>
    {
        using var content = file.ToSeekable();
        try
        {
            using var root = H5File.Open(content, leaveOpen: true);
            return read(new Hdf5Arrays(file, root));
        }
        catch (Exception error) when (error is not N2DException and not OperationCanceledException and not OutOfMemoryException)
        {
            // The library throws what it happens upon, plain exceptions among them.
            throw new N2DException(
                "Hdf5Unreadable", ErrorKind.InvalidData, $"'{file.Name}' cannot be read as HDF5: {error.Message} Check that it is complete; download or copy it again.", file.FullPath, error);
        }
    }, execution);

    /// <summary>What errors call the file.</summary>
    public string Name => file.Name;

    /// <summary>All arrays in the file, in groups too; not what it links to in other files.</summary>
    /// <param name="execution">Cancellation.</param>
    public IReadOnlyList<Hdf5Array> List(Execution execution)
    {
        const int MostArrays = 1 << 12;
        const int Deepest = 16;
        var found = new List<Hdf5Array>();
        AddFrom(root, "", 0);
        return found;

        void AddFrom(IH5Group group, string prefix, int depth)
        {
            foreach (var child in group.Children())
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                if (found.Count == MostArrays)
                {
                    return;
                }

                if (child is IH5Dataset dataset)
                {
                    found.Add(new Hdf5Array(prefix + child.Name, dataset.Space.Dimensions, Hdf5Values.IsNumeric(dataset)));
                }
                else if (child is IH5Group inner && depth < Deepest)
                {
                    AddFrom(inner, $"{prefix}{child.Name}/", depth + 1);
                }
            }
        }
    }

    /// <summary>Reads an array of one text or number for each row.</summary>
    /// <param name="path">Where it is in the file.</param>
    /// <param name="count">How many there must be.</param>
    /// <param name="errorId">The id of the error that there are not as many.</param>
    /// <param name="options">The marks of missing values, of labels; null where no text is a mark.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <returns>The texts; null where a text is empty or a mark, or a number is NaN.</returns>
    public string?[] ReadTexts(string path, int count, string errorId, TableOptions? options, Execution execution)
    {
        var dataset = Find(path);
        var sizes = dataset.Space.Dimensions;
        var length = sizes.Aggregate((Int128)1, (product, size) => product * size);
        if (length != count || sizes.Length == 0 || sizes.Count(size => size != 1) > 1)
        {
            throw file.Invalid(errorId, $", array '{path}', holds {string.Join(" x ", sizes)} values, and there are {count} rows. Name an array of one value for each row.");
        }

        var values = new Hdf5Values(file, dataset, path, execution);
        if (dataset.Type.Class is not (H5DataTypeClass.String or H5DataTypeClass.VariableLength))
        {
            return values.ReadNames(values.FindElements().WithMissing(options?.MissingMarks));
        }

        var marks = options is null ? null : new MissingMarks(options.MissingMarks);
        return Array.ConvertAll(values.ReadTexts(), text => string.IsNullOrWhiteSpace(text) || text.TrimEnd('\0', ' ') is not { Length: > 0 } kept || marks?.Contains(kept) == true ? null : kept);
    }

    /// <summary>Reads an array of real numbers, a row for each of its first dimension.</summary>
    /// <param name="path">Where it is in the file.</param>
    /// <param name="marks">The texts that mark a missing value; those that are numbers apply. Null for none.</param>
    /// <param name="freeBytes">The bytes that are free for the rows; null to ask the machine.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <returns>The values, row after row, the number of them in a row, and the offset of each column; null if none has one.</returns>
    public (float[] Values, int ColumnCount, double[]? Offsets) ReadRows(string path, IReadOnlyList<string>? marks, long? freeBytes, Execution execution)
    {
        var dataset = Find(path);
        var sizes = dataset.Space.Dimensions;
        if (sizes.Length < 2 || sizes.Contains(0ul))
        {
            throw file.Invalid("Hdf5Shape", $", '{path}': rows of values are expected, not an array of the sizes {string.Join(" x ", sizes)}.");
        }

        var (columnCount, rows) = (sizes.Skip(1).Aggregate((Int128)1, (product, size) => product * size), new Hdf5Values(file, dataset, path, execution));
        var elements = rows.FindElements().WithMissing(marks);
        if (columnCount * elements.Size > Array.MaxLength)
        {
            throw file.Invalid("TooManyValues", $", '{path}', has {columnCount} values a row, more than can be read. Save an array of fewer columns.");
        }

        DenseMemory.ThrowIfTooLarge(
            file, (long)sizes[0], (long)Int128.Min(columnCount, long.MaxValue), "Check that the file is not damaged.", freeBytes: freeBytes, bookkeeping: rows.Bookkeeping);
        var (values, offsets) = rows.ReadNumbers(elements);
        return (values, (int)columnCount, offsets);
    }

    /// <summary>Reads an array of one label a row: whole numbers.</summary>
    /// <param name="path">Where it is in the file.</param>
    /// <param name="count">How many there must be.</param>
    public int[] ReadLabels(string path, int count)
    {
        var dataset = Find(path);
        if (dataset.Space.Dimensions is not [var length, ..] || dataset.Space.Dimensions.Skip(1).Any(size => size != 1) || length != (ulong)count)
        {
            throw file.Invalid("LabelCountMismatch", $", '{path}': {string.Join(" x ", dataset.Space.Dimensions)} labels, where {count} rows are. The file is damaged, or not the one of that name.");
        }

        var labels = new Hdf5Values(file, dataset, path, Execution.Default);
        return Array.ConvertAll(labels.ReadNames(labels.FindElements()), name => int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw file.Invalid("LabelOutOfRange", $", '{path}': {name ?? "NaN"} is no class."));
    }

    /// <summary>An error in what the file holds.</summary>
    /// <param name="id">The error's id.</param>
    /// <param name="message">What is wrong, where and what to do; the file's name is put before it.</param>
    /// <param name="options">The names of the options in the message.</param>
    public N2DException Invalid(string id, InvariantText message, params string[] options) => file.Invalid(id, message, options);

    private IH5Dataset Find(string path)
    {
        IH5Group group = root;
        var parts = path.Split('/');
        foreach (var part in parts[..^1])
        {
            group = group.LinkExists(part) && group.Get(part) is IH5Group inner ? inner : throw Missing(path);
        }

        return group.LinkExists(parts[^1]) && group.Get(parts[^1]) is IH5Dataset dataset ? dataset : throw Missing(path);
    }

    private N2DException Missing(string path) => file.Invalid(
        "Hdf5DatasetNotFound",
        $" has no dataset '{path}'. At its top are: {string.Join(", ", root.Children().Select(child => $"'{child.Name}'"))}. Check that it is the file as published.");
}
