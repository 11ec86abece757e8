using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Data;

/// <summary>
/// Reads precomputed neighbors: an .npz archive with the arrays <c>indices</c> and <c>distances</c>, both n x k, or a .npy file with the
/// distances of all pairs, n x n.
/// </summary>
public static class NeighborFile
{
    private const string IndicesName = "indices";
    private const string DistancesName = "distances";

    private const string HowToSave =
        "Save neighbors with numpy.savez(path, indices=indices, distances=distances), both n x k, or the distances of all pairs, n x n, "
            + "with numpy.save.";

    /// <summary>Reads a file.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// The file cannot be read or has another format (<c>NeighborFormat</c>). An array is missing (<c>NeighborArrays</c>), or has another
    /// type (<c>NpyType</c>) or shape (<c>NeighborShape</c>). Or <see cref="GivenNeighbors"/> rejects the values.
    /// </exception>
    public static GivenNeighbors Read(string path, Execution execution)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(execution);
        var location = InputFile.Unwrap(path, execution);
        var format = FileFormats.Detect(location);
        return InputFile.Read(
            location,
            file =>
            {
                try
                {
                    return format switch
                    {
                        DatasetFormat.Npz => ReadArchive(file, execution),
                        DatasetFormat.Npy => GivenNeighbors.FromDistances(ReadDistances(file, ArrayStream.Of(file), execution)),
                        _ => throw file.Invalid("NeighborFormat", $" is neither an .npz archive nor a .npy file. {HowToSave}"),
                    };
                }
                catch (N2DException error) when (error.Target is null)
                {
                    // The checks of the values do not know the file; its name is added here.
                    throw new N2DException(error.Id, error.Kind, $"{Quotation.Of(file.Name)}: {error.Message}", file.FullPath, error)
                    {
                        Options = error.Options,
                    };
                }
            },
            execution);
    }

    private static GivenNeighbors ReadArchive(InputFile file, Execution execution)
    {
        using var archive = NpzArchive.Open(file, execution);
        var (indices, distances) = (Find(archive, IndicesName), Find(archive, DistancesName));
        if (distances < 0 || (indices < 0 && archive.Names.Length > 1))
        {
            throw file.Invalid(
                "NeighborArrays",
                $" has the arrays {Quotation.ListOf(archive.Names)}; {IndicesName} and {DistancesName} are required. {HowToSave}");
        }

        var lengths = archive.Read(distances, member => ReadDistances(file, member, execution));
        if (indices < 0)
        {
            return GivenNeighbors.FromDistances(lengths);
        }

        var (numbers, rowCount, count) = archive.Read(indices, member => ReadIndices(file, member, execution));
        return (rowCount, count) == (lengths.RowCount, lengths.ColumnCount)
            ? GivenNeighbors.FromLists(numbers, lengths.UnsafeValues, count)
            : throw file.Invalid(
                "NeighborShape",
                $": {IndicesName} is {rowCount} x {count}, but {DistancesName} is {lengths.RowCount} x {lengths.ColumnCount}. "
                    + $"Save both with the same shape.");
    }

    private static int Find(NpzArchive archive, string name) =>
        Array.FindIndex(archive.Names, own => own.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static Matrix ReadDistances(InputFile file, ArrayStream array, Execution execution)
    {
        var header = HeaderOf(file, array);
        return Matrix.Own(NpyValues.Read(array, header, null, execution), header.RowLength);
    }

    private static (int[] Numbers, int RowCount, int Count) ReadIndices(InputFile file, ArrayStream array, Execution execution)
    {
        var header = HeaderOf(file, array);
        return (NpyValues.ReadWhole(array, header, execution), header.RowCount, header.RowLength);
    }

    private static NpyHeader HeaderOf(InputFile file, ArrayStream array)
    {
        var header = NpyHeader.Read(array);
        if (header.Type.Numbers is null)
        {
            throw array.Invalid("NpyType", $" holds {header.Type} instead of numbers. {HowToSave}");
        }

        if (header.Sizes.Length != 2)
        {
            throw array.Invalid("NeighborShape", $" has {Quantity.Of(header.Sizes.Length, "dimension")}; two are required. {HowToSave}");
        }

        DenseMemory.ThrowIfTooLarge(
            file,
            header.RowCount,
            header.RowLength,
            "Save the nearest neighbors of each row instead of the distances of all pairs.");
        return header;
    }
}
