using System.Numerics;
using PureHDF;
using PureHDF.Selections;
using PureHDF.VOL.Native;

namespace N2D.Data;

/// <summary>
/// Reads the values of an HDF5 array in blocks of rows, so that cancellation is fast and little additional memory is needed.
/// </summary>
/// <param name="file">The file, for errors.</param>
/// <param name="dataset">The array, with one or more dimensions, none of size 0.</param>
/// <param name="path">Its path in the file, for errors.</param>
/// <param name="execution">Progress and cancellation.</param>
internal sealed class Hdf5Values(InputFile file, IH5Dataset dataset, string path, Execution execution)
{
    /// <summary>The size of a block in bytes; larger if the chunks of the file are larger.</summary>
    private const int BlockSize = 1 << 23;

    /// <summary>Small enough that the bytes and the decoded numbers stay in the cache.</summary>
    private const int ValuesPerPiece = 1 << 14;

    /// <summary>The number of texts in a block; texts have any length.</summary>
    private const int TextsPerBlock = 1 << 14;

    private readonly H5DatasetAccess _access = AccessTo(dataset);

    private delegate void PieceAction(int start, Span<byte> bytes);

    /// <summary>The additional memory for reading the rows, in bytes: a block, its chunks, and the search for offsets.</summary>
    public Int128 Bookkeeping => ((Int128)Math.Min(RowsPerBlock, RowCount) * BytesPerRow)
        + ChunkBand(dataset).Bytes
        + (Int128.Min(BytesPerRow / dataset.Type.Size, ColumnRanges.MaxColumns) * ColumnRanges.BytesPerColumn);

    private long RowCount => (long)dataset.Space.Dimensions[0];

    private Int128 BytesPerRow => dataset.Space.Dimensions.Skip(1).Aggregate((Int128)dataset.Type.Size, (product, size) => product * size);

    /// <summary>
    /// The number of rows in a block. Blocks contain whole chunks, because a divided chunk would be read and decompressed twice.
    /// </summary>
    private long RowsPerBlock
    {
        get
        {
            var chunk = dataset.Layout is { Class: H5DataLayoutClass.Chunked, Chunks: [var rows, ..] }
                ? (long)Math.Clamp(rows, 1, (ulong)RowCount)
                : 1;
            var blocks = Int128.Max(1, BlockSize / (BytesPerRow * chunk));
            var most = Int128.Max(1, Array.MaxLength / BytesPerRow);
            return (long)Int128.Min(Int128.Min(blocks * chunk, most), RowCount);
        }
    }

    /// <summary>Whether an array contains numbers of a supported type.</summary>
    /// <param name="dataset">The array.</param>
    public static bool IsNumeric(IH5Dataset dataset) =>
        (dataset.Type.Class, dataset.Type.Size) is (H5DataTypeClass.FloatingPoint, 2 or 4 or 8)
            or (H5DataTypeClass.FixedPoint, 1 or 2 or 4 or 8);

    /// <summary>Returns the binary format of the numbers.</summary>
    /// <exception cref="N2DException">The values are not numbers (<c>Hdf5Type</c>).</exception>
    public ElementFormat FindElements()
    {
        var type = dataset.Type;
        var isSigned = type.Class == H5DataTypeClass.FixedPoint && type.FixedPoint.IsSigned;
        return (type.Class, type.Size, isSigned) switch
        {
            (H5DataTypeClass.FloatingPoint, 2, _) => Of<Half>(),
            (H5DataTypeClass.FloatingPoint, 4, _) => Of<float>(),
            (H5DataTypeClass.FloatingPoint, 8, _) => Of<double>(),
            (H5DataTypeClass.FixedPoint, 1, true) => Of<sbyte>(),
            (H5DataTypeClass.FixedPoint, 1, false) => Of<byte>(),
            (H5DataTypeClass.FixedPoint, 2, true) => Of<short>(),
            (H5DataTypeClass.FixedPoint, 2, false) => Of<ushort>(),
            (H5DataTypeClass.FixedPoint, 4, true) => Of<int>(),
            (H5DataTypeClass.FixedPoint, 4, false) => Of<uint>(),
            (H5DataTypeClass.FixedPoint, 8, true) => Of<long>(),
            (H5DataTypeClass.FixedPoint, 8, false) => Of<ulong>(),
            _ => throw file.Invalid(
                "Hdf5Type",
                $", array '{path}': values of type {type.Class} with {type.Size} bytes cannot be read as numbers. "
                    + $"Save the array as float32."),
        };
    }

    /// <summary>
    /// Reads numbers as float32 in row-major order. Offsets are subtracted from columns whose range is too small for float32.
    /// </summary>
    /// <param name="elements">The binary format of the numbers.</param>
    /// <returns>The values, and the column offsets; null if no column has one.</returns>
    public (float[] Values, double[]? Offsets) ReadNumbers(ElementFormat elements)
    {
        var columnCount = (int)(BytesPerRow / elements.Size);
        var (values, ranges) =
            (GC.AllocateUninitializedArray<float>(checked((int)RowCount * columnCount)), elements.NewColumnRanges(columnCount));
        ForEachPiece(elements, (start, bytes) =>
        {
            elements.Decode(bytes, values.AsSpan(start, bytes.Length / elements.Size));
            ranges?.Update(bytes, start);
        });
        if (ranges?.FindOffsets() is not { } offsets)
        {
            return (values, null);
        }

        var scratch = new float[ValuesPerPiece];
        ForEachPiece(elements, (start, bytes) =>
        {
            // Decoding brings the bytes into native byte order.
            elements.Decode(bytes, scratch.AsSpan(0, bytes.Length / elements.Size));
            ranges.SubtractOffsets(bytes, start, values);
        });
        return (values, offsets);
    }

    /// <summary>Reads one text for each row from an array of numbers.</summary>
    /// <param name="elements">The binary format of the numbers.</param>
    /// <returns>The texts; null for NaN and missing-value marks.</returns>
    public string?[] ReadNames(ElementFormat elements)
    {
        var (names, decode) = (new string?[(int)(RowCount * (BytesPerRow / elements.Size))], elements.NewTextDecoder());
        ForEachPiece(elements, (start, bytes) => decode(bytes, names.AsSpan(start, bytes.Length / elements.Size)));
        return names;
    }

    /// <summary>Reads an array of texts.</summary>
    public string?[] ReadTexts()
    {
        var texts = new List<string?>();
        for (var row = 0L; row < RowCount; row += TextsPerBlock)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            texts.AddRange(dataset.Read<string?[]>(RowsFrom(row, Math.Min(TextsPerBlock, RowCount - row))));
        }

        return [.. texts];
    }

    private void ForEachPiece(ElementFormat elements, PieceAction action)
    {
        byte[] block = [];
        var (size, rowsPerBlock, start) = ((int)BytesPerRow, RowsPerBlock, 0);
        for (var row = 0L; row < RowCount; row += rowsPerBlock)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            var rows = Math.Min(rowsPerBlock, RowCount - row);
            block = block.Length == rows * size ? block : new byte[rows * size];
            ((NativeDataset)dataset).Read(_access, block, RowsFrom(row, rows));
            for (var done = 0; done < block.Length; done += ValuesPerPiece * elements.Size)
            {
                var bytes = block.AsSpan(done, Math.Min(ValuesPerPiece * elements.Size, block.Length - done));
                action(start, bytes);
                start += bytes.Length / elements.Size;
            }

            execution.Report($"{file.Name}: {Quantity.Of((int)RowCount, "row")}", (double)(row + rows) / RowCount);
        }
    }

    /// <summary>
    /// Sizes the chunk cache for all chunks that contain parts of one row. PureHDF reads row by row, and with its default cache of 1 MiB it
    /// would decompress these chunks again for each row.
    /// </summary>
    private static H5DatasetAccess AccessTo(IH5Dataset dataset)
    {
        const int SlotsPerChunk = 4;
        var (count, bytes) = ChunkBand(dataset);
        return count == 0
            ? default
            : default(H5DatasetAccess) with
            {
                ChunkCache =
                new SimpleReadingChunkCache((int)Int128.Min(count * SlotsPerChunk, 1 << 20) + 1, (ulong)Int128.Min(bytes, long.MaxValue))
            };
    }

    /// <summary>The number and the size of the chunks that contain parts of one row.</summary>
    private static (Int128 Count, Int128 Bytes) ChunkBand(IH5Dataset dataset)
    {
        if (dataset.Layout is not { Class: H5DataLayoutClass.Chunked, Chunks: var chunks }
            || chunks.Length < dataset.Space.Dimensions.Length
            || chunks.Contains(0ul))
        {
            return (0, 0);
        }

        var (count, bytes) = ((Int128)1, (Int128)dataset.Type.Size * chunks[0]);
        for (var dimension = 1; dimension < dataset.Space.Dimensions.Length; dimension++)
        {
            count *= (dataset.Space.Dimensions[dimension] + chunks[dimension] - 1) / chunks[dimension];
            bytes *= chunks[dimension];
        }

        return (count, count * bytes);
    }

    private HyperslabSelection RowsFrom(long row, long count) => Part((ulong)row, [(ulong)count, .. dataset.Space.Dimensions.Skip(1)]);

    private static HyperslabSelection Part(ulong row, ulong[] sizes)
    {
        var starts = new ulong[sizes.Length];
        starts[0] = row;
        return new HyperslabSelection(sizes.Length, starts, sizes);
    }

    private ElementFormat Of<T>()
        where T : unmanaged, INumber<T> => ElementFormat.Of<T>(IsBigEndian<T>());

    /// <summary>
    /// Finds the byte order, which PureHDF does not report. Its typed read fails for the other byte order; its raw read does not.
    /// </summary>
    private bool IsBigEndian<T>()
        where T : unmanaged
    {
        try
        {
            dataset.Read<T[]>(Part(0, [.. dataset.Space.Dimensions.Select(_ => 1ul)]));
            return false;
        }
        catch (Exception error) when (error.Message.Contains("byte order", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }
    }
}
