using System.Globalization;
using PureHDF;

namespace N2D.Data;

/// <summary>Lists and reads the arrays of an HDF5 file.</summary>
/// <param name="file">The file, for errors.</param>
/// <param name="root">The root group.</param>
internal sealed class Hdf5Arrays(InputFile file, IH5Group root)
{
    /// <summary>Opens an HDF5 file and reads from it.</summary>
    /// <param name="location">
    /// The location of the file. The format needs random access, so compressed and archived files are decompressed into memory.
    /// </param>
    /// <param name="read">Reads from the open file.</param>
    /// <param name="execution">Cancellation, and the limit for the expansion of compressed files.</param>
    /// <exception cref="N2DException">The file is not HDF5, or is damaged (<c>Hdf5Unreadable</c>).</exception>
    public static TResult Read<TResult>(FileLocation location, Func<Hdf5Arrays, TResult> read, Execution? execution = null) =>
        InputFile.Read(location, file =>
    {
        using var content = file.ToSeekable();
        try
        {
            using var root = H5File.Open(content, leaveOpen: true);
            return read(new Hdf5Arrays(file, root));
        }
        catch (Exception error) when (error is not N2DException and not OperationCanceledException and not OutOfMemoryException)
        {
            // PureHDF throws unspecific exceptions for damaged files.
            throw new N2DException(
                "Hdf5Unreadable",
                ErrorKind.InvalidData,
                $"'{file.Name}' cannot be read as HDF5: {error.Message} Check that it is complete. Download or copy it again.",
                file.FullPath,
                error);
        }
    }, execution);

    /// <summary>The name of the file in messages.</summary>
    public string Name => file.Name;

    /// <summary>Lists all arrays in the file and its groups, without external links.</summary>
    /// <param name="execution">Cancellation.</param>
    public IReadOnlyList<Hdf5Array> List(Execution execution)
    {
        const int MaxArrays = 1 << 12;
        const int MaxNesting = 16;
        var found = new List<Hdf5Array>();
        AddFrom(root, "", 0);
        return found;

        void AddFrom(IH5Group group, string prefix, int depth)
        {
            foreach (var child in group.Children())
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                if (found.Count == MaxArrays)
                {
                    return;
                }

                if (child is IH5Dataset dataset)
                {
                    found.Add(new Hdf5Array(prefix + child.Name, dataset.Space.Dimensions, Hdf5Values.IsNumeric(dataset)));
                }
                else if (child is IH5Group inner && depth < MaxNesting)
                {
                    AddFrom(inner, $"{prefix}{child.Name}/", depth + 1);
                }
            }
        }
    }

    /// <summary>Reads an array with one text or number for each row.</summary>
    /// <param name="path">The path of the array in the file.</param>
    /// <param name="count">The required number of values.</param>
    /// <param name="errorId">The id of the error for another number of values.</param>
    /// <param name="options">The missing-value marks; null if no text is a mark.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <returns>The texts; null for empty texts, marks and NaN.</returns>
    public string?[] ReadTexts(string path, int count, string errorId, TableOptions? options, Execution execution)
    {
        var dataset = Find(path);
        var sizes = dataset.Space.Dimensions;
        var length = sizes.Aggregate((Int128)1, (product, size) => product * size);
        if (length != count || sizes.Length == 0 || sizes.Count(size => size != 1) > 1)
        {
            throw file.Invalid(
                errorId,
                $", array '{path}', has the shape {string.Join(" x ", sizes)}, but there are {count} rows. "
                    + $"Use an array with one value for each row.");
        }

        var values = new Hdf5Values(file, dataset, path, execution);
        if (dataset.Type.Class is not (H5DataTypeClass.String or H5DataTypeClass.VariableLength))
        {
            return values.ReadNames(values.FindElements().WithMissing(options?.MissingMarks));
        }

        var marks = options is null ? null : new MissingMarks(options.MissingMarks);
        return Array.ConvertAll(
            values.ReadTexts(),
            text => string.IsNullOrWhiteSpace(text) || text.TrimEnd('\0', ' ') is not { Length: > 0 } kept || marks?.Contains(kept) == true
                ? null
                : kept);
    }

    /// <summary>Reads an array of real numbers. The first dimension is the rows.</summary>
    /// <param name="path">The path of the array in the file.</param>
    /// <param name="marks">The missing-value marks. Marks that are not numbers are ignored. Null for none.</param>
    /// <param name="freeBytes">The free memory in bytes; null to query the system.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <returns>The values in row-major order, the number of columns, and the column offsets; null if no column has one.</returns>
    public (float[] Values, int ColumnCount, double[]? Offsets) ReadRows(
        string path, IReadOnlyList<string>? marks, long? freeBytes, Execution execution)
    {
        var dataset = Find(path);
        var sizes = dataset.Space.Dimensions;
        if (sizes.Length < 2 || sizes.Contains(0ul))
        {
            throw file.Invalid(
                "Hdf5Shape",
                $", array '{path}', has the shape {string.Join(" x ", sizes)}. "
                    + $"Use an array with at least two dimensions, rows and columns, without a dimension of size 0.");
        }

        var (columnCount, rows) =
            (sizes.Skip(1).Aggregate((Int128)1, (product, size) => product * size), new Hdf5Values(file, dataset, path, execution));
        var elements = rows.FindElements().WithMissing(marks);
        if (columnCount * elements.Size > Array.MaxLength)
        {
            throw file.Invalid(
                "TooManyValues",
                $", array '{path}', has {columnCount} values in a row, which is too many. Save an array with fewer columns.");
        }

        DenseMemory.ThrowIfTooLarge(
            file,
            (long)sizes[0],
            (long)Int128.Min(columnCount, long.MaxValue),
            "Check that the file is not damaged, or save an array with fewer rows or columns.",
            freeBytes: freeBytes,
            bookkeeping: rows.Bookkeeping);
        var (values, offsets) = rows.ReadNumbers(elements);
        return (values, (int)columnCount, offsets);
    }

    /// <summary>Reads an array with one integer label for each row.</summary>
    /// <param name="path">The path of the array in the file.</param>
    /// <param name="count">The required number of labels.</param>
    public int[] ReadLabels(string path, int count)
    {
        var dataset = Find(path);
        if (dataset.Space.Dimensions is not [var length, ..]
            || dataset.Space.Dimensions.Skip(1).Any(size => size != 1)
            || length != (ulong)count)
        {
            throw file.Invalid(
                "LabelCountMismatch",
                $", array '{path}', has the shape {string.Join(" x ", dataset.Space.Dimensions)}, but there are {count} rows. "
                    + $"The file is damaged, or is not the published one.");
        }

        var labels = new Hdf5Values(file, dataset, path, Execution.Default);
        return Array.ConvertAll(
            labels.ReadNames(labels.FindElements()),
            name => int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw file.Invalid(
                "LabelOutOfRange",
                $", array '{path}': {name ?? "NaN"} is not a class number. Check that it is the published file."));
    }

    /// <summary>Creates an error about the content of the file.</summary>
    /// <param name="id">The error's id.</param>
    /// <param name="message">What is wrong, where, and what to do. The file name is prepended.</param>
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
        $" has no dataset '{path}'. Its root contains: {string.Join(", ", root.Children().Select(child => $"'{child.Name}'"))}. "
            + $"Check that it is the published file.");
}
