using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Data;

/// <summary>
/// Reads IDX, the binary format of MNIST: images of bytes, flattened row by row and scaled from 0..255 to 0..1, and their labels.
/// </summary>
/// <param name="labelPath">Full path of the file of labels; null if there is none.</param>
public sealed class IdxReader(string? labelPath = null) : IDatasetReader
{
    private const float LargestByte = 255;
    /// <summary>Small enough that the block and its numbers stay in the cache.</summary>
    private const int BlockSize = 1 << 17;

    /// <inheritdoc/>
    /// <remarks>
    /// Ids of errors: <c>FileNotFound</c>, <c>FolderGiven</c>, <c>EmptyFile</c>, <c>AccessDenied</c>, <c>CorruptGzip</c>, <c>IdxMagic</c>,
    /// <c>IdxType</c>, <c>IdxTruncated</c>, <c>IdxTrailingBytes</c>, <c>IdxDimensions</c>, <c>NoRows</c>, <c>TooManyValues</c>,
    /// <c>LabelCountMismatch</c>.
    /// </remarks>
    public Dataset Read(string path, Execution? execution = null) =>
        Read(FileFormats.DatasetNameOf(path), [new IdxPart(path, labelPath)], null, path, execution ?? Execution.Default);

    /// <summary>Reads several pairs of images and labels as one data set, in order.</summary>
    /// <param name="name">The data set's name.</param>
    /// <param name="parts">The files; with labels for all or for none.</param>
    /// <param name="classNames">The name of each label from 0; null to name the labels that occur by their numbers.</param>
    /// <param name="source">Where the rows come from.</param>
    /// <param name="execution">How to run.</param>
    internal static Dataset Read(string name, IReadOnlyList<IdxPart> parts, string[]? classNames, string source, Execution execution)
    {
        // All headers and labels first: they are small, and say whether the images are worth the reading.
        var headers = parts.Select(part => InputFile.Read(part.ImagePath, file => ReadImageHeader(file))).ToArray();
        var labels = parts.Zip(headers, (part, header) => part.LabelPath is null ? null : ReadLabels(part, header.Count, classNames)).ToArray();
        var dimension = headers[0].ItemLength;
        for (var part = 1; part < parts.Count; part++)
        {
            if (headers[part].ItemLength != dimension)
            {
                throw new N2DException(
                    "IdxDimensions",
                    ErrorKind.InvalidData,
                    $"'{parts[part].ImagePath}' has {headers[part].ItemLength} values an image, '{parts[0].ImagePath}' has {dimension}: they are not of the same data set.",
                    parts[part].ImagePath);
            }
        }

        var values = GC.AllocateUninitializedArray<float>(checked(headers.Sum(header => header.Count) * dimension));
        var done = 0;
        for (var part = 0; part < parts.Count; part++)
        {
            var length = headers[part].Count * dimension;
            InputFile.Read(parts[part].ImagePath, file => ReadScaled(file, values.AsMemory(done, length), execution));
            done += length;
        }

        execution.Explain?.Invoke($"{name}: {values.Length / dimension} images of {string.Join(" x ", headers[0].Sizes.Skip(1))}, scaled from 0..255 to 0..1, of {source}.");
        ImageShape? shape = headers[0].Sizes is [_, var height, var width] ? new ImageShape(height, width) : null;
        var codes = labels.Contains(null) ? null : labels.SelectMany(part => part!).ToArray();
        return new Dataset(name, Matrix.Own(values, dimension), ToLabels(codes, classNames), imageShape: shape, source: source) { Divisor = LargestByte };
    }

    private static IdxHeader ReadImageHeader(InputFile file)
    {
        var header = IdxHeader.Read(file);
        return header.Sizes.Length > 1
            ? header
            : throw file.Invalid("IdxDimensions", $" holds labels, not images: it has one dimension. Give the file of the images, and this one as -LabelPath.");
    }

    private static byte[] ReadLabels(IdxPart part, int imageCount, string[]? classNames) => InputFile.Read(part.LabelPath!, file =>
    {
        var header = IdxHeader.Read(file);
        if (header.Sizes.Length != 1)
        {
            throw file.Invalid("IdxDimensions", $" holds images, not labels: it has {header.Sizes.Length} dimensions. Give the file of the labels.");
        }

        if (header.Count != imageCount)
        {
            throw file.Invalid("LabelCountMismatch", $" has {header.Count} labels, but '{Path.GetFileName(part.ImagePath)}' has {imageCount} images. Give the labels of these images.");
        }

        var labels = new byte[header.Count];
        ReadExactly(file, header, labels);
        ThrowIfNotAtEnd(file);
        if (classNames is not null && Array.FindIndex(labels, label => label >= classNames.Length) is >= 0 and var row)
        {
            throw file.Invalid("LabelOutOfRange", $", item {row + 1}, has label {labels[row]}; the data set has labels 0 to {classNames.Length - 1}. Check that it is the file as published.");
        }

        return labels;
    });

    private static bool ReadScaled(InputFile file, Memory<float> values, Execution execution)
    {
        var header = IdxHeader.Read(file);
        var block = new byte[BlockSize];
        for (var done = 0; done < values.Length; done += block.Length)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            var bytes = block.AsSpan(0, Math.Min(block.Length, values.Length - done));
            ReadExactly(file, header, bytes);
            var scaled = values.Span.Slice(done, bytes.Length);
            TensorPrimitives.ConvertTruncating<byte, float>(bytes, scaled);
            TensorPrimitives.Divide(scaled, LargestByte, scaled);
            execution.Report($"{file.Name}: {done / header.ItemLength} of {header.Count} images", (double)done / values.Length);
        }

        ThrowIfNotAtEnd(file);
        return true;
    }

    private static void ReadExactly(InputFile file, IdxHeader header, Span<byte> bytes)
    {
        if (file.Content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw header.Truncated(file, null);
        }
    }

    private static void ThrowIfNotAtEnd(InputFile file)
    {
        if (file.Content.ReadByte() >= 0)
        {
            throw IdxHeader.Trailing(file, null);
        }
    }

    private static Labels? ToLabels(byte[]? codes, string[]? classNames)
    {
        if (codes is null)
        {
            return null;
        }

        if (classNames is not null)
        {
            return new Labels(Array.ConvertAll(codes, code => (int)code), classNames);
        }

        var names = Enumerable.Range(0, byte.MaxValue + 1).Select(code => code.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        return Labels.FromNames(Array.ConvertAll(codes, code => names[code]));
    }
}
