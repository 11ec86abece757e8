using System.Globalization;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// Maps the entries of a libsvm file to columns: one column for each index up to the largest, or for each index of a list.
/// </summary>
internal sealed class LibSvmColumns
{
    /// <summary>
    /// A large matrix must have at least one stored value for this number of values. A sparser one would waste memory on zeros: its indices
    /// are hashes, or one of them is wrong.
    /// </summary>
    private const int MaxValuesPerEntry = 10_000;

    /// <summary>The size in bytes up to which any sparsity is accepted.</summary>
    private const long MaxSparseBytes = 1L << 28;

    private readonly int[]? _indices;
    private readonly int _first;

    private LibSvmColumns(int first, long count, int[]? indices) => (_first, Count, _indices) = (first, count, indices);

    /// <summary>The number of columns. Until memory is checked, it can exceed the limit.</summary>
    public long Count { get; }

    /// <summary>The column names; null for x1, x2, ...</summary>
    public LazyNames? Names => _indices is not null ? LazyNames.Numbered("x", _indices)
        : _first == 0 ? new LazyNames((int)Count, column => string.Create(CultureInfo.InvariantCulture, $"x{column}"))
        : null;

    /// <summary>Creates one column for each index from the first to the largest.</summary>
    /// <param name="entries">The entries.</param>
    public static LibSvmColumns Of(LibSvmEntries entries) => new(entries.FirstIndex, entries.LargestIndex + 1L - entries.FirstIndex, null);

    /// <summary>Creates one column for each index that occurs.</summary>
    /// <param name="entries">The entries.</param>
    public static LibSvmColumns UsedBy(LibSvmEntries entries)
    {
        var used = new HashSet<int>(entries.Indices).ToArray();
        Array.Sort(used);
        return new LibSvmColumns(0, used.Length, used);
    }

    /// <summary>Returns the columns of a model if all of them are named by an index; otherwise null.</summary>
    /// <param name="required">The columns of the model; null if there is none.</param>
    public static LibSvmColumns? OfModel(RequiredColumns? required)
    {
        if (required is null)
        {
            return null;
        }

        var indices = new int[required.Names.Count];
        for (var column = 0; column < indices.Length; column++)
        {
            if (required.Names[column] is not ['x', .. var digits]
                || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out indices[column])
                || (column > 0 && indices[column] <= indices[column - 1]))
            {
                return null;
            }
        }

        return new LibSvmColumns(0, indices.Length, indices);
    }

    /// <summary>Converts the entries to dense rows.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="option">The option that keeps only used columns, as the user types it.</param>
    /// <param name="freeBytes">The free memory in bytes; null to query the system.</param>
    /// <returns>The rows, and the number of entries without a column.</returns>
    /// <exception cref="N2DException">
    /// The values exceed the maximum length of an array (<c>TooManyValues</c>) or the free memory (<c>DoesNotFitInMemory</c>), or nearly
    /// all are 0 (<c>TooSparse</c>).
    /// </exception>
    public (Matrix Rows, int Ignored) ToDense(InputFile file, LibSvmEntries entries, string option, long? freeBytes)
    {
        ThrowIfTooLarge(file, entries, option, freeBytes);
        var (dimension, ignored) = ((int)Count, 0);
        var values = new float[ArraySize.Of(entries.RowCount, dimension)];
        var placeOf = _indices?.Select((index, place) => (index, place)).ToDictionary(pair => pair.index, pair => pair.place);
        for (var row = 0; row < entries.RowCount; row++)
        {
            var target = values.AsSpan(row * dimension, dimension);
            var end = row + 1 < entries.RowCount ? entries.Starts[row + 1] : entries.Values.Count;
            for (var entry = entries.Starts[row]; entry < end; entry++)
            {
                if (placeOf is null)
                {
                    target[entries.Indices[entry] - _first] = entries.Values[entry];
                }
                else if (placeOf.TryGetValue(entries.Indices[entry], out var place))
                {
                    target[place] = entries.Values[entry];
                }
                else
                {
                    ignored++;
                }
            }
        }

        return (Matrix.Own(values, dimension), ignored);
    }

    private void ThrowIfTooLarge(InputFile file, LibSvmEntries entries, string option, long? freeBytes)
    {
        // Standardization keeps statistics of each column in double.
        const int BytesPerColumn = 64;
        var compact = _indices is null ? $"If few of the indices occur, use {option}. " : "";
        var remedy = $"Sparse rows are converted to dense rows. {compact}"
            + "Otherwise reduce the columns first (hashing, truncated SVD), or use a subset of the rows.";
        var byteCount = sizeof(float) * (Int128)entries.RowCount * Count;
        DenseMemory.ThrowIfTooLarge(
            file,
            entries.RowCount,
            Count,
            remedy,
            freeBytes: freeBytes,
            bookkeeping: (Int128)BytesPerColumn * Count,
            options: _indices is null ? [option] : []);
        if (_indices is null && byteCount > MaxSparseBytes && entries.Values.Count < (Int128)entries.RowCount * Count / MaxValuesPerEntry)
        {
            throw file.Invalid(
                "TooSparse",
                $" has {Quantity.Of(entries.RowCount, "row")} with indices up to {entries.LargestIndex}, but only "
                    + $"{Quantity.Of(entries.Values.Count, "value")}. The dense rows would use {MachineMemory.TextOf((long)byteCount)}, "
                    + $"nearly all for zeros. {remedy}",
                option);
        }
    }
}
