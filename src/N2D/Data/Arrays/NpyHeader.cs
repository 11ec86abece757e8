using System.Globalization;
using System.Buffers.Binary;
using System.Text;

namespace N2D.Data;

/// <summary>
/// How a .npy file begins: <c>\x93NUMPY</c>, the version of the format, the length of the header, and the header, a dictionary of Python that says what the values are,
/// in which order they lie and the size of each dimension. (Kern, NEP 1; numpy.lib.format, versions 1.0 to 3.0.)
/// </summary>
/// <param name="Type">What the values are.</param>
/// <param name="IsFortranOrder">Whether the first dimension runs fastest, and not the last.</param>
/// <param name="Sizes">The size of each dimension, none of them 0; the first is the number of rows. A single number has no dimension.</param>
/// <param name="DataOffset">Where the values begin, in bytes.</param>
internal sealed record NpyHeader(NpyType Type, bool IsFortranOrder, int[] Sizes, int DataOffset)
{
    /// <summary>NumPy itself reads no longer ones unasked; that of an array of numbers has about 128 bytes.</summary>
    private const int LongestHeader = 10_000;

    /// <summary>How each file begins.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The number of rows.</summary>
    public int RowCount => Sizes.Length == 0 ? 1 : Sizes[0];

    /// <summary>The number of values a row.</summary>
    public int RowLength => Sizes.Skip(1).Aggregate(1, (product, size) => product * size);

    /// <summary>How the file holds a number.</summary>
    public ElementFormat Elements => Type.Numbers ?? throw new InvalidOperationException($"Values of type {Type.Name} are not numbers.");

    /// <summary>The bytes of the whole file. A header can promise more than 64 bits count.</summary>
    public Int128 FileLength => DataOffset + ((Int128)RowCount * RowLength * Type.Size);

    /// <summary>The sizes, as messages show them.</summary>
    public string Shape => Sizes.Length == 0 ? "a single value" : string.Join(" x ", Sizes);

    /// <summary>Reads the header and checks it against the size of the file, before memory is taken for what it promises.</summary>
    /// <param name="file">The array, at its beginning.</param>
    /// <exception cref="N2DException">
    /// It is no .npy file (<c>NpyMagic</c>), of a version that is not known (<c>NpyVersion</c>), its header is malformed (<c>NpyHeader</c>), it has no values
    /// (<c>NoRows</c>), too many (<c>TooManyValues</c>), fewer than promised (<c>NpyTruncated</c>) or more (<c>NpyTrailingBytes</c>).
    /// </exception>
    public static NpyHeader Read(ArrayStream file)
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
        if (header.Type.Numbers is not null && header.Sizes.Length > 0)
        {
            header.ThrowIfSizeDiffers(file);
        }

        return header;
    }

    /// <summary>The same header, of an array in which some numbers stand for a missing value.</summary>
    /// <param name="marks">The texts that mark a missing value; null for none.</param>
    public NpyHeader WithMissing(IEnumerable<string>? marks) => this with { Type = Type with { Numbers = Type.Numbers?.WithMissing(marks) } };

    /// <summary>Whether another header says the same of the values.</summary>
    /// <param name="other">The other.</param>
    public bool IsLike(NpyHeader other) =>
        (Type.Name, IsFortranOrder, DataOffset) == (other.Type.Name, other.IsFortranOrder, other.DataOffset) && Sizes.AsSpan().SequenceEqual(other.Sizes);

    /// <summary>The error of a file that ends too early.</summary>
    /// <param name="file">The file.</param>
    public N2DException Truncated(ArrayStream file) => file.Invalid(
        "NpyTruncated",
        $" is cut short: its header promises {FileLength} bytes ({Shape}), it has {file.Length?.ToString(CultureInfo.InvariantCulture) ?? "fewer"}. Copy or write it again.");

    /// <summary>The error of a file that goes on past its end.</summary>
    /// <param name="file">The file.</param>
    public N2DException Trailing(ArrayStream file) => file.Invalid(
        "NpyTrailingBytes",
        $" goes on after the {FileLength} bytes that its header promises ({Shape}): it is damaged, or several arrays were saved to it. Save one array in each file.");

    /// <summary>Checks the size of the file against what the header promises. Of numbers, this is done when the header is read.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="N2DException">It is shorter (<c>NpyTruncated</c>) or longer (<c>NpyTrailingBytes</c>).</exception>
    public void ThrowIfSizeDiffers(ArrayStream file)
    {
        if (file.LargestLength < FileLength)
        {
            throw Truncated(file);
        }

        if (file.Length > FileLength)
        {
            throw Trailing(file);
        }
    }

    private static byte[] ReadExactly(ArrayStream file, int count)
    {
        var bytes = new byte[count];
        return file.Content.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count
            ? bytes
            : throw file.Invalid("NpyTruncated", $" is cut short: it ends within its header. Copy or write it again.");
    }
}
