using System.Buffers;
using System.Text;

namespace N2D.Data;

/// <summary>Detects the encoding of a text file from its bytes.</summary>
internal static class EncodingDetection
{
    private const double ManyZeros = 0.7;
    private const double FewZeros = 0.05;

    /// <summary>The bytes that are undefined in Windows-1252.</summary>
    public static SearchValues<byte> UndefinedInWindows1252 { get; } = SearchValues.Create(0x81, 0x8D, 0x8F, 0x90, 0x9D);

    /// <summary>Finds the byte order mark.</summary>
    /// <param name="head">The first bytes of the file.</param>
    /// <returns>The encoding, its name and the length of the mark; no encoding if there is no mark.</returns>
    public static (Encoding? Encoding, string Name, int MarkLength) FromMark(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (TextEncodings.Parse("utf8"), "UTF-8", 3),
        [0xFF, 0xFE, 0, 0, ..] => (TextEncodings.Parse("utf32"), "UTF-32", 4),
        [0, 0, 0xFE, 0xFF, ..] => (TextEncodings.Parse("bigendianutf32"), "UTF-32, big-endian", 4),
        [0xFF, 0xFE, ..] => (TextEncodings.Parse("unicode"), "UTF-16", 2),
        [0xFE, 0xFF, ..] => (TextEncodings.Parse("bigendianunicode"), "UTF-16, big-endian", 2),
        _ => (null, "", 0),
    };

    /// <summary>
    /// Recognizes UTF-16 without a byte order mark: most characters of a table are ASCII, whose every second byte is zero.
    /// </summary>
    /// <param name="head">The first bytes of the file.</param>
    /// <returns>The encoding and its name; no encoding if it is not UTF-16.</returns>
    public static (Encoding? Encoding, string Name) FromZeros(ReadOnlySpan<byte> head)
    {
        Span<int> zeros = stackalloc int[2];
        var pairs = head.Length / 2;
        for (var at = 0; at < 2 * pairs; at++)
        {
            zeros[at % 2] += head[at] == 0 ? 1 : 0;
        }

        var (even, odd) = (zeros[0] / Math.Max(1.0, pairs), zeros[1] / Math.Max(1.0, pairs));
        if (even <= FewZeros && odd >= ManyZeros)
        {
            return (TextEncodings.Parse("unicode"), "UTF-16 without a byte order mark");
        }

        return even >= ManyZeros && odd <= FewZeros
            ? (TextEncodings.Parse("bigendianunicode"), "UTF-16, big-endian, without a byte order mark")
            : (null, "");
    }

    /// <summary>
    /// Returns whether bytes look like Windows-1252: none is undefined or a control character, and most non-ASCII bytes are single letters
    /// or signs within ASCII text. Other scripts (Cyrillic, Greek, Japanese) have whole words of non-ASCII bytes.
    /// </summary>
    /// <param name="text">A part of the file with non-ASCII bytes.</param>
    public static bool IsPlausibleWindows1252(ReadOnlySpan<byte> text)
    {
        if (text.ContainsAny(UndefinedInWindows1252))
        {
            return false;
        }

        int high = 0, crowded = 0, run = 0;
        foreach (var value in text)
        {
            if (value < 0x20 && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0C or 0x1A))
            {
                return false;
            }

            run = value < 0x80 ? 0 : run + 1;
            high += run > 0 ? 1 : 0;
            crowded += run == 3 ? 3 : run > 3 ? 1 : 0;
        }

        return 4 * crowded <= high;
    }
}
