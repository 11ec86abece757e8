using System.Globalization;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// Reads .npy, the format of one NumPy array: of two dimensions, rows and columns, or of more, which make one row each (those of images keep their shape). Values
/// are taken as they are, as float32: real numbers of up to 64 bits and booleans, in either order of bytes. NaN is a missing value,
/// and so is a number that the options name as a mark.
/// </summary>
/// <param name="labelPath">
/// Full path of the file of labels: .npy, IDX, or text with one label per line. Null if there is none.
/// In an array of numbers, -1 is an unknown class where there are two other classes or more, all of them 0 or above; otherwise it is a class. In text it is always a class.
/// </param>
/// <param name="memoryMapped">
/// Whether to map the file instead of reading it. A file whose rows would take more than a quarter of the machine's memory is mapped in any case if it can be: if it
/// is not compressed and its rows lie one after the other ("C order").
/// </param>
/// <param name="options">The marks of missing values and labels, and the words of messages.</param>
/// <remarks>
/// A column of 64-bit or 32-bit numbers that varies by less than float32 can show of such large numbers is kept less an offset. A mapped file is read as it is; such
/// columns are named in a warning.
/// </remarks>
public sealed class NpyReader(string? labelPath = null, bool memoryMapped = false, TableOptions? options = null) : IDatasetReader
{
    private readonly TableOptions _options = options ?? new TableOptions();

    /// <summary>Whether the file is mapped.</summary>
    internal FileMapping Mapping { get; init; } = new(memoryMapped);

    /// <inheritdoc/>
    /// <remarks>
    /// Ids of errors: <c>FileNotFound</c>, <c>FolderGiven</c>, <c>EmptyFile</c>, <c>AccessDenied</c>, <c>CorruptGzip</c>, <c>NpyMagic</c>, <c>NpyVersion</c>,
    /// <c>NpyHeader</c>, <c>NpyType</c>, <c>NpyDimensions</c>, <c>NpyTruncated</c>, <c>NpyTrailingBytes</c>, <c>NoRows</c>, <c>TooManyValues</c>,
    /// <c>MappingNotPossible</c>, <c>DoesNotFitInMemory</c>, <c>NotFinite</c>, <c>FileChanged</c>, and of labels <c>LabelCountMismatch</c>, <c>LabelsNotWhole</c>,
    /// <c>LabelFormat</c>, <c>LabelColumns</c>, <c>MissingLabel</c>.
    /// </remarks>
    public Dataset Read(string path, Execution? execution = null) => InputFile.Read(path, file =>
    {
        execution ??= Execution.Default;
        var array = ArrayStream.Of(file);
        var header = ReadHeader(array);
        var labels = labelPath is null ? null : new LabelFile(_options, execution).Read(new FileLocation(labelPath), header.RowCount, file.Name);
        var (rows, offsets) = ReadRows(file, array, header, execution);
        execution.Explain?.Invoke($"{file.Name}: {Quantity.Of(header.RowCount, "row")} of {string.Join(" x ", header.Sizes.Skip(1))}, values as they are.");
        ImageShape? shape = header.Sizes is [_, var height, var width] ? new ImageShape(height, width) : null;
        return Dataset.FromArray(FileFormats.DatasetNameOf(path), rows, labels, null, shape, path, offsets, execution);
    }, execution);

    private NpyHeader ReadHeader(ArrayStream file)
    {
        var header = NpyHeader.Read(file);
        const string Label = nameof(DatasetFile.LabelPath);
        if (header.Type.Numbers is null)
        {
            var asLabels = header.Type.Text is null ? "" : $"If it holds the labels, give it as {Label}. ";
            throw file.Invalid("NpyType", $" holds {header.Type}, where real numbers of up to 64 bits are expected. {asLabels}{header.Type.Remedy}", header.Type.Text is null ? [] : [Label]);
        }

        return header.Sizes.Length switch
        {
            0 => throw file.Invalid("NpyDimensions", $" holds a single number. Save an array of rows and columns."),
            1 => throw file.Invalid(
                "NpyDimensions",
                $" has one dimension, of {header.RowCount} values. If they are labels, give the file as {Label}; if they are rows of one value, save array.reshape(-1, 1).",
                Label),
            _ => header.WithMissing(_options.MissingMarks),
        };
    }

    private (IDataMatrix Rows, double[]? Offsets) ReadRows(InputFile file, ArrayStream array, NpyHeader header, Execution execution)
    {
        var obstacle = FileMapping.CompressionOf(file) is { } compression ? compression
            : header.IsFortranOrder ? "its columns lie one after the other (Fortran order), not its rows; save numpy.ascontiguousarray(array)"
            : null;
        if (Mapping.AppliesTo(file, header.RowCount, header.RowLength, obstacle, execution))
        {
            WarnOfRounding(array, header, execution);
            return (MappedMatrix.Open(file.FullPath, header.DataOffset, header.RowCount, header.RowLength, header.Elements), null);
        }

        var spreads = header.Elements.SpreadsOf(header.RowLength);
        var values = NpyValues.Read(array, header, spreads, execution);
        var offsets = spreads?.FindOffsets();
        if (offsets is not null)
        {
            InputFile.Read(
                file.Location,
                again =>
                {
                    NpyValues.TakeOff(ArrayStream.Of(again), header, values, spreads!, execution);
                    return true;
                },
                execution);
        }

        return (Matrix.Own(values, header.RowLength), offsets);
    }

    /// <summary>A map shows the file as it is, without offsets. What that loses is found in a sample of the rows.</summary>
    private static void WarnOfRounding(ArrayStream file, NpyHeader header, Execution execution)
    {
        const int SampledRows = 1024;
        const int SampledBytes = 1 << 26;
        if (execution.Warn is null || header.Elements.SpreadsOf(header.RowLength) is not { } spreads)
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
            spreads.Look(row, 0);
        }

        if (spreads.FindOffsets() is { } offsets)
        {
            string[] names = [.. Enumerable.Range(0, offsets.Length).Where(column => offsets[column] != 0).Select(Dataset.NumberedColumn)];
            execution.Advise(string.Create(
                CultureInfo.InvariantCulture,
                $"{file.Title}: {(names.Length == 1 ? "column" : "columns")} {Quotation.ListOf(names)} {(names.Length == 1 ? "varies" : "vary")} by less than float32 can show of numbers as large as {offsets.First(offset => offset != 0):G10}. ")
                + $"A memory-mapped file is read as it is: save the array less its smallest values, or read it into memory, without {nameof(DatasetFile.MemoryMapped)}.",
                nameof(DatasetFile.MemoryMapped));
        }
    }
}
