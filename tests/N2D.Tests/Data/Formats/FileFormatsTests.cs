using System.Text;
using N2D.Data;

namespace N2D.Tests.Data.Formats;

public sealed class FileFormatsTests : ReaderTests
{
    public static TheoryData<string, byte[], string> Foreign => new()
    {
        { "t.csv", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"u8.ToArray(), "a Git LFS pointer" },
        { "t.csv", "\n<!DOCTYPE html><html>"u8.ToArray(), "a web page (HTML)" },
        { "t.csv", "<html lang=\"en\">"u8.ToArray(), "a web page (HTML)" },
        { "t.xml", "\ufeff<?xml version=\"1.0\"?><rows/>"u8.ToArray(), "XML" },
        { "t.pdf", "%PDF-1.7\n"u8.ToArray(), "a PDF document" },
        { "t.db", "SQLite format 3\0\x10\0"u8.ToArray(), "an SQLite database" },
        { "t.pkl", [0x80, 4, 0x95, 1, 0, 0, 0, 0, 0, 0, 0, (byte)'}', (byte)'.'], "a Python pickle" },
        { "t.mat", Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, Platform: GLNXA64"), "a MATLAB file of version 5 to 7" },
        { "t.rds.gz", "X\n\0\0\0\x03\0\x04"u8.ToArray(), "an R object (.rds)" },
        { "t.RData.gz", "RDX3\nX\n\0\0\0\x03"u8.ToArray(), "an R workspace (.RData)" },
        { "t.feather", "ARROW1\0\0\xff"u8.ToArray(), "an Arrow file (Feather)" },
        { "t.orc", "ORC\b\x03\x10\x01\0"u8.ToArray(), "an ORC file" },
        { "t.avro", "Obj\x01\x04\x16"u8.ToArray(), "an Avro file" },
        { "t.sav", "$FL2@(#)\0\0\0\x02"u8.ToArray(), "an SPSS file (.sav)" },
        { "t.dta", "<stata_dta><header>"u8.ToArray(), "a Stata file (.dta)" },
        { "t.sas7bdat", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xc2, 0xea, 0x81, 0x60, 0xb3, 0x14, 0x11, 0xcf, 0xbd], "a SAS data set" },
        { "t.bz2", [.. "BZh91AY&SY"u8, 1, 2, 3, 0], "compressed with bzip2" },
        { "t.xz", [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, 0], "compressed with xz" },
        { "t.zst", [0x28, 0xb5, 0x2f, 0xfd, 0, 1], "compressed with Zstandard" },
        { "t.7z", [(byte)'7', (byte)'z', 0xbc, 0xaf, 0x27, 0x1c, 0], "a 7-Zip archive" },
        { "t.rar", [(byte)'R', (byte)'a', (byte)'r', (byte)'!', 0x1a, 7, 0], "a RAR archive" },
        { "t.tar.gz", Tar(), "a tar archive" },
        { "t.csv.gz", TemporaryFiles.Compress("a,b\n1,2\n"u8.ToArray()), "compressed with gzip twice" },
        { "t.xls", Compound("Workbook"), "a workbook of Excel 97 to 2003 (.xls)" },
        { "t.doc", Compound("WordDocument"), "a Word document" },
        { "t.xlsx", Compound("EncryptedPackage"), "protected by a password" },
        { "t.ods", TemporaryFiles.ZipBytes(("mimetype", []), ("content.xml", [])), "an OpenDocument file" },
        { "t.docx", TemporaryFiles.ZipBytes(("[Content_Types].xml", []), ("word/document.xml", [])), "a Word document" },
        { "t.xlsb", TemporaryFiles.ZipBytes(("[Content_Types].xml", []), ("xl/workbook.bin", [])), "a binary Excel workbook (.xlsb)" },
        { "t.pt", TemporaryFiles.ZipBytes(("archive/data.pkl", []), ("archive/data/0", [])), "a PyTorch file" },
        { "t.bin", [0xde, 0xad, 0, 1, 2, 3, 4, 5, 6, 7, 8], "a binary file of an unknown format (first bytes dead000102030405)" },
    };

    [Theory]
    [MemberData(nameof(Foreign))]
    public void FormatThatIsNotRead_IsNamed_WithWhatToDo(string name, byte[] bytes, string what)
    {
        var error = Assert.Throws<N2DException>(() => FileFormats.Detect(Files.Bytes(name, bytes)));

        Assert.Equal("FormatNotSupported", error.Id);
        Assert.StartsWith($"'{name}' is {what}", error.Message, StringComparison.Ordinal);
        Assert.Contains(", which cannot be read as a data set. ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{a},b\n1,2\n")]
    [InlineData("<a>,<b>\n1,2\n")]
    [InlineData("%a,b\n1,2\n")]
    [InlineData("ORC,b\n1,2\n")]
    [InlineData("BMI,b\n1,2\n")]
    [InlineData("[a],b\n1,2\n")]
    [InlineData("RDX,b\n1,2\n")]
    public void TextThatMerelyBeginsAlike_IsText(string text) =>
        Assert.Equal(DatasetFormat.Delimited, FileFormats.Detect(Files.Text("t.csv", text)));

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("latin1")]
    public void TextInOtherEncodings_IsText(string encoding)
    {
        var coding = Encoding.GetEncoding(encoding);

        Assert.Equal(
            DatasetFormat.Delimited,
            FileFormats.Detect(Files.Bytes("t.csv", [.. coding.GetPreamble(), .. coding.GetBytes("gréén,b\n1,2\n")])));
        Assert.Equal(DatasetFormat.Delimited, FileFormats.Detect(Files.Bytes("u.csv", coding.GetBytes("green,b\n1,2\n"))));
    }

    [Fact]
    public void ArchiveOfOneDataFile_IsReadAsThatFile()
    {
        var path = Files.Zip(
            "iris.csv.zip",
            ("data/iris.csv", "a,b\n1,2\n3,4\n"u8.ToArray()),
            ("data/README.txt", "about"u8.ToArray()),
            ("__MACOSX/data/._iris.csv", [1, 2]),
            ("data/.DS_Store", [1]));

        Assert.Equal(DatasetFormat.Delimited, FileFormats.Detect(path));
        Assert.Equal("iris", FileFormats.DatasetNameOf(path));
        Assert.Equal("a,b\n1,2\n3,4\n", InputFile.Read(path, file => new StreamReader(file.Content).ReadToEnd()));
        Assert.True(InputFile.Read(path, file => file.IsCompressed));
        Assert.Equal(
            [5, 6],
            Values(new JsonReader().Read(Files.Zip("t.zip", ("t.zip", TemporaryFiles.ZipBytes(("t.json", "[[5,6]]"u8.ToArray())))))));
    }

    [Fact]
    public void ArchiveOfSeveral_ListsThem()
    {
        var error = Assert.Throws<N2DException>(() => FileFormats.Detect(Files.Zip("t.zip", ("a.csv", [1]), ("b/c.csv", [1]))));

        Assert.Equal("SeveralFiles", error.Id);
        Assert.StartsWith(
            "'t.zip' is an archive of 2 data files: 'a.csv', 'b/c.csv'. Extract it, and read one of these files.",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void NumPyArchives_StayNumPyArchives()
    {
        Assert.Equal(DatasetFormat.Npz, FileFormats.Detect(Files.Zip("t.npz", ("a.npy", [1]))));
    }

    private static byte[] Tar()
    {
        using var stream = new MemoryStream();
        using (var tar = new System.Formats.Tar.TarWriter(stream, leaveOpen: true))
        {
            tar.WriteEntry(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, "a.csv")
            { DataStream = new MemoryStream("1,2\n"u8.ToArray()) });
        }

        return stream.ToArray();
    }

    private static byte[] Compound(string stream)
    {
        var bytes = new byte[4096];
        ((ReadOnlySpan<byte>)[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).CopyTo(bytes);
        Encoding.Unicode.GetBytes(stream + "\0").CopyTo(bytes, 2048);
        return bytes;
    }
}
