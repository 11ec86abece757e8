using System.Buffers.Binary;
using System.Text;

namespace N2D.Data;

/// <summary>
/// How a .npy file begins: <c>\x93NUMPY</c>, the version of the format, the length of the header, and the header, a dictionary of Python that says what the values are,
/// in which order they lie and the size of each dimension. (Kern, NEP 1; numpy.lib.format, versions 1.0 to 3.0.)
/// </summary>
/// <param name="Elements">How the file holds a value.</param>
/// <param name="IsFortranOrder">Whether the first dimension runs fastest, and not the last.</param>
/// <param name="Sizes">The size of each dimension, none of them 0; the first is the number of rows.</param>
/// <param name="DataOffset">Where the values begin, in bytes.</param>
internal sealed record NpyHeader(ElementFormat Elements, bool IsFortranOrder, int[] Sizes, int DataOffset)
{
    /// <summary>NumPy itself reads no longer ones unasked; that of an array of numbers has about 128 bytes.</summary>
    private const int LongestHeader = 10_000;

    /// <summary>How each file begins.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The number of rows.</summary>
    public int RowCount => Sizes[0];

    /// <summary>The number of values a row.</summary>
    public int RowLength => Sizes.Skip(1).Aggregate(1, (product, size) => product * size);

    /// <summary>The bytes of the whole file.</summary>
    public long FileLength => DataOffset + ((long)RowCount * RowLength * Elements.Size);

    /// <summary>Reads the header and holds it against the size of the file, before anybody takes memory for what it promises.</summary>
    /// <param name="file">The file, at its beginning.</param>
    /// <exception cref="N2DException">
    /// It is no .npy file (<c>NpyMagic</c>), of a version that is not known (<c>NpyVersion</c>), its header is malformed (<c>NpyHeader</c>), its values are no real
    /// numbers (<c>NpyType</c>) or none at all (<c>NpyDimensions</c>, <c>NoRows</c>), too many (<c>TooManyValues</c>), fewer than promised
    /// (<c>NpyTruncated</c>) or more (<c>NpyTrailingBytes</c>).
    /// </exception>
    public static NpyHeader Read(InputFile file)
    {
        Span<byte> start = stackalloc byte[8];
        if (file.Content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.StartsWith(Magic))
        {
            throw file.Invalid("NpyMagic", $" is not a .npy file: it begins with the bytes {Convert.ToHexString(start)}, where 934E554D5059 should be. Write it with numpy.save.");
        }

        if (start[6] is 0 or > 3)
        {
            throw file.Invalid("NpyVersion", $" is of version {start[6]}.{start[7]} of the .npy format; versions 1 to 3 can be read. Write it with numpy.save.");
        }

        var lengthBytes = start[6] == 1 ? 2 : 4;
        var length = BinaryPrimitives.ReadUInt32LittleEndian([.. ReadExactly(file, lengthBytes), 0, 0]);
        if (length > LongestHeader)
        {
            throw file.Invalid("NpyHeader", $" has a header of {length} bytes; no array of numbers needs more than {LongestHeader}. The file is damaged, or holds something else.");
        }

        var text = Encoding.UTF8.GetString(ReadExactly(file, (int)length));
        var header = new NpyHeaderText(file, text).Parse(start.Length + lengthBytes + (int)length);
        header.ThrowIfSizeDiffers(file);
        return header;
    }

    /// <summary>The error of a file that ends too early.</summary>
    public N2DException Truncated(InputFile file) => file.Invalid(
        "NpyTruncated",
        $" is cut short: its header promises {FileLength} bytes ({string.Join(" x ", Sizes)}), it has {(file.IsCompressed ? "fewer" : file.LengthOnDisk)}. Copy or write it again.");

    /// <summary>The error of a file that goes on past its end.</summary>
    public N2DException Trailing(InputFile file) => file.Invalid(
        "NpyTrailingBytes",
        $" goes on after the {FileLength} bytes that its header promises ({string.Join(" x ", Sizes)}): it is damaged, or several arrays were saved to it. Save one array a file.");

    private static byte[] ReadExactly(InputFile file, int count)
    {
        var bytes = new byte[count];
        return file.Content.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count
            ? bytes
            : throw file.Invalid("NpyTruncated", $" is cut short: it ends within its header. Copy or write it again.");
    }

    private void ThrowIfSizeDiffers(InputFile file)
    {
        if (file.LargestContent < FileLength)
        {
            throw Truncated(file);
        }

        if (!file.IsCompressed && file.LengthOnDisk > FileLength)
        {
            throw Trailing(file);
        }
    }
}
