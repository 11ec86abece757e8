using System.Text;

namespace N2D.Data;

/// <summary>Formats that are recognized and not read, with what to do about a file of each.</summary>
internal static class ForeignFormats
{
    /// <summary>The share of control characters above which a file is taken for binary: random bytes have 11 %, text has none or a stray one.</summary>
    private const double MostControls = 0.02;

    /// <summary>How much of a compound file is searched for the names of the streams in it.</summary>
    private const int MostSearched = 1 << 24;

    private static readonly Signature[] Signatures =
    [
        new(0, [0x1f, 0x8b], "compressed by gzip twice", "Decompress it once: gzip -d."),
        new(0, [0x1f, 0x9d], "compressed by compress (.Z)", "Decompress it first: uncompress."),
        new(0, "BZh"u8, "compressed by bzip2 (.bz2)", "Decompress it first: bzip2 -d; files compressed by gzip are read as they are.", isBinary: true),
        new(0, [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0], "compressed by xz", "Decompress it first: xz -d; files compressed by gzip are read as they are."),
        new(0, [0x28, 0xb5, 0x2f, 0xfd], "compressed by Zstandard (.zst)", "Decompress it first: zstd -d; files compressed by gzip are read as they are."),
        new(0, [0x04, 0x22, 0x4d, 0x18], "compressed by LZ4", "Decompress it first: lz4 -d; files compressed by gzip are read as they are."),
        new(0, [(byte)'7', (byte)'z', 0xbc, 0xaf, 0x27, 0x1c], "a 7-Zip archive", "Unpack it first: 7z x. A zip archive of a single file is read as it is."),
        new(0, [(byte)'R', (byte)'a', (byte)'r', (byte)'!', 0x1a, 0x07], "a RAR archive", "Unpack it first. A zip archive of a single file is read as it is."),
        new(257, "ustar"u8, "a tar archive", "Unpack it first: tar -xf. A zip archive of a single file is read as it is."),
        new(0, [(byte)'P', (byte)'K', 5, 6], "an empty zip archive", "Check that it is the file that you want."),
        new(0, "%PDF-"u8, "a PDF document", "Export its table as CSV or .xlsx first."),
        new(0, "SQLite format 3\0"u8, "an SQLite database", "Export one table as CSV: sqlite3 -header -csv FILE 'select * from TABLE'."),
        new(0, "MATLAB 5.0"u8, "a MATLAB file of version 5 to 7", "In MATLAB: save with '-v7.3', which is read, or writematrix. In Python: numpy.save('rows.npy', scipy.io.loadmat(FILE)['NAME'])."),
        new(0, "ARROW1\0\0"u8, "an Arrow file (Feather)", "Save it as Parquet. In Python: pandas.read_feather(FILE).to_parquet('rows.parquet')."),
        new(0, "FEA1"u8, "a Feather file", "Save it as Parquet. In Python: pandas.read_feather(FILE).to_parquet('rows.parquet').", isBinary: true),
        new(0, "ORC"u8, "an ORC file", "Save it as Parquet. In Python: pandas.read_orc(FILE).to_parquet('rows.parquet').", isBinary: true),
        new(0, "Obj\u0001"u8, "an Avro file", "Save it as Parquet or CSV."),
        new(0, "$FL2"u8, "an SPSS file (.sav)", "Save it in SPSS as CSV. In Python: pandas.read_spss(FILE).to_csv('rows.csv', index=False).", isBinary: true),
        new(0, "$FL3"u8, "a compressed SPSS file (.zsav)", "Save it in SPSS as CSV. In Python: pandas.read_spss(FILE).to_csv('rows.csv', index=False).", isBinary: true),
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
        new(0, "CDF"u8, "a netCDF file of version 3", "Save it as netCDF 4, which is HDF5 and is read, or as CSV.", isBinary: true),
        new(0, [0x80, 2], "a Python pickle", Pickle, isBinary: true),
        new(0, [0x80, 3], "a Python pickle", Pickle, isBinary: true),
        new(0, [0x80, 4], "a Python pickle", Pickle, isBinary: true),
        new(0, [0x80, 5], "a Python pickle", Pickle, isBinary: true),
        new(0, [(byte)'I', (byte)'I', (byte)'*', 0], "a TIFF image", "Save it as PNG."),
        new(0, [(byte)'M', (byte)'M', 0, (byte)'*'], "a TIFF image", "Save it as PNG."),
        new(0, "BM"u8, "a BMP image", "Save it as PNG.", isBinary: true),
    ];

    private const string Stata = "Save it in Stata as CSV: export delimited. In Python: pandas.read_stata(FILE).to_csv('rows.csv', index=False).";
    private const string Sas = "Export it in SAS as CSV: proc export. In Python: pandas.read_sas(FILE).to_csv('rows.csv', index=False).";
    private const string R = "Save it in R as CSV: write.csv(x, 'rows.csv', row.names = FALSE).";
    private const string Pickle = "A pickle can run any program when it is loaded, so only load one that you trust. In Python: pandas.read_pickle(FILE).to_parquet('rows.parquet'), or numpy.save('rows.npy', array).";

    private static ReadOnlySpan<byte> CompoundFile => [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

    /// <summary>What a file is and what to do about it, if it is of a format that is not read; null otherwise.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="location">Where it is.</param>
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

        return FindText(FileFormats.TextOf(head).TrimStart(" \t\r\n"u8)) ?? (isBinary
            ? ($"binary and of an unknown format; its first bytes are {Convert.ToHexStringLower(head[..Math.Min(head.Length, 8)])}", "Save it as CSV, .npy, Parquet or .xlsx.")
            : null);
    }

    private static (string What, string Remedy)? FindText(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("version https://git-lfs.github.com/spec"u8))
        {
            return ("a pointer of Git LFS, and not the data", "Run 'git lfs pull' in its repository, or download the file itself.");
        }

        var begin = Encoding.UTF8.GetString(text[..Math.Min(text.Length, 256)]);
        return StartsWith("<!doctype html") || StartsWith("<html") || StartsWith("<head>") ? ("a web page (HTML)", "It may be a login or download page that was saved under the name of a data file. Download the file itself.")
            : StartsWith("<?xml") ? ("XML", "Convert it to CSV or JSON, or, if it is an XML spreadsheet, save it as .xlsx.")
            : StartsWith("{\\rtf") ? ("a rich-text document", "Save its table as CSV.")
            : null;

        bool StartsWith(string what) => begin.StartsWith(what, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a file is an Office document that is protected by a password.</summary>
    /// <param name="content">Its bytes, at the beginning; left somewhere in it.</param>
    public static bool IsEncrypted(Stream content)
    {
        var head = new byte[MostSearched];
        var bytes = head.AsSpan(0, content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        return bytes.StartsWith(CompoundFile) && HasStream(bytes, "EncryptedPackage");
    }

    /// <summary>Old Office documents and encrypted new ones are compound files. The names of the streams in them, in UTF-16, say which (MS-CFB, MS-OFFCRYPTO).</summary>
    private static (string What, string Remedy) FindCompound(FileLocation location)
    {
        var content = InputFile.ReadHead(location, MostSearched).AsSpan();
        return HasStream(content, "EncryptedPackage") ? ("protected by a password", "Open it in Excel with its password, and save it without one: File > Info > Protect Workbook.")
            : HasStream(content, "Workbook") || HasStream(content, "Book") ? ("a workbook of Excel 97 to 2003 (.xls)", "Open it in Excel or LibreOffice, and save it as .xlsx or CSV.")
            : HasStream(content, "WordDocument") ? ("a Word document", "Copy its table to a worksheet, and save that as .xlsx or CSV.")
            : ("a compound file of an old Office program", "Save it as .xlsx or CSV.");
    }

    private static bool HasStream(ReadOnlySpan<byte> content, string name) => content.IndexOf(Encoding.Unicode.GetBytes(name + "\0")) >= 0;

    /// <summary>Whether bytes are no text in any usual encoding. UTF-16 without a byte order mark counts as text: every other byte of it is 0.</summary>
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
        return !isUtf16 && zeros[0] + zeros[1] + controls > MostControls * head.Length;
    }

    /// <summary>How files of a format begin.</summary>
    private sealed class Signature(int offset, ReadOnlySpan<byte> magic, string what, string remedy, bool isBinary = false)
    {
        private readonly byte[] _magic = magic.ToArray();

        /// <summary>Where the magic number stands.</summary>
        public int Offset => offset;

        public ReadOnlySpan<byte> Magic => _magic;

        public string What => what;

        public string Remedy => remedy;

        /// <summary>Whether text may begin like this, so that only binary files count.</summary>
        public bool IsBinary => isBinary;
    }
}
