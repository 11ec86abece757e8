using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
                    found.Add(new Hdf5Array(prefix + child.Name, dataset.Space.Dimensions, IsNumeric(dataset)));
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
    /// <returns>The texts; null where a text is empty or a number is NaN.</returns>
    public string?[] ReadTexts(string path, int count, string errorId)
    {
        var dataset = Find(path);
        var sizes = dataset.Space.Dimensions;
        var length = sizes.Aggregate((Int128)1, (product, size) => product * size);
        if (length != count || sizes.Count(size => size != 1) > 1)
        {
            throw file.Invalid(errorId, $", array '{path}', holds {string.Join(" x ", sizes)} values, and there are {count} rows. Name an array of one value for each row.");
        }

        if (dataset.Type.Class is H5DataTypeClass.String or H5DataTypeClass.VariableLength)
        {
            return Array.ConvertAll(dataset.Read<string[]>(), text => string.IsNullOrWhiteSpace(text) ? null : text.TrimEnd('\0', ' '));
        }

        return IsWhole(dataset)
            ? Array.ConvertAll(Wholes(dataset, path), number => number.ToString(CultureInfo.InvariantCulture))
            : Array.ConvertAll(Doubles(dataset, path), number => double.IsNaN(number) ? null : number.ToString(CultureInfo.InvariantCulture));
    }

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

    private static bool IsNumeric(IH5Dataset dataset) => (dataset.Type.Class, dataset.Type.Size) is (H5DataTypeClass.FloatingPoint, 2 or 4 or 8) or (H5DataTypeClass.FixedPoint, 1 or 2 or 4 or 8);

    private static bool IsWhole(IH5Dataset dataset) => dataset.Type.Class == H5DataTypeClass.FixedPoint;

    private static bool IsSigned(IH5Dataset dataset) => dataset.Type.FixedPoint.IsSigned;

    private float[] Numbers(IH5Dataset dataset, string path) => (dataset.Type.Class, dataset.Type.Size) switch
    {
        (H5DataTypeClass.FloatingPoint, 2) => Convert(ReadAll<Half>(dataset)),
        (H5DataTypeClass.FloatingPoint, 4) => ReadAll<float>(dataset),
        (H5DataTypeClass.FloatingPoint, 8) => Convert(ReadAll<double>(dataset)),
        (H5DataTypeClass.FixedPoint, 1) => IsSigned(dataset) ? Convert(ReadAll<sbyte>(dataset)) : Convert(ReadAll<byte>(dataset)),
        (H5DataTypeClass.FixedPoint, 2) => IsSigned(dataset) ? Convert(ReadAll<short>(dataset)) : Convert(ReadAll<ushort>(dataset)),
        (H5DataTypeClass.FixedPoint, 4) => IsSigned(dataset) ? Convert(ReadAll<int>(dataset)) : Convert(ReadAll<uint>(dataset)),
        (H5DataTypeClass.FixedPoint, 8) => IsSigned(dataset) ? Convert(ReadAll<long>(dataset)) : Convert(ReadAll<ulong>(dataset)),
        _ => throw OfOtherType(dataset, path),
    };

    private double[] Doubles(IH5Dataset dataset, string path) => (dataset.Type.Class, dataset.Type.Size) switch
    {
        (H5DataTypeClass.FloatingPoint, 2 or 4) => Array.ConvertAll(Numbers(dataset, path), number => (double)number),
        (H5DataTypeClass.FloatingPoint, 8) => ReadAll<double>(dataset),
        _ => throw OfOtherType(dataset, path),
    };

    private Int128[] Wholes(IH5Dataset dataset, string path) => (dataset.Type.Size, IsSigned(dataset)) switch
    {
        (1, true) => Array.ConvertAll(ReadAll<sbyte>(dataset), number => (Int128)number),
        (1, false) => Array.ConvertAll(ReadAll<byte>(dataset), number => (Int128)number),
        (2, true) => Array.ConvertAll(ReadAll<short>(dataset), number => (Int128)number),
        (2, false) => Array.ConvertAll(ReadAll<ushort>(dataset), number => (Int128)number),
        (4, true) => Array.ConvertAll(ReadAll<int>(dataset), number => (Int128)number),
        (4, false) => Array.ConvertAll(ReadAll<uint>(dataset), number => (Int128)number),
        (8, true) => Array.ConvertAll(ReadAll<long>(dataset), number => (Int128)number),
        (8, false) => Array.ConvertAll(ReadAll<ulong>(dataset), number => (Int128)number),
        _ => throw OfOtherType(dataset, path),
    };

    /// <summary>PureHDF refuses numbers of the other byte order, but reads their bytes.</summary>
    private static T[] ReadAll<T>(IH5Dataset dataset)
        where T : unmanaged
    {
        try
        {
            return dataset.Read<T[]>();
        }
        catch (Exception error) when (error.Message.Contains("byte order", StringComparison.OrdinalIgnoreCase))
        {
            var bytes = dataset.Read<byte[]>();
            for (var place = 0; place < bytes.Length; place += Unsafe.SizeOf<T>())
            {
                bytes.AsSpan(place, Unsafe.SizeOf<T>()).Reverse();
            }

            return MemoryMarshal.Cast<byte, T>(bytes).ToArray();
        }
    }

    private N2DException OfOtherType(IH5Dataset dataset, string path) =>
        file.Invalid("Hdf5Type", $", '{path}': values of {dataset.Type.Size} bytes of kind {dataset.Type.Class} cannot be read as numbers. Save the array as float32.");

    private static float[] Convert<T>(T[] values)
        where T : struct, System.Numerics.INumberBase<T>
    {
        var floats = new float[values.Length];
        TensorPrimitives.ConvertSaturating<T, float>(values, floats);
        return floats;
    }
}
