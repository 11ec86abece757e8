using System.Numerics.Tensors;
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
    /// <exception cref="N2DException">It is no HDF5 file, or damaged (<c>Hdf5Unreadable</c>).</exception>
    public static TResult Read<TResult>(FileLocation location, Func<Hdf5Arrays, TResult> read) => InputFile.Read(location, file =>
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
                "Hdf5Unreadable", ErrorKind.InvalidData, $"'{file.Name}' cannot be read as HDF5: {error.Message} Check that it is the file as published; download it again.", file.FullPath, error);
        }
    });

    /// <summary>Reads an array of real numbers, a row for each of its first dimension.</summary>
    /// <param name="path">Where it is in the file.</param>
    /// <returns>The values, row after row, and the number of them in a row.</returns>
    public (float[] Values, int ColumnCount) ReadRows(string path)
    {
        var dataset = Find(path);
        var sizes = dataset.Space.Dimensions;
        if (sizes.Length < 2 || sizes.Contains(0ul))
        {
            throw file.Invalid("Hdf5Shape", $", '{path}': rows of values are expected, not an array of the sizes {string.Join(" x ", sizes)}.");
        }

        var columnCount = sizes.Skip(1).Aggregate((Int128)1, (product, size) => product * size);
        DenseMemory.ThrowIfTooLarge(file, (long)sizes[0], (long)Int128.Min(columnCount, long.MaxValue), "Check that the file is not damaged.");
        return (Numbers(dataset, path), (int)columnCount);
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

        return Array.ConvertAll(Numbers(dataset, path), number => float.IsInteger(number) && MathF.Abs(number) < 1 << 24
            ? (int)number
            : throw file.Invalid("LabelOutOfRange", $", '{path}': {number} is no class."));
    }

    /// <summary>An error in what the file holds.</summary>
    /// <param name="id">The error's id.</param>
    /// <param name="message">What is wrong, where and what to do; the file's name is put before it.</param>
    public N2DException Invalid(string id, FormattableString message) => file.Invalid(id, message);

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

    private float[] Numbers(IH5Dataset dataset, string path) => (dataset.Type.Class, dataset.Type.Size) switch
    {
        (H5DataTypeClass.FloatingPoint, 4) => dataset.Read<float[]>(),
        (H5DataTypeClass.FloatingPoint, 8) => Convert(dataset.Read<double[]>()),
        (H5DataTypeClass.FixedPoint, 1) => Convert(dataset.Read<byte[]>()),
        (H5DataTypeClass.FixedPoint, 2) => Convert(dataset.Read<short[]>()),
        (H5DataTypeClass.FixedPoint, 4) => Convert(dataset.Read<int[]>()),
        (H5DataTypeClass.FixedPoint, 8) => Convert(dataset.Read<long[]>()),
        var (kind, size) => throw file.Invalid("Hdf5Type", $", '{path}': values of {size} bytes of kind {kind} are no numbers that can be read. Save it as float32."),
    };

    private static float[] Convert<T>(T[] values)
        where T : struct, System.Numerics.INumberBase<T>
    {
        var floats = new float[values.Length];
        TensorPrimitives.ConvertSaturating<T, float>(values, floats);
        return floats;
    }
}
