using System.Buffers.Binary;
using System.Text;

namespace N2D.Data;

/// <summary>
/// The header of a .npy file: <c>\x93NUMPY</c>, the format version, the header length, and a Python dictionary with the element type, the
/// order of the values and the size of each dimension. (Kern, NEP 1; numpy.lib.format, versions 1.0 to 3.0.)
/// </summary>
/// <param name="Type">The element type.</param>
/// <param name="IsFortranOrder">Whether the first dimension varies fastest (Fortran order) instead of the last (C order).</param>
/// <param name="Sizes">The size of each dimension, 1 or more. The first is the number of rows. A scalar has no dimensions.</param>
/// <param name="DataOffset">The position of the first value, in bytes.</param>
internal sealed record NpyHeader(NpyType Type, bool IsFortranOrder, int[] Sizes, long DataOffset)
{
    /// <summary>The maximum header length; NumPy has the same default. The header of a numeric array has about 128 bytes.</summary>
    private const int MaxHeaderLength = 10_000;

    /// <summary>The magic string at the start of each file.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The number of rows.</summary>
    public int RowCount => Sizes.Length == 0 ? 1 : Sizes[0];

    /// <summary>The number of values in a row.</summary>
    public int RowLength => Sizes.Skip(1).Aggregate(1, (product, size) => product * size);

    /// <summary>The binary format of the numbers.</summary>
    public ElementFormat Elements => Type.Numbers ?? throw new InvalidOperationException($"Values of type {Type.Name} are not numbers.");

    /// <summary>The length of the whole file in bytes. A header can specify more than 64 bits can hold.</summary>
    public Int128 FileLength => DataOffset + ((Int128)RowCount * RowLength * Type.Size);

    /// <summary>The sizes as text for messages.</summary>
    public string Shape => Sizes.Length == 0 ? "a single value" : string.Join(" x ", Sizes);

    /// <summary>Reads the header and checks it against the size of the file, before memory is allocated.</summary>
    /// <param name="file">The array, at its beginning.</param>
    /// <exception cref="N2DException">
    /// The file is not .npy (<c>NpyMagic</c>), has an unknown version (<c>NpyVersion</c>) or a malformed header (<c>NpyHeader</c>), has no
    /// values (<c>NoRows</c>) or too many (<c>TooManyValues</c>), or fewer (<c>NpyTruncated</c>) or more (<c>NpyTrailingBytes</c>) than the
    /// header specifies.
    /// </exception>
    public static NpyHeader Read(ArrayStream file)
    {
        Span<byte> start = stackalloc byte[8];
        if (file.Content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.StartsWith(Magic))
        {
            throw file.Invalid(
                "NpyMagic",
                $" is not a .npy file. It begins with the bytes {Convert.ToHexString(start)} instead of 934E554D5059. "
                    + $"Write it with numpy.save.");
        }

        if (start[6] is 0 or > 3)
        {
            throw file.Invalid(
                "NpyVersion",
                $" has version {start[6]}.{start[7]} of the .npy format. Versions 1 to 3 are supported. Write it with numpy.save.");
        }

        var lengthBytes = start[6] == 1 ? 2 : 4;
        var length = BinaryPrimitives.ReadUInt32LittleEndian([.. ReadExactly(file, lengthBytes), 0, 0]);
        if (length > MaxHeaderLength)
        {
            throw file.Invalid(
                "NpyHeader",
                $" has a header of {length} bytes. Arrays of numbers need at most {MaxHeaderLength}. "
                    + $"The file is damaged, or is not an array of numbers.");
        }

        var text = Encoding.UTF8.GetString(ReadExactly(file, (int)length));
        var header = new NpyHeaderText(file, text).Parse(start.Length + lengthBytes + (int)length);
        if (header.Type.Numbers is not null && header.Sizes.Length > 0)
        {
            header.ThrowIfSizeDiffers(file);
        }

        return header;
    }

    /// <summary>Returns this header with numbers that mark a missing value.</summary>
    /// <param name="marks">The missing-value marks; null for none.</param>
    public NpyHeader WithMissing(IEnumerable<string>? marks) =>
        this with { Type = Type with { Numbers = Type.Numbers?.WithMissing(marks) } };

    /// <summary>The rows that are read; null for all. The sizes and the offset are those of the range.</summary>
    public RowRange? Range { get; private init; }

    /// <summary>Returns the header of a range of the rows of an array in C order.</summary>
    /// <param name="range">The range; null for all rows.</param>
    /// <param name="file">The name of the file.</param>
    /// <exception cref="N2DException">The range has no rows (<c>RowRangeEmpty</c>).</exception>
    public NpyHeader Slice(RowRange? range, string file)
    {
        if (range is null)
        {
            return this;
        }

        var (start, count) = range.Value.Within(RowCount, file);
        return this with
        {
            Range = range,
            Sizes = [(int)count, .. Sizes.Skip(1)],
            DataOffset = DataOffset + (start * RowLength * Type.Size),
        };
    }

    /// <summary>Whether another header has the same values.</summary>
    /// <param name="other">The other header.</param>
    public bool IsLike(NpyHeader other) =>
        (Type.Name, IsFortranOrder, DataOffset) == (other.Type.Name, other.IsFortranOrder, other.DataOffset)
            && Sizes.AsSpan().SequenceEqual(other.Sizes);

    /// <summary>Creates the error for a file that ends too early.</summary>
    /// <param name="file">The file.</param>
    public N2DException Truncated(ArrayStream file) => file.Invalid(
        "NpyTruncated",
        $" is incomplete: according to its header it has {FileLength} bytes ({Shape}), but the file has "
            + $"{(file.Length is { } length ? $"{length}" : "fewer")}. Copy or write it again.");

    /// <summary>Creates the error for a file with data after its end.</summary>
    /// <param name="file">The file.</param>
    public N2DException Trailing(ArrayStream file) => file.Invalid(
        "NpyTrailingBytes",
        $" has data after the {FileLength} bytes that its header specifies ({Shape}). It is damaged, or several arrays were saved to it. "
            + $"Save each array to its own file.");

    /// <summary>Checks the size of the file against the header. For numbers, <see cref="Read"/> does this.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="N2DException">The file is shorter (<c>NpyTruncated</c>) or longer (<c>NpyTrailingBytes</c>).</exception>
    public void ThrowIfSizeDiffers(ArrayStream file)
    {
        if (file.MaxLength < FileLength)
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
            : throw file.Invalid("NpyTruncated", $" is incomplete: it ends within its header. Copy or write it again.");
    }
}
