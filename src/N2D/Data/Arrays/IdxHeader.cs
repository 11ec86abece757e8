using System.Buffers.Binary;

namespace N2D.Data;

/// <summary>
/// How an IDX file begins: two zero bytes, the type of the values, the number of dimensions, and the size of each as a big-endian
/// 32-bit number. (LeCun, Cortes and Burges, the MNIST database of handwritten digits.)
/// </summary>
/// <param name="Sizes">The size of each dimension; the first is the number of items.</param>
internal sealed record IdxHeader(int[] Sizes)
{
    /// <summary>The type of unsigned bytes, the only one that is read.</summary>
    private const byte UnsignedByte = 0x08;

    /// <summary>The number of images or labels.</summary>
    public int Count => Sizes[0];

    /// <summary>The number of bytes of one item.</summary>
    public int ItemLength => Sizes.Skip(1).Aggregate(1, (product, size) => product * size);

    /// <summary>The bytes of the header; the items follow.</summary>
    public int Length => 4 + (4 * Sizes.Length);

    /// <summary>The bytes of the whole file.</summary>
    private Int128 FileLength => Length + ((Int128)Count * ItemLength);

    /// <summary>Reads the header and holds it against the size of the file, before anybody takes memory for what it promises.</summary>
    /// <param name="file">The file, at its beginning.</param>
    /// <exception cref="N2DException">
    /// It is no IDX file (<c>IdxMagic</c>), of another type (<c>IdxType</c>), cut short (<c>IdxTruncated</c>), too long
    /// (<c>IdxTrailingBytes</c>) or empty (<c>NoRows</c>).
    /// </exception>
    public static IdxHeader Read(InputFile file)
    {
        Span<byte> magic = stackalloc byte[4];
        if (file.Content.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length || magic[0] != 0 || magic[1] != 0)
        {
            throw file.Invalid(
                "IdxMagic",
                $" is not an IDX file: it begins with the bytes {Convert.ToHexString(magic)}, where 00000803 (images) or 00000801 (labels) should be. Check that it is the file as published.");
        }

        if (magic[2] != UnsignedByte)
        {
            throw file.Invalid("IdxType", $" holds values of type 0x{magic[2]:X2} ({TypeName(magic[2])}); only unsigned bytes (0x08) can be read. Convert it to bytes or to CSV.");
        }

        var header = new IdxHeader(ReadSizes(file, magic[3]));
        header.ThrowIfSizeDiffers(file);
        return header;
    }

    private static int[] ReadSizes(InputFile file, int dimensionCount)
    {
        if (dimensionCount is 0 or > 4)
        {
            throw file.Invalid("IdxMagic", $" is not an IDX file of images or labels: its fourth byte says {Quantity.Of(dimensionCount, "dimension")}. Check that it is the file as published.");
        }

        var bytes = new byte[4 * dimensionCount];
        if (file.Content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw file.Invalid("IdxTruncated", $" is cut short: it ends within its header. Download or copy it again.");
        }

        var sizes = new int[dimensionCount];
        long itemLength = 1;
        for (var dimension = 0; dimension < sizes.Length; dimension++)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4 * dimension));
            if (size == 0)
            {
                throw file.Invalid("NoRows", $" holds nothing: its header says that dimension {dimension + 1} has size 0.");
            }

            // Of all items together there may be more, as a file need not be read into memory.
            itemLength *= dimension == 0 ? 1 : size;
            if (size > Array.MaxLength || itemLength > Array.MaxLength)
            {
                throw file.Invalid("TooManyValues", $" promises more than {Array.MaxLength} items, or values in one, in its header. If that is not so, the file is damaged: download it again.");
            }

            sizes[dimension] = (int)size;
        }

        return sizes;
    }

    private void ThrowIfSizeDiffers(InputFile file)
    {
        var possible = file.LargestContent;
        if (possible < FileLength)
        {
            throw Truncated(file, file.IsCompressed ? null : file.LengthOnDisk);
        }

        if (!file.IsCompressed && possible > FileLength)
        {
            throw Trailing(file, (long)(possible - FileLength));
        }
    }

    /// <summary>The error of a file that ends too early.</summary>
    private N2DException Truncated(InputFile file, long? found)
    {
        var end = found is { } length ? $"it has {length} bytes" : "it holds fewer";
        return file.Invalid("IdxTruncated", $" is cut short: its header promises {FileLength} bytes ({string.Join(" x ", Sizes)}), {end}. Download or copy it again.");
    }

    /// <summary>The error of a file that goes on past its end.</summary>
    private static N2DException Trailing(InputFile file, long? count) =>
        file.Invalid("IdxTrailingBytes", $" goes on {(count is { } bytes ? $"for {bytes} bytes " : "")}after the last item that its header promises: it is damaged or not what it seems. Download or copy it again.");

    /// <summary>Reads the next items' bytes.</summary>
    public void ReadExactly(InputFile file, Span<byte> bytes)
    {
        if (file.Content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw Truncated(file, null);
        }
    }

    /// <summary>Refuses a file that goes on past its end.</summary>
    public static void ThrowIfNotAtEnd(InputFile file)
    {
        if (file.Content.ReadByte() >= 0)
        {
            throw Trailing(file, null);
        }
    }

    private static string TypeName(byte type) => type switch
    {
        0x09 => "signed bytes",
        0x0B => "16-bit integers",
        0x0C => "32-bit integers",
        0x0D => "float32",
        0x0E => "float64",
        _ => "unknown",
    };
}
