using System.Globalization;
using System.Text;

namespace N2D.Data;

/// <summary>Text encodings by name or code page. All of them throw on invalid bytes.</summary>
/// <remarks>The names include those that PowerShell uses, such as <c>utf8BOM</c>, <c>unicode</c> and <c>ansi</c>.</remarks>
public static class TextEncodings
{
    /// <summary>Windows-1252, the encoding of CSV files from Excel in Western Europe and America.</summary>
    public static Encoding Windows1252 { get; } = Strict(CodePagesEncodingProvider.Instance.GetEncoding(1252)!);

    /// <summary>Finds an encoding.</summary>
    /// <param name="nameOrCodePage">A name, such as <c>utf8</c> or <c>windows-1252</c>, or a code page, such as <c>1252</c>.</param>
    /// <returns>The encoding, which throws on invalid bytes.</returns>
    /// <exception cref="N2DException">There is no such encoding (<c>EncodingNotFound</c>).</exception>
    public static Encoding Parse(string nameOrCodePage)
    {
        ArgumentNullException.ThrowIfNull(nameOrCodePage);
        var name = nameOrCodePage.Trim();
        return OfShortName(name) ?? OfCodePage(name) ?? OfName(name) ?? throw new N2DException(
            "EncodingNotFound",
            ErrorKind.InvalidArgument,
            $"There is no encoding '{nameOrCodePage}'. Give a name such as utf8, unicode, latin1, ansi or windows-1252, or the number of "
                + "a code page, such as 1252.",
            nameOrCodePage);
    }

    private static Encoding? OfShortName(string name) => name.ToUpperInvariant() switch
    {
        "UTF8" or "UTF8BOM" or "UTF8NOBOM" => new UTF8Encoding(false, throwOnInvalidBytes: true),
        "UNICODE" => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        "BIGENDIANUNICODE" => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
        "UTF32" => new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true),
        "BIGENDIANUTF32" => new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true),
        "ASCII" => Strict(Encoding.ASCII),
        "LATIN1" => Strict(Encoding.Latin1),
        "ANSI" or "DEFAULT" => OfCulture(CultureInfo.CurrentCulture.TextInfo.ANSICodePage, 1252),
        "OEM" => OfCulture(CultureInfo.CurrentCulture.TextInfo.OEMCodePage, 437),
        _ => null,
    };

    /// <summary>Returns a code page of the culture. The invariant culture has none, and gets the usual Western one.</summary>
    private static Encoding OfCulture(int codePage, int otherwise) =>
        OfCodePage((codePage is 0 or 1 or 65001 ? otherwise : codePage).ToString(CultureInfo.InvariantCulture)) ?? Windows1252;

    private static Encoding? OfCodePage(string text)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var codePage) || codePage is 0 or > 65535)
        {
            return null;
        }

        return Found(() => CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage));
    }

    private static Encoding? OfName(string name) =>
        name.Length == 0 ? null : Found(() => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name));

    private static Encoding? Found(Func<Encoding> find)
    {
        try
        {
            return Strict(find());
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static Encoding Strict(Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        strict.EncoderFallback = EncoderFallback.ExceptionFallback;
        return strict;
    }
}
