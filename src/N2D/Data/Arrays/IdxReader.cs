using N2D.Numerics;

namespace N2D.Data;

/// <summary>
/// Reads IDX, the binary format of MNIST: images of bytes, flattened row by row and scaled from 0..255 to 0..1, and their labels.
/// </summary>
/// <param name="labelPath">Full path of the file of labels, IDX or .npy; null if there is none.</param>
/// <param name="memoryMapped">
/// Whether to map the file instead of reading it. A file whose rows would take more than a quarter of the machine's memory is mapped in any case if it is not
/// compressed.
/// </param>
public sealed class IdxReader(string? labelPath = null, bool memoryMapped = false) : IDatasetReader
{
    /// <summary>Small enough that the block and its numbers stay in the cache.</summary>
    private const int BlockSize = 1 << 17;

    /// <summary>Whether the file is mapped.</summary>
    internal FileMapping Mapping { get; init; } = new(memoryMapped);

    /// <inheritdoc/>
    /// <remarks>
    /// Ids of errors: <c>FileNotFound</c>, <c>FolderGiven</c>, <c>EmptyFile</c>, <c>AccessDenied</c>, <c>CorruptGzip</c>, <c>IdxMagic</c>,
    /// <c>IdxType</c>, <c>IdxTruncated</c>, <c>IdxTrailingBytes</c>, <c>IdxDimensions</c>, <c>NoRows</c>, <c>TooManyValues</c>,
    /// <c>LabelCountMismatch</c>, <c>MappingNotPossible</c>.
    /// </remarks>
    public Dataset Read(string path, Execution? execution = null)
    {
        execution ??= Execution.Default;
        var part = new IdxPart(new FileLocation(path), labelPath is null ? null : new FileLocation(labelPath));
        return Map(path, execution) ?? Read(FileFormats.DatasetNameOf(path), [part], null, path, execution);
    }

    /// <summary>Reads several pairs of images and labels as one data set, in order.</summary>
    /// <param name="name">The data set's name.</param>
    /// <param name="parts">The files; with labels for all or for none.</param>
    /// <param name="classNames">The name of each label from 0; null to name the labels that occur by their numbers.</param>
    /// <param name="source">Where the rows come from.</param>
    /// <param name="execution">How to run.</param>
    internal static Dataset Read(string name, IReadOnlyList<IdxPart> parts, string[]? classNames, string source, Execution execution)
    {
        // All headers and labels first: they are small, and say whether the images are worth the reading.
        var headers = parts.Select(part => InputFile.Read(part.Images, file => ReadImageHeader(file))).ToArray();
        var labels = parts.Zip(headers, (part, header) => part.Labels is null ? null : ReadLabels(part, header.Count, classNames)).ToArray();
        var dimension = headers[0].ItemLength;
        for (var part = 1; part < parts.Count; part++)
        {
            if (headers[part].ItemLength != dimension)
            {
                throw new N2DException(
                    "IdxDimensions",
                    ErrorKind.InvalidData,
                    $"'{parts[part].Images}' has {headers[part].ItemLength} values an image, '{parts[0].Images}' has {dimension}: they are not of the same data set.",
                    parts[part].Images.ToString());
            }
        }

        var values = GC.AllocateUninitializedArray<float>(checked(headers.Sum(header => header.Count) * dimension));
        var done = 0;
        for (var part = 0; part < parts.Count; part++)
        {
            var length = headers[part].Count * dimension;
            InputFile.Read(parts[part].Images, file => ReadScaled(file, values.AsMemory(done, length), execution));
            done += length;
        }

        var numbers = labels.Contains(null) ? null : labels.SelectMany(part => part!).ToArray();
        return ToDataset(name, Matrix.Own(values, dimension), headers[0], LabelFile.ToLabels(numbers, classNames), source, execution);
    }

    /// <summary>The data set of a file that is to be mapped; null if it is to be read.</summary>
    private Dataset? Map(string path, Execution execution) => InputFile.Read(path, file =>
    {
        var header = ReadImageHeader(file);
        var obstacle = file.IsCompressed ? "it is compressed by gzip; decompress it" : null;
        if (!Mapping.AppliesTo(file, header.Count, header.ItemLength, obstacle, execution))
        {
            return null;
        }

        var labels = labelPath is null ? null : LabelFile.ToLabels(LabelFile.Read(new FileLocation(labelPath), header.Count, file.Name), null);
        var rows = MappedMatrix.Open(path, header.Length, header.Count, header.ItemLength, ElementFormat.ScaledByte);
        return ToDataset(FileFormats.DatasetNameOf(path), rows, header, labels, path, execution);
    });

    private static Dataset ToDataset(string name, IDataMatrix rows, IdxHeader header, Labels? labels, string source, Execution execution)
    {
        execution.Explain?.Invoke($"{name}: {rows.RowCount} images of {string.Join(" x ", header.Sizes.Skip(1))}, scaled from 0..255 to 0..1, of {source}.");
        ImageShape? shape = header.Sizes is [_, var height, var width] ? new ImageShape(height, width) : null;
        return new Dataset(name, rows, labels, imageShape: shape, source: source, execution: execution) { Divisor = byte.MaxValue };
    }

    private static IdxHeader ReadImageHeader(InputFile file)
    {
        var header = IdxHeader.Read(file);
        return header.Sizes.Length > 1
            ? header
            : throw file.Invalid("IdxDimensions", $" holds labels, not images: it has one dimension. Give the file of the images, and this one as -LabelPath.");
    }

    private static int[] ReadLabels(IdxPart part, int imageCount, string[]? classNames)
    {
        var labels = LabelFile.Read(part.Labels!, imageCount, part.Images.Name);
        return classNames is null || Array.FindIndex(labels, label => label >= classNames.Length) is not (>= 0 and var row)
            ? labels
            : throw new N2DException(
                "LabelOutOfRange",
                ErrorKind.InvalidData,
                $"'{part.Labels!.Name}', item {row + 1}, has label {labels[row]}; the data set has labels 0 to {classNames.Length - 1}. Check that it is the file as published.",
                part.Labels.ToString());
    }

    private static bool ReadScaled(InputFile file, Memory<float> values, Execution execution)
    {
        var header = IdxHeader.Read(file);
        var block = new byte[BlockSize];
        for (var done = 0; done < values.Length; done += block.Length)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            var bytes = block.AsSpan(0, Math.Min(block.Length, values.Length - done));
            header.ReadExactly(file, bytes);
            ElementFormat.ScaledByte.Decode(bytes, values.Span.Slice(done, bytes.Length));
            execution.Report($"{file.Name}: {done / header.ItemLength} of {header.Count} images", (double)done / values.Length);
        }

        IdxHeader.ThrowIfNotAtEnd(file);
        return true;
    }
}
