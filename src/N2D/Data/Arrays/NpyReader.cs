using N2D.Numerics;

namespace N2D.Data;

/// <summary>
/// Reads .npy, the format of one NumPy array: of two dimensions, rows and columns, or of more, which make one row each (those of images keep their shape). Values
/// are taken as they are, as float32: real numbers of up to 64 bits and booleans, in either order of bytes.
/// </summary>
/// <param name="labelPath">Full path of the file of labels, .npy or IDX; null if there is none.</param>
/// <param name="memoryMapped">
/// Whether to map the file instead of reading it. A file whose rows would take more than a quarter of the machine's memory is mapped in any case if it can be: if it
/// is not compressed and its rows lie one after the other ("C order").
/// </param>
public sealed class NpyReader(string? labelPath = null, bool memoryMapped = false) : IDatasetReader
{
    /// <summary>Small enough that the bytes and their numbers stay in the cache.</summary>
    private const int ValuesPerBlock = 1 << 14;

    /// <summary>Whether the file is mapped.</summary>
    internal FileMapping Mapping { get; init; } = new(memoryMapped);

    /// <inheritdoc/>
    /// <remarks>
    /// Ids of errors: <c>FileNotFound</c>, <c>FolderGiven</c>, <c>EmptyFile</c>, <c>AccessDenied</c>, <c>CorruptGzip</c>, <c>NpyMagic</c>, <c>NpyVersion</c>,
    /// <c>NpyHeader</c>, <c>NpyType</c>, <c>NpyDimensions</c>, <c>NpyTruncated</c>, <c>NpyTrailingBytes</c>, <c>NoRows</c>, <c>TooManyValues</c>,
    /// <c>MappingNotPossible</c>, <c>LabelCountMismatch</c>, <c>LabelsNotWhole</c>, <c>NotFinite</c>.
    /// </remarks>
    public Dataset Read(string path, Execution? execution = null) => InputFile.Read(path, file =>
    {
        execution ??= Execution.Default;
        var header = ReadHeader(file);
        var labels = labelPath is null ? null : LabelFile.ToLabels(LabelFile.Read(new FileLocation(labelPath), header.RowCount, file.Name), null);
        var rows = ReadRows(file, header, execution);
        execution.Explain?.Invoke($"{file.Name}: {Quantity.Of(header.RowCount, "row")} of {string.Join(" x ", header.Sizes.Skip(1))}, values as they are.");
        ImageShape? shape = header.Sizes is [_, var height, var width] ? new ImageShape(height, width) : null;
        return new Dataset(FileFormats.DatasetNameOf(path), rows, labels, imageShape: shape, source: path, execution: execution);
    });

    /// <summary>Reads the values of an array whose header has been read.</summary>
    /// <param name="file">The file, at the first value.</param>
    /// <param name="header">Its header.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <returns>n x d, whatever the order in the file.</returns>
    internal static float[] ReadValues(InputFile file, NpyHeader header, Execution execution)
    {
        var values = GC.AllocateUninitializedArray<float>(checked(header.RowCount * header.RowLength));
        if (!header.IsFortranOrder)
        {
            ReadBlocks(file, header, values, 0, execution);
        }
        else
        {
            var column = new float[header.RowCount];
            for (var place = 0; place < header.RowLength; place++)
            {
                ReadBlocks(file, header, column, (double)place / header.RowLength, execution);
                var target = ColumnOf(place, header.Sizes);
                for (var row = 0; row < column.Length; row++)
                {
                    values[(row * header.RowLength) + target] = column[row];
                }
            }
        }

        return file.Content.ReadByte() < 0 ? values : throw header.Trailing(file);
    }

    private static NpyHeader ReadHeader(InputFile file)
    {
        var header = NpyHeader.Read(file);
        return header.Sizes.Length > 1
            ? header
            : throw file.Invalid(
                "NpyDimensions",
                $" has one dimension, of {header.RowCount} values. If they are labels, give the file as -LabelPath; if they are rows of one value, save array.reshape(-1, 1).");
    }

    private IDataMatrix ReadRows(InputFile file, NpyHeader header, Execution execution)
    {
        var obstacle = file.IsCompressed ? "it is compressed by gzip; decompress it"
            : header.IsFortranOrder ? "its columns lie one after the other (Fortran order), not its rows; save numpy.ascontiguousarray(array)"
            : null;
        return Mapping.AppliesTo(file, header.RowCount, header.RowLength, obstacle, execution)
            ? MappedMatrix.Open(file.FullPath, header.DataOffset, header.RowCount, header.RowLength, header.Elements)
            : Matrix.Own(ReadValues(file, header, execution), header.RowLength);
    }

    private static void ReadBlocks(InputFile file, NpyHeader header, Span<float> values, double before, Execution execution)
    {
        var block = new byte[ValuesPerBlock * header.Elements.Size];
        for (var done = 0; done < values.Length; done += ValuesPerBlock)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(ValuesPerBlock, values.Length - done);
            var bytes = block.AsSpan(0, count * header.Elements.Size);
            if (file.Content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            {
                throw header.Truncated(file);
            }

            header.Elements.Decode(bytes, values.Slice(done, count));
            execution.Report($"{file.Name}: {Quantity.Of(header.RowCount, "row")}", Math.Max(before, file.Fraction));
        }
    }

    /// <summary>The column of a row that the values at a place of Fortran's order belong to: there the first dimension after the rows runs fastest, here the last.</summary>
    private static int ColumnOf(int place, int[] sizes)
    {
        var column = 0;
        var stride = sizes.Skip(1).Aggregate(1, (product, size) => product * size);
        foreach (var size in sizes.Skip(1))
        {
            stride /= size;
            column += place % size * stride;
            place /= size;
        }

        return column;
    }
}
