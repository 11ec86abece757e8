using System.Text;

namespace N2D.Data;

/// <summary>Recognizes unsupported formats, with a remedy for each.</summary>
internal static class UnsupportedFormats
{
    /// <summary>The fraction of control characters above which a file is binary. Random bytes have 11 %; text has almost none.</summary>
    private const double MaxControlFraction = 0.02;

    /// <summary>The number of bytes of a compound file that are searched for stream names.</summary>
    private const int MaxSearchedBytes = 1 << 24;

    private static readonly Signature[] Signatures =
    [
        new(0, [0x1f, 0x8b], "compressed with gzip twice", "Decompress it once: gzip -d."),
        new(0, [0x1f, 0x9d], "compressed with compress (.Z)", "Decompress it first: uncompress."),
        new(0, "BZh"u8, "compressed with bzip2 (.bz2)", $"Decompress it first: bzip2 -d. {GzipIsRead}", isBinary: true),
        new(0, [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0], "compressed with xz", $"Decompress it first: xz -d. {GzipIsRead}"),
        new(0, [0x28, 0xb5, 0x2f, 0xfd], "compressed with Zstandard (.zst)", $"Decompress it first: zstd -d. {GzipIsRead}"),
        new(0, [0x04, 0x22, 0x4d, 0x18], "compressed with LZ4", $"Decompress it first: lz4 -d. {GzipIsRead}"),
        new(0, [(byte)'7', (byte)'z', 0xbc, 0xaf, 0x27, 0x1c], "a 7-Zip archive", $"Extract it first: 7z x. {ZipIsRead}"),
        new(0, [(byte)'R', (byte)'a', (byte)'r', (byte)'!', 0x1a, 0x07], "a RAR archive", $"Extract it first. {ZipIsRead}"),
        new(257, "ustar"u8, "a tar archive", $"Extract it first: tar -xf. {ZipIsRead}"),
        new(0, [(byte)'P', (byte)'K', 5, 6], "an empty zip archive", "Check that it is the right file."),
        new(0, "%PDF-"u8, "a PDF document", "Export its table as CSV or .xlsx first."),
        new(0, "SQLite format 3\0"u8, "an SQLite database", "Export one table as CSV: sqlite3 -header -csv FILE 'select * from TABLE'."),
        new(
            0,
            "MATLAB 5.0"u8,
            "a MATLAB file of version 5 to 7",
            "In MATLAB: save it with '-v7.3', or as CSV with writematrix. "
                + "In Python: numpy.save('rows.npy', scipy.io.loadmat(FILE)['NAME'])."),
        new(0, "ARROW1\0\0"u8, "an Arrow file (Feather)", Feather),
        new(0, "FEA1"u8, "a Feather file", Feather, isBinary: true),
        new(0, "ORC"u8, "an ORC file", "Save it as Parquet. In Python: pandas.read_orc(FILE).to_parquet('rows.parquet').", isBinary: true),
        new(0, "Obj\u0001"u8, "an Avro file", "Save it as Parquet or CSV."),
        new(0, "$FL2"u8, "an SPSS file (.sav)", Spss, isBinary: true),
        new(0, "$FL3"u8, "a compressed SPSS file (.zsav)", Spss, isBinary: true),
        new(0, "<stata_dta>"u8, "a Stata file (.dta)", Stata),
        new(0, [0x72, 0x01], "a Stata file (.dta)", Stata, isBinary: true),
        new(0, [0x72, 0x02], "a Stata file (.dta)", Stata, isBinary: true),
        new(0, [0x73, 0x01], "a Stata file (.dta)", Stata, isBinary: true),
        new(0, [0x73, 0x02], "a Stata file (.dta)", Stata, isBinary: true),
        new(12, [0xc2, 0xea, 0x81, 0x60, 0xb3, 0x14, 0x11, 0xcf], "a SAS data set (.sas7bdat)", Sas),
        new(0, "HEADER RECORD*******LIB"u8, "a SAS transport file (.xpt)", Sas),
        new(0, "RDX"u8, "an R workspace (.RData)", R, isBinary: true),
        new(0, "RDA2\n"u8, "an R workspace (.RData)", R),
        new(0, "RDA3\n"u8, "an R workspace (.RData)", R),
        new(0, "X\n\0\0\0"u8, "an R object (.rds)", R),
        new(0, "CDF"u8, "a netCDF file of version 3", "Save it as netCDF 4, which is HDF5, or as CSV.", isBinary: true),
        new(0, [0x80, 2], "a Python pickle", Pickle, isBinary: true),
        new(0, [0x80, 3], "a Python pickle", Pickle, isBinary: true),
        new(0, [0x80, 4], "a Python pickle", Pickle, isBinary: true),
        new(0, [0x80, 5], "a Python pickle", Pickle, isBinary: true),
        new(0, [(byte)'I', (byte)'I', (byte)'*', 0], "a TIFF image", "Save it as PNG."),
        new(0, [(byte)'M', (byte)'M', 0, (byte)'*'], "a TIFF image", "Save it as PNG."),
        new(0, "BM"u8, "a BMP image", "Save it as PNG.", isBinary: true),
    ];

    private const string GzipIsRead = "Files compressed with gzip are read directly.";
    private const string ZipIsRead = "A zip archive of a single file is read directly.";
    private const string Feather = "Save it as Parquet. In Python: pandas.read_feather(FILE).to_parquet('rows.parquet').";
    private const string Spss = "Save it in SPSS as CSV. In Python: pandas.read_spss(FILE).to_csv('rows.csv', index=False).";
    private const string Stata =
        "Save it in Stata as CSV: export delimited. In Python: pandas.read_stata(FILE).to_csv('rows.csv', index=False).";
    private const string Sas = "Export it in SAS as CSV: proc export. In Python: pandas.read_sas(FILE).to_csv('rows.csv', index=False).";
    private const string R = "Save it in R as CSV: write.csv(x, 'rows.csv', row.names = FALSE).";
    private const string WebPage =
        "It may be a login or download page saved under the name of the data file. Download the file itself.";
    private const string Pickle = "Loading a pickle can run any program, so only load one that you trust. In Python: "
        + "pandas.read_pickle(FILE).to_parquet('rows.parquet'), or numpy.save('rows.npy', array).";

    private static ReadOnlySpan<byte> CompoundFile => [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

    /// <summary>Returns the description and the remedy of a file in an unsupported format; null for other files.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="location">The location of the file.</param>
    public static (string What, string Remedy)? Find(ReadOnlySpan<byte> head, FileLocation location)
    {
        if (head.StartsWith(CompoundFile))
        {
            return FindCompound(location);
        }

        var isBinary = IsBinary(head);
        foreach (var signature in Signatures)
        {
            if ((isBinary || !signature.IsBinary) && head.Length > signature.Offset && head[signature.Offset..].StartsWith(signature.Magic))
            {
                return (signature.What, signature.Remedy);
            }
        }

        if (FindText(FileFormats.TextOf(head).TrimStart(" \t\r\n"u8)) is { } text)
        {
            return text;
        }

        var start = Convert.ToHexStringLower(head[..Math.Min(head.Length, 8)]);
        return isBinary ? ($"a binary file of an unknown format (first bytes {start})", "Save it as CSV, .npy, Parquet or .xlsx.") : null;
    }

    private static (string What, string Remedy)? FindText(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("version https://git-lfs.github.com/spec"u8))
        {
            return ("a Git LFS pointer instead of the data", "Run 'git lfs pull' in its repository, or download the file itself.");
        }

        var begin = Encoding.UTF8.GetString(text[..Math.Min(text.Length, 256)]);
        return StartsWith("<!doctype html") || StartsWith("<html") || StartsWith("<head>") ? ("a web page (HTML)", WebPage)
            : StartsWith("<?xml") ? ("XML", "Convert it to CSV or JSON. If it is an XML spreadsheet, save it as .xlsx.")
            : StartsWith("{\\rtf") ? ("a rich-text document", "Save its table as CSV.")
            : null;

        bool StartsWith(string what) => begin.StartsWith(what, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a file is a password-protected Office document.</summary>
    /// <param name="content">The bytes, at the start. Afterward the position is undefined.</param>
    public static bool IsEncrypted(Stream content)
    {
        var head = new byte[MaxSearchedBytes];
        var bytes = head.AsSpan(0, content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        return bytes.StartsWith(CompoundFile) && HasStream(bytes, "EncryptedPackage");
    }

    /// <summary>
    /// Describes a compound file, the container of old Office documents and of encrypted new ones, by its UTF-16 stream names (MS-CFB,
    /// MS-OFFCRYPTO).
    /// </summary>
    private static (string What, string Remedy) FindCompound(FileLocation location)
    {
        var content = InputFile.ReadHead(location, MaxSearchedBytes).AsSpan();
        return HasStream(content, "EncryptedPackage")
            ? ("protected by a password", "Open it in Excel, and remove the password: File > Info > Protect Workbook.")
            : HasStream(content, "Workbook") || HasStream(content, "Book")
            ? ("a workbook of Excel 97 to 2003 (.xls)", "Open it in Excel or LibreOffice, and save it as .xlsx or CSV.")
            : HasStream(content, "WordDocument") ? ("a Word document", "Copy its table to a worksheet, and save that as .xlsx or CSV.")
            : ("a compound file of an old Office program", "Save it as .xlsx or CSV.");
    }

    private static bool HasStream(ReadOnlySpan<byte> content, string name) => content.IndexOf(Encoding.Unicode.GetBytes(name + "\0")) >= 0;

    /// <summary>
    /// Whether bytes are not text in a common encoding. UTF-16 without a byte order mark counts as text: every other byte is mostly 0.
    /// </summary>
    private static bool IsBinary(ReadOnlySpan<byte> head)
    {
        if (head is [0xff, 0xfe, ..] or [0xfe, 0xff, ..])
        {
            return false;
        }

        Span<int> zeros = stackalloc int[2];
        var controls = 0;
        for (var place = 0; place < head.Length; place++)
        {
            zeros[place & 1] += head[place] == 0 ? 1 : 0;
            controls += head[place] is > 0 and < 0x20 and not (>= 9 and <= 13) and not 0x1a and not 0x1b ? 1 : 0;
        }

        var isUtf16 = zeros[0] == 0 != (zeros[1] == 0) && Math.Max(zeros[0], zeros[1]) > head.Length / 4;
        return !isUtf16 && zeros[0] + zeros[1] + controls > MaxControlFraction * head.Length;
    }

    /// <summary>The magic number of a format.</summary>
    private sealed class Signature(int offset, ReadOnlySpan<byte> magic, string what, string remedy, bool isBinary = false)
    {
        private readonly byte[] _magic = magic.ToArray();

        /// <summary>The position of the magic number.</summary>
        public int Offset => offset;

        public ReadOnlySpan<byte> Magic => _magic;

        public string What => what;

        public string Remedy => remedy;

        /// <summary>Whether text can start with these bytes, so that only binary files match.</summary>
        public bool IsBinary => isBinary;
    }
}
