using System.Text;

namespace N2D.Data;

/// <summary>The binary format of NumPy texts: a fixed number of bytes, padded with zeros.</summary>
/// <param name="IsUnicode">Whether the text is UTF-32 (<c>U</c>) instead of bytes (<c>S</c>).</param>
/// <param name="IsBigEndian">Whether the most significant byte of a character comes first.</param>
internal sealed record NpyText(bool IsUnicode, bool IsBigEndian)
{
    private static readonly UTF32Encoding LittleEndian = new(bigEndian: false, byteOrderMark: false);
    private static readonly UTF32Encoding BigEndian = new(bigEndian: true, byteOrderMark: false);

    /// <summary>Decodes one text.</summary>
    /// <param name="bytes">The bytes of the text.</param>
    /// <param name="decoder">Decodes bytes in an unspecified encoding.</param>
    public string Decode(ReadOnlySpan<byte> bytes, UndeclaredEncoding decoder) => IsUnicode
        ? (IsBigEndian ? BigEndian : LittleEndian).GetString(bytes).TrimEnd('\0')
        : decoder.Decode(bytes.TrimEnd((byte)0));
}
