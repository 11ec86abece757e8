using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// Reads IDX, the binary format of MNIST: images of bytes, flattened row by row and scaled from 0..255 to 0..1, and their labels.
/// </summary>
/// <param name="labelPath">
/// Full path of the file with the labels: IDX, .npy, or text with one label per line. Null if there is none. In an array of numbers, -1
/// means an unknown class if there are two or more other classes, all of them 0 or above. Otherwise, and always in text, -1 is a class.
/// </param>
/// <param name="memoryMapped">
/// Whether to map the file instead of reading it. By default, a file is mapped if it is not compressed and its rows would need more than a
/// quarter of the machine's memory.
/// </param>
/// <param name="options">The marks of missing labels, and the terms for messages.</param>
public sealed class IdxReader(string? labelPath = null, bool memoryMapped = false, TableOptions? options = null) : IDatasetReader
{
    /// <summary>Small enough that the bytes and the decoded numbers stay in the cache.</summary>
    private const int BlockSize = 1 << 17;

    /// <summary>Decides whether the file is mapped.</summary>
    internal FileMapping Mapping { get; init; } = new(memoryMapped);

    /// <inheritdoc/>
    /// <remarks>
    /// Error ids: <c>FileNotFound</c>, <c>FolderGiven</c>, <c>EmptyFile</c>, <c>AccessDenied</c>, <c>CorruptGzip</c>, <c>IdxMagic</c>,
    /// <c>IdxType</c>, <c>IdxTruncated</c>, <c>IdxTrailingBytes</c>, <c>IdxDimensions</c>, <c>NoRows</c>, <c>TooManyValues</c>,
    /// <c>MappingNotPossible</c>, <c>DoesNotFitInMemory</c>, and for labels those of <see cref="NpyReader"/>.
    /// </remarks>
    public Dataset Read(string path, Execution? execution = null) => InputFile.Read(path, file =>
    {
        execution ??= Execution.Default;
        var header = ReadImageHeader(file);
        var obstacle = FileMapping.CompressionOf(file);
        var isMapped = Mapping.AppliesTo(file, header.Count, header.ItemLength, obstacle, execution);
        var labels = labelPath is null
            ? null
            : new LabelFile(options ?? new TableOptions(), execution).Read(new FileLocation(labelPath), header.Count, file.Name);
        IDataMatrix rows = isMapped
            ? MappedMatrix.Open(path, header.Length, header.Count, header.ItemLength, ElementFormat.ScaledByte)
            : Matrix.Own(ReadScaled(file, header, execution), header.ItemLength);
        return ToDataset(FileFormats.DatasetNameOf(path), rows, header, labels, path, execution);
    }, execution);

    /// <summary>Reads several pairs of images and labels as one data set, in order.</summary>
    /// <param name="name">The name of the data set.</param>
    /// <param name="parts">The files.</param>
    /// <param name="classNames">The class names, indexed by label.</param>
    /// <param name="source">The source of the rows.</param>
    /// <param name="execution">Progress and cancellation.</param>
    internal static Dataset Read(string name, IReadOnlyList<IdxPart> parts, string[] classNames, string source, Execution execution)
    {
        // Headers and labels are small, and checking them first finds most errors before the images are read.
        var headers = parts.Select(part => InputFile.Read(part.Images, ReadImageHeader, execution)).ToArray();
        int[] codes =
            [.. parts.Zip(headers, (part, header) => ReadCodes(part, header.Count, classNames, execution)).SelectMany(part => part)];
        var dimension = headers[0].ItemLength;
        for (var part = 1; part < parts.Count; part++)
        {
            if (headers[part].ItemLength != dimension)
            {
                throw new N2DException(
                    "IdxDimensions",
                    ErrorKind.InvalidData,
                    $"'{parts[part].Images}' has {headers[part].ItemLength} values for each image; '{parts[0].Images}' has {dimension}. "
                        + "Use files of the same data set.",
                    parts[part].Images.ToString());
            }
        }

        if (codes.Length > Array.MaxLength / dimension)
        {
            throw new N2DException(
                "TooManyValues",
                ErrorKind.InvalidData,
                $"{source} has more values than an array in memory can hold. Check that the files are the published ones.",
                source);
        }

        var values = GC.AllocateUninitializedArray<float>(codes.Length * dimension);
        var done = 0;
        for (var part = 0; part < parts.Count; part++)
        {
            var length = headers[part].Count * dimension;
            InputFile.Read(
                parts[part].Images, file => ReadScaled(file, IdxHeader.Read(file), values.AsMemory(done, length), execution), execution);
            done += length;
        }

        return ToDataset(name, Matrix.Own(values, dimension), headers[0], new Labels(codes, classNames), source, execution);
    }

    private static Dataset ToDataset(string name, IDataMatrix rows, IdxHeader header, Labels? labels, string source, Execution execution)
    {
        execution.Explain?.Invoke(
            $"{name}: {rows.RowCount} images of {string.Join(" x ", header.Sizes.Skip(1))}, scaled from 0..255 to 0..1, of {source}.");
        ImageShape? shape = header.Sizes is [_, var height, var width] ? new ImageShape(height, width) : null;
        return new Dataset(name, rows, labels, imageShape: shape, source: source, execution: execution) { Divisor = byte.MaxValue };
    }

    private static IdxHeader ReadImageHeader(InputFile file)
    {
        var header = IdxHeader.Read(file);
        return header.Sizes.Length > 1
            ? header
            : throw file.Invalid(
                "IdxDimensions",
                $" holds labels, not images: it has one dimension. Read the file with the images, and set {nameof(DatasetFile.LabelPath)} "
                    + $"to this file.",
                nameof(DatasetFile.LabelPath));
    }

    private static int[] ReadCodes(IdxPart part, int imageCount, string[] classNames, Execution execution)
    {
        var labels = LabelFile.ReadIdx(part.Labels!, imageCount, part.Images.Name, execution);
        return Array.FindIndex(labels, label => label >= classNames.Length) is not (>= 0 and var row)
            ? Array.ConvertAll(labels, label => (int)label)
            : throw new N2DException(
                "LabelOutOfRange",
                ErrorKind.InvalidData,
                $"'{part.Labels!.Name}', item {row + 1}, has label {labels[row]}; the data set has labels 0 to {classNames.Length - 1}. "
                    + "Check that it is the published file.",
                part.Labels.ToString());
    }

    private static float[] ReadScaled(InputFile file, IdxHeader header, Execution execution)
    {
        var values = GC.AllocateUninitializedArray<float>(checked(header.Count * header.ItemLength));
        ReadScaled(file, header, values, execution);
        return values;
    }

    private static bool ReadScaled(InputFile file, IdxHeader header, Memory<float> values, Execution execution)
    {
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
