using System.Globalization;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// Reads .npy, the format of a single NumPy array. The first dimension is the rows; the others become columns, and images keep their shape.
/// Real numbers of up to 64 bits and booleans, in either byte order, are converted to float32 without scaling. NaN is a missing value, and
/// so is a number that the options define as a mark.
/// </summary>
/// <param name="labelPath">
/// Full path of the file with the labels: .npy, IDX, or text with one label per line. Null if there is none. In an array of numbers, -1
/// means an unknown class if there are two or more other classes, all of them 0 or above. Otherwise, and always in text, -1 is a class.
/// </param>
/// <param name="memoryMapped">
/// Whether to map the file instead of reading it. By default, a file is mapped if its rows would need more than a quarter of the machine's
/// memory. The file must not be compressed, and must be in C order.
/// </param>
/// <param name="options">The missing-value marks, and the terms for messages.</param>
/// <remarks>
/// If the range of a column of 32-bit or 64-bit numbers is too small for the precision of float32, an offset is subtracted. Mapped files
/// have no offsets; a warning names such columns.
/// </remarks>
public sealed class NpyReader(string? labelPath = null, bool memoryMapped = false, TableOptions? options = null) : IDatasetReader
{
    private readonly TableOptions _options = options ?? new TableOptions();

    /// <summary>The rows to read; null for all.</summary>
    internal RowRange? Range { get; init; }

    /// <summary>Decides whether the file is mapped.</summary>
    internal FileMapping Mapping { get; init; } = new(memoryMapped);

    /// <inheritdoc/>
    /// <remarks>
    /// Error ids: <c>FileNotFound</c>, <c>FolderGiven</c>, <c>EmptyFile</c>, <c>AccessDenied</c>, <c>CorruptGzip</c>, <c>NpyMagic</c>,
    /// <c>NpyVersion</c>, <c>NpyHeader</c>, <c>NpyType</c>, <c>NpyDimensions</c>, <c>NpyTruncated</c>, <c>NpyTrailingBytes</c>,
    /// <c>NoRows</c>, <c>TooManyValues</c>, <c>MappingNotPossible</c>, <c>RowRangeEmpty</c>,
    /// <c>RowRangeNotPossible</c>, <c>DoesNotFitInMemory</c>, <c>NotFinite</c>, <c>FileChanged</c>, and
    /// for labels <c>LabelCountMismatch</c>, <c>LabelsNotWhole</c>, <c>LabelFormat</c>, <c>LabelColumns</c>, <c>MissingLabel</c>.
    /// </remarks>
    public Dataset Read(string path, Execution? execution = null) => InputFile.Read(path, file =>
    {
        execution ??= Execution.Default;
        var array = ArrayStream.Of(file);
        var header = ReadHeader(array);
        ThrowIfRangeIsNotPossible(file, header);
        header = header.Slice(Range, file.Name);
        NpyValues.MoveTo(array, header);
        var labels = labelPath is null
            ? null
            : new LabelFile(_options, execution).Read(new FileLocation(labelPath), header.RowCount, file.Name);
        var (rows, offsets) = ReadRows(file, array, header, execution);
        execution.Explain?.Invoke(
            $"{file.Name}: {Quantity.Of(header.RowCount, "row")} of {string.Join(" x ", header.Sizes.Skip(1))}, values not scaled.");
        ImageShape? shape = header.Sizes is [_, var height, var width] ? new ImageShape(height, width) : null;
        return Dataset.FromArray(FileFormats.DatasetNameOf(path), rows, labels, null, shape, path, offsets, execution);
    }, execution);

    /// <summary>Reads the number of rows of a file whose rows can be read in parts; null if they cannot.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="execution">Cancellation.</param>
    internal static long? ReadDivisibleRowCount(string path, Execution execution) => InputFile.Read(path, file =>
    {
        var header = NpyHeader.Read(ArrayStream.Of(file));
        return FileMapping.ObstacleIn(file, header) is null ? header.RowCount : (long?)null;
    }, execution);

    private void ThrowIfRangeIsNotPossible(InputFile file, NpyHeader header)
    {
        var obstacle = Range is null ? null
            : labelPath is not null ? $"its labels are in a separate file; omit {nameof(DatasetFile.LabelPath)}"
            : FileMapping.ObstacleIn(file, header);
        if (obstacle is not null)
        {
            throw file.Invalid(
                "RowRangeNotPossible", $" cannot be read in part: {obstacle}.", nameof(RowRange.Skip), nameof(RowRange.First));
        }
    }

    private NpyHeader ReadHeader(ArrayStream file)
    {
        var header = NpyHeader.Read(file);
        const string Label = nameof(DatasetFile.LabelPath);
        if (header.Type.Numbers is null)
        {
            var asLabels = header.Type.Text is null ? "" : $"If it holds the labels, use it as {Label}. ";
            throw file.Invalid(
                "NpyType",
                $" holds {header.Type}. Real numbers of up to 64 bits are required. {asLabels}{header.Type.Remedy}",
                header.Type.Text is null ? [] : [Label]);
        }

        return header.Sizes.Length switch
        {
            0 => throw file.Invalid("NpyDimensions", $" holds a single number. Save an array of rows and columns."),
            1 => throw file.Invalid(
                "NpyDimensions",
                $" has one dimension, with {header.RowCount} values. If they are labels, use the file as {Label}. "
                    + $"If they are rows of one value, save array.reshape(-1, 1).",
                Label),
            _ => header.WithMissing(_options.MissingMarks),
        };
    }

    private (IDataMatrix Rows, double[]? Offsets) ReadRows(InputFile file, ArrayStream array, NpyHeader header, Execution execution)
    {
        var obstacle = FileMapping.ObstacleIn(file, header);
        if (Mapping.AppliesTo(file, header.RowCount, header.RowLength, obstacle, execution))
        {
            WarnOfRounding(array, header, execution);
            return (MappedMatrix.Open(file.FullPath, header.DataOffset, header.RowCount, header.RowLength, header.Elements), null);
        }

        var ranges = header.Elements.NewColumnRanges(header.RowLength);
        var values = NpyValues.Read(array, header, ranges, execution);
        var offsets = _options.Required?.Offsets is { } fitted && fitted.Count == header.RowLength
            ? ranges?.UseOffsets(fitted)
            : ranges?.FindOffsets();
        if (offsets is not null)
        {
            InputFile.Read(
                file.Location,
                again =>
                {
                    NpyValues.SubtractOffsets(ArrayStream.Of(again), header, values, ranges!, execution);
                    return true;
                },
                execution);
        }

        return (Matrix.Own(values, header.RowLength), offsets);
    }

    /// <summary>Warns of columns that need an offset, which a mapped file cannot have. Uses a sample of the rows.</summary>
    private static void WarnOfRounding(ArrayStream file, NpyHeader header, Execution execution)
    {
        const int SampledRows = 1024;
        const int SampledBytes = 1 << 26;
        if (execution.Warn is null || header.Elements.NewColumnRanges(header.RowLength) is not { } ranges)
        {
            return;
        }

        var row = new byte[header.RowLength * header.Elements.Size];
        var numbers = new float[header.RowLength];
        var count = Math.Min(header.RowCount, Math.Clamp(SampledBytes / row.Length, 2, SampledRows));
        for (var place = 0L; place < count; place++)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            file.Content.Position = header.DataOffset + (place * header.RowCount / count * row.Length);
            file.Content.ReadExactly(row);
            header.Elements.Decode(row, numbers);
            ranges.Update(row, 0);
        }

        if (ranges.FindOffsets() is { } offsets)
        {
            string[] names = [.. Enumerable.Range(0, offsets.Length).Where(column => offsets[column] != 0).Select(Dataset.NumberedColumn)];
            execution.Advise(string.Create(
                CultureInfo.InvariantCulture,
                $"{file.Title}: {(names.Length == 1 ? "column" : "columns")} {Quotation.ListOf(names)} "
                + $"{(names.Length == 1 ? "has" : "have")} a range that is too small for float32 at values near "
                + $"{offsets.First(offset => offset != 0):G10}. ")
                + "A memory-mapped file cannot be corrected for this. Subtract the smallest value of each column, or read the file into "
                + $"memory, without {nameof(DatasetFile.MemoryMapped)}.",
                nameof(DatasetFile.MemoryMapped));
        }
    }
}
