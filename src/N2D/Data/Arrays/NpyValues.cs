namespace N2D.Data;

/// <summary>Reads the values of an array in blocks. The header has been read before.</summary>
internal static class NpyValues
{
    /// <summary>Small enough that the bytes and the decoded numbers stay in the cache.</summary>
    private const int ValuesPerBlock = 1 << 14;

    private delegate void BlockAction(long start, Span<byte> bytes);

    /// <summary>Reads numbers as float32.</summary>
    /// <param name="file">The array, at its first value.</param>
    /// <param name="header">Its header.</param>
    /// <param name="ranges">Collects the ranges of the columns; null for none.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <returns>n x d in row-major order, for either order in the file.</returns>
    public static float[] Read(ArrayStream file, NpyHeader header, ColumnRanges? ranges, Execution execution)
    {
        var rowLength = header.RowLength;
        var values = GC.AllocateUninitializedArray<float>(checked(header.RowCount * rowLength));
        if (!header.IsFortranOrder)
        {
            ForEachBlock(file, header, execution, (start, bytes) =>
            {
                header.Elements.Decode(bytes, values.AsSpan((int)start, bytes.Length / header.Elements.Size));
                ranges?.Update(bytes, start);
            });
            return values;
        }

        var block = new float[ValuesPerBlock];
        ForEachBlock(file, header, execution, (start, bytes) =>
        {
            var numbers = block.AsSpan(0, bytes.Length / header.Elements.Size);
            header.Elements.Decode(bytes, numbers);
            foreach (var (column, row, done, count) in ColumnsOf(header, start, numbers.Length))
            {
                var target = (row * rowLength) + column;
                foreach (var value in block.AsSpan(done, count))
                {
                    values[target] = value;
                    target += rowLength;
                }

                ranges?.UpdateColumn(bytes.Slice(done * header.Elements.Size, count * header.Elements.Size), column);
            }
        });
        return values;
    }

    /// <summary>Reads integers, such as row numbers.</summary>
    /// <param name="file">The array, at its first value.</param>
    /// <param name="header">Its header, with two dimensions.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <returns>n x d in row-major order, for either order in the file.</returns>
    /// <exception cref="N2DException">
    /// A number is not an integer, or too large for a row number (<c>NeighborIndexOutOfRange</c>).
    /// </exception>
    public static int[] ReadWhole(ArrayStream file, NpyHeader header, Execution execution)
    {
        var rowLength = header.RowLength;
        var values = new int[checked(header.RowCount * rowLength)];
        var block = new double[ValuesPerBlock];
        ForEachBlock(file, header, execution, (start, bytes) =>
        {
            var numbers = block.AsSpan(0, bytes.Length / header.Elements.Size);
            header.Elements.Decode(bytes, numbers);
            for (var place = 0; place < numbers.Length; place++)
            {
                var number = numbers[place];
                if (number != Math.Truncate(number) || Math.Abs(number) > int.MaxValue)
                {
                    throw file.Invalid(
                        "NeighborIndexOutOfRange",
                        $" holds {number}, which is not a row number. Save the indices as integers from 0.");
                }

                var (column, row) = header.IsFortranOrder ? Math.DivRem(start + place, header.RowCount) : (0, 0);
                values[header.IsFortranOrder ? (row * rowLength) + column : start + place] = (int)number;
            }
        });
        return values;
    }

    /// <summary>Reads an array again and subtracts the offsets from the columns that need one.</summary>
    /// <param name="file">The array, at its beginning.</param>
    /// <param name="header">Its header at the first reading.</param>
    /// <param name="values">The values of the first reading.</param>
    /// <param name="ranges">The ranges of the columns, with their offsets.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <exception cref="N2DException">The file was changed since the first reading (<c>FileChanged</c>).</exception>
    public static void SubtractOffsets(ArrayStream file, NpyHeader header, float[] values, ColumnRanges ranges, Execution execution)
    {
        if (!NpyHeader.Read(file).Slice(header.Range, file.Title).IsLike(header))
        {
            throw file.Invalid("FileChanged", $" was changed while it was read. Read it again.");
        }

        MoveTo(file, header);

        var scratch = new float[ValuesPerBlock];
        ForEachBlock(file, header, execution, (start, bytes) =>
        {
            // Decoding brings the bytes into native byte order.
            header.Elements.Decode(bytes, scratch.AsSpan(0, bytes.Length / header.Elements.Size));
            if (!header.IsFortranOrder)
            {
                ranges.SubtractOffsets(bytes, start, values);
                return;
            }

            foreach (var (column, row, done, count) in ColumnsOf(header, start, bytes.Length / header.Elements.Size))
            {
                ranges.SubtractOffsets(bytes.Slice(done * header.Elements.Size, count * header.Elements.Size), column, row, values);
            }
        });
    }

    /// <summary>Reads one text for each row, such as labels or ids, from an array of texts or numbers.</summary>
    /// <param name="file">The array, at its first value.</param>
    /// <param name="header">Its header, with one value for each row.</param>
    /// <param name="execution">Progress, cancellation and warnings.</param>
    /// <returns>The texts; null for NaN.</returns>
    public static string?[] ReadTexts(ArrayStream file, NpyHeader header, Execution execution)
    {
        header.ThrowIfSizeDiffers(file);
        var texts = new string?[header.RowCount];
        if (header.Type.Text is { } format)
        {
            var decoder = new UndeclaredEncoding(file.Title, execution);
            ForEachBlock(file, header, execution, (start, bytes) =>
            {
                for (var place = 0; place < bytes.Length / header.Type.Size; place++)
                {
                    texts[start + place] = format.Decode(bytes.Slice(place * header.Type.Size, header.Type.Size), decoder);
                }
            });
            return header.Type.Size > 0 ? texts : Array.ConvertAll(texts, _ => "");
        }

        var decode = header.Elements.NewTextDecoder();
        ForEachBlock(
            file, header, execution, (start, bytes) => decode(bytes, texts.AsSpan((int)start, bytes.Length / header.Elements.Size)));
        return texts;
    }

    /// <summary>Moves a file from the end of its header to the first row of its range.</summary>
    public static void MoveTo(ArrayStream file, NpyHeader header)
    {
        if (header.Range is not null)
        {
            file.Content.Position = header.DataOffset;
        }
    }

    private static void ForEachBlock(ArrayStream file, NpyHeader header, Execution execution, BlockAction action)
    {
        var (size, count) = (header.Type.Size, (long)header.RowCount * header.RowLength);
        var valuesPerBlock = size <= sizeof(double) ? ValuesPerBlock : Math.Max(1, ValuesPerBlock * sizeof(double) / size);
        var block = new byte[(int)Math.Min(valuesPerBlock, count) * size];
        for (var done = 0L; done < count && size > 0; done += valuesPerBlock)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            var bytes = block.AsSpan(0, (int)Math.Min(valuesPerBlock, count - done) * size);
            if (file.Content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            {
                throw header.Truncated(file);
            }

            action(done, bytes);
            execution.Report($"{file.Title}: {Quantity.Of(header.RowCount, "row")}", file.Fraction);
        }

        if (header.Range is null && file.Content.ReadByte() >= 0)
        {
            throw header.Trailing(file);
        }
    }

    /// <summary>
    /// The contiguous runs of columns in a block in Fortran order: the column, its first row, the position in the block, and the number of
    /// values.
    /// </summary>
    private static IEnumerable<(int Column, int Row, int Done, int Count)> ColumnsOf(NpyHeader header, long start, int valueCount)
    {
        for (var done = 0; done < valueCount;)
        {
            var (place, row) = Math.DivRem(start + done, header.RowCount);
            var count = (int)Math.Min(valueCount - done, header.RowCount - row);
            yield return (ColumnOf((int)place, header.Sizes), (int)row, done, count);
            done += count;
        }
    }

    /// <summary>Converts the position of a column in Fortran order to its position in C order.</summary>
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
