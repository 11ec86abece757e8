using System.Text;

namespace N2D.Data;

/// <summary>Detects the formats of files.</summary>
public static class FileFormats
{
    /// <summary>The number of bytes that detection uses: some lines of text.</summary>
    private const int HeadLength = 1 << 12;

    private static ReadOnlySpan<byte> Utf8Mark => [0xef, 0xbb, 0xbf];

    /// <summary>
    /// Detects the format of a file: binary formats by their magic numbers; JSON, ARFF, Matrix Market and libsvm by their first lines;
    /// otherwise delimited text.
    /// </summary>
    /// <param name="path">Full path. For a zip archive with a single data file, the format of that file is returned.</param>
    /// <exception cref="N2DException">
    /// The file cannot be opened, has an unsupported or unknown binary format (<c>FormatNotSupported</c>), or is an archive of several
    /// files (<c>SeveralFiles</c>).
    /// </exception>
    public static DatasetFormat Detect(string path) => Detect(InputFile.Unwrap(path));

    /// <summary>Detects the format of a file on disk or in an archive.</summary>
    /// <param name="location">The location of the file.</param>
    internal static DatasetFormat Detect(FileLocation location)
    {
        var head = InputFile.ReadHead(location, HeadLength);
        if (BinaryFormatOf(head) is { } format)
        {
            return format;
        }

        if (ArchiveFile.IsArchive(head))
        {
            return ArchiveFormatOf(location);
        }

        return UnsupportedFormats.Find(head, location) is var (what, remedy)
            ? throw NotSupported(location, what, remedy)
            : TextFormatOf(TextOf(head));
    }

    /// <summary>Whether a file starts like IDX: two zero bytes, an element type, and a number of dimensions.</summary>
    internal static bool IsIdx(ReadOnlySpan<byte> head) => head is [0, 0, >= 0x08 and <= 0x0e, >= 1 and <= 4, ..];

    /// <summary>Returns the name of the data set in a file: the file name without extensions.</summary>
    internal static string DatasetNameOf(string path)
    {
        var name = Path.GetFileName(path);
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            name = name[..^3];
        }
        else if (name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) && Path.HasExtension(name[..^4]))
        {
            name = name[..^4];
        }

        var stem = Path.GetFileNameWithoutExtension(name);
        return stem.Length > 0 ? stem : Path.GetFileName(path);
    }

    /// <summary>
    /// Converts the start of a text file to UTF-8 without a byte order mark. Other Unicode encodings need a byte order mark.
    /// </summary>
    /// <param name="head">The first bytes of a text file.</param>
    internal static ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> head) => head switch
    {
        [0xff, 0xfe, ..] => Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(head[2..])),
        [0xfe, 0xff, ..] => Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(head[2..])),
        _ => head.StartsWith(Utf8Mark) ? head[Utf8Mark.Length..] : head,
    };

    private static DatasetFormat? BinaryFormatOf(ReadOnlySpan<byte> head) =>
        ImageFiles.IsImage(head) ? DatasetFormat.Image
        : IsIdx(head) ? DatasetFormat.Idx
        : head.StartsWith(NpyHeader.Magic) ? DatasetFormat.Npy
        : ParquetFileReader.IsParquet(head) ? DatasetFormat.Parquet
        : Hdf5Reader.IsHdf5(head) ? DatasetFormat.Hdf5
        : null;

    private static DatasetFormat ArchiveFormatOf(FileLocation location)
    {
        var content = InputFile.Translating(location.ToString(), () =>
        {
            using var archive = ArchiveFile.Open(location);
            return new ArchiveContent([.. archive.Names]);
        });
        if (content.IsWorkbook || content.IsArrays)
        {
            return content.IsWorkbook ? DatasetFormat.Excel : DatasetFormat.Npz;
        }

        if (content.Foreign is var (what, remedy))
        {
            throw NotSupported(location, what, remedy);
        }

        var files = content.DataFiles;
        throw files.Length == 0
            ? NotSupported(location, "a zip archive without data files", "Check that it is the right file.")
            : new N2DException(
                "SeveralFiles",
                ErrorKind.InvalidData,
                $"{Quotation.Of(location.Name)} is an archive of {Quantity.Of(files.Length, "data file")}: {Quotation.ListOf(files)}. "
                    + "Extract it, and read one of these files. An archive of a single file is read directly.",
                location.ToString());
    }

    private static DatasetFormat TextFormatOf(ReadOnlySpan<byte> text) =>
        text.StartsWith("%%MatrixMarket"u8) ? DatasetFormat.MatrixMarket
        : ArffHeader.IsArff(text) ? DatasetFormat.Arff
        : JsonDetection.IsJson(text) ? DatasetFormat.Json
        : LibSvmReader.IsLibSvm(text) ? DatasetFormat.LibSvm
        : DatasetFormat.Delimited;

    private static N2DException NotSupported(FileLocation location, string what, string remedy) =>
        new(
            "FormatNotSupported",
            ErrorKind.InvalidData,
            $"{Quotation.Of(location.Name)} is {what}, which cannot be read as a data set. {remedy}",
            location.ToString());
}
