using System.Text;

namespace N2D.Data;

/// <summary>How a NumPy array holds a text: in as many bytes as the longest one takes, filled up with zeros.</summary>
/// <param name="IsUnicode">Whether it is UTF-32 (<c>U</c>) and not bytes (<c>S</c>).</param>
/// <param name="IsBigEndian">Whether the first byte of a character counts most.</param>
internal sealed record NpyText(bool IsUnicode, bool IsBigEndian)
{
    private static readonly UTF32Encoding LittleEndian = new(bigEndian: false, byteOrderMark: false);
    private static readonly UTF32Encoding BigEndian = new(bigEndian: true, byteOrderMark: false);

    /// <summary>The text of one value.</summary>
    /// <param name="bytes">The bytes of the value.</param>
    /// <param name="decoder">Decodes bytes of an encoding that the file does not name.</param>
    public string Decode(ReadOnlySpan<byte> bytes, ByteText decoder) => IsUnicode
        ? (IsBigEndian ? BigEndian : LittleEndian).GetString(bytes).TrimEnd('\0')
        : decoder.Decode(bytes.TrimEnd((byte)0));
}
