using System.Text;
using N2D.Data;

namespace N2D.Tests.Data.Text;

public sealed class TextEncodingTests : IDisposable
{
    private const string Table = "city,a\nZürich,1\nKöln,2\nMálaga,3\n";
    private const string Rows = "Zürich|1/Köln|2/Málaga|3";

    private readonly TextFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-32", true)]
    [InlineData("utf-32BE", true)]
    public void Unicode_IsRecognizedWithOrWithoutMark(string name, bool hasMark)
    {
        var encoding = Encoding.GetEncoding(name);

        var result = _files.Read([.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Table)]);

        Assert.Equal(("city|a", Rows), (result.Names, result.Flat));
        Assert.Null(result.Warning);
    }

    [Theory]
    [InlineData("x.csv")]
    [InlineData("x.csv.gz")]
    public void Windows1252_IsReadWithAWarning(string name)
    {
        var result = _files.Read(Windows1252("city,a\nZürich,1\nKöln,2\nMálaga – “x” €,3\n"), name: name);

        Assert.Equal("Zürich|1/Köln|2/Málaga – “x” €|3", result.Flat);
        Assert.Contains("Windows-1252", result.Warning, StringComparison.Ordinal);
        Assert.Contains("Encoding", result.Warning, StringComparison.Ordinal);
        Assert.Contains(result.Notes, note => note.Contains("Windows-1252", StringComparison.Ordinal));
    }

    [Fact]
    public void Windows1252_MayBeginFarIntoTheFile()
    {
        var rows = string.Concat(Enumerable.Range(0, 100_000).Select(row => $"abc,{row}\n"));

        var result = _files.Read(Windows1252("city,a\n" + rows + "Zürich,1\n"));

        Assert.Equal(100_001, result.Rows.Length);
        Assert.Equal("Zürich", result.Rows[^1][0]);
        Assert.NotNull(result.Warning);
    }

    [Fact]
    public void Windows1252_MayBeginWithTheLastByte() =>
        Assert.Equal("1|café", _files.Read(Windows1252("a,b\n1,café")).Flat);

    [Theory]
    [InlineData(new byte[] { 0x81 })] // undefined in Windows-1252
    [InlineData(new byte[] { 0xE4, (byte)',', 0x9D })]
    [InlineData(new byte[] { 0xFF, 0x01, 0x02 })] // control characters
    [InlineData(new byte[] { 0xC3, 0xBC, 0xE4 })] // valid UTF-8 before
    [InlineData(new byte[] { 0xCC, 0xEE, 0xF1, 0xEA, 0xE2, 0xE0 })] // Moscow in Windows-1251
    public void InvalidByte_IsRefusedWithItsLine(byte[] bytes)
    {
        var error = _files.Fails([.. "a,b\n1,x\n2,"u8, .. bytes, .. "\n"u8]);

        Assert.Equal("InvalidEncoding", error.Id);
        Assert.Contains("line 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("Encoding", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InvalidByte_FarIntoTheFile_IsRefusedWithItsLine()
    {
        var text = "city,a\nZürich,1\n" + string.Concat(Enumerable.Range(0, 100_000).Select(row => $"\"a\r\nb\",{row}\n"));

        var error = _files.Fails([.. Encoding.UTF8.GetBytes(text), 0xE4, (byte)'\n']);

        Assert.Equal("InvalidEncoding", error.Id);
        Assert.Contains("line 200003: the byte 0xE4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CutOffCharacterAtTheEnd_IsRefused() =>
        Assert.Equal("InvalidEncoding", _files.Fails([.. "city,a\nZürich,1\n"u8, 0xE2, 0x82]).Id);

    [Theory]
    [InlineData("utf8", new byte[] { 0xE4 })]
    [InlineData("ascii", new byte[] { 0xE4 })]
    [InlineData("shift_jis", new byte[] { 0x82, (byte)'\n' })]
    public void GivenEncoding_IsStrict(string name, byte[] bytes)
    {
        var error = _files.Fails([.. "a,b\n1,x\n2,"u8, .. bytes, .. "\n3,y\n"u8], new TextFormat { Encoding = TextEncodings.Parse(name) });

        Assert.Equal("InvalidEncoding", error.Id);
        Assert.Contains("line 3: the byte 0x", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("windows-1252")]
    [InlineData("1252")]
    [InlineData("latin1")]
    [InlineData("iso-8859-15")]
    public void GivenEncoding_IsUsedWithoutAWarning(string name)
    {
        var result = _files.Read(Windows1252(Table), new TextFormat { Encoding = TextEncodings.Parse(name) });

        Assert.Equal(Rows, result.Flat);
        Assert.Null(result.Warning);
    }

    [Fact]
    public void GivenEncoding_OfAnotherScript_IsUsed()
    {
        var encoding = TextEncodings.Parse("windows-1251");

        Assert.Equal("Москва|1", _files.Read(encoding.GetBytes("city,a\nМосква,1\n"), new TextFormat { Encoding = encoding }).Flat);
    }

    [Fact]
    public void ByteOrderMark_GoesBeforeTheGivenEncoding() =>
        Assert.Equal(
            Rows,
            _files.Read(
                [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Table)],
                new TextFormat { Encoding = TextEncodings.Parse("latin1") }).Flat);

    [Fact]
    public void CharactersAcrossBlocks_AreWhole()
    {
        // Three bytes each, so that blocks of 65536 bytes end within one.
        var word = string.Concat(Enumerable.Repeat("€", 50_000));

        Assert.Equal(word, _files.Read($"a,b\n1,{word}\n").Rows[0][1]);
    }

    [Fact]
    public void ZeroBytes_AreNotText() => Assert.Equal("NotText", _files.Fails([1, 2, 0, 3, 0, 0, 7, 7]).Id);

    [Theory]
    [InlineData("utf8", "utf-8")]
    [InlineData("UTF8BOM", "utf-8")]
    [InlineData("utf8NoBOM", "utf-8")]
    [InlineData("Unicode", "utf-16")]
    [InlineData("bigendianunicode", "utf-16BE")]
    [InlineData("utf32", "utf-32")]
    [InlineData("bigendianutf32", "utf-32BE")]
    [InlineData("ascii", "us-ascii")]
    [InlineData("latin1", "iso-8859-1")]
    [InlineData("ansi", "windows-1252")]
    [InlineData("oem", "ibm437")]
    [InlineData("windows-1252", "windows-1252")]
    [InlineData(" 1252 ", "windows-1252")]
    [InlineData("65001", "utf-8")]
    [InlineData("utf-8", "utf-8")]
    [InlineData("shift_jis", "shift_jis")]
    public void Encodings_AreFoundAsByImportCsv(string name, string webName) =>
        Assert.Equal(webName, TextEncodings.Parse(name).WebName, ignoreCase: true);

    [Theory]
    [InlineData("utf8", new byte[] { 0xE4, 0x20 })]
    [InlineData("unicode", new byte[] { 0x00, 0xD8, 0x20, 0x00 })]
    [InlineData("utf32", new byte[] { 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData("ascii", new byte[] { 0xE4 })]
    [InlineData("65001", new byte[] { 0xE4, 0x20 })]
    public void Encodings_ThrowOnInvalidBytes(string name, byte[] bytes) =>
        Assert.Throws<DecoderFallbackException>(() => TextEncodings.Parse(name).GetString(bytes));

    [Theory]
    [InlineData("utf9")]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("99999")]
    [InlineData("-1252")]
    public void UnknownEncoding_IsRefused(string name) =>
        Assert.Equal("EncodingNotFound", Assert.Throws<N2DException>(() => TextEncodings.Parse(name)).Id);

    private static byte[] Windows1252(string text) => TextEncodings.Windows1252.GetBytes(text);
}
