using System.Buffers.Binary;

namespace N2D.Data;

/// <summary>
/// The header of an IDX file: two zero bytes, the element type, the number of dimensions, and the size of each dimension as a big-endian
/// 32-bit integer. (LeCun, Cortes and Burges, the MNIST database of handwritten digits.)
/// </summary>
/// <param name="Sizes">The size of each dimension. The first is the number of items.</param>
internal sealed record IdxHeader(int[] Sizes)
{
    /// <summary>The type code of unsigned bytes, the only supported element type.</summary>
    private const byte UnsignedByte = 0x08;

    /// <summary>The number of images or labels.</summary>
    public int Count => Sizes[0];

    /// <summary>The number of bytes of one item.</summary>
    public int ItemLength => Sizes.Skip(1).Aggregate(1, (product, size) => product * size);

    /// <summary>The length of the header in bytes. The items follow.</summary>
    public int Length => 4 + (4 * Sizes.Length);

    /// <summary>The length of the whole file in bytes.</summary>
    private Int128 FileLength => Length + ((Int128)Count * ItemLength);

    /// <summary>Reads the header and checks it against the size of the file, before memory is allocated.</summary>
    /// <param name="file">The file, at its beginning.</param>
    /// <exception cref="N2DException">
    /// The file is not IDX (<c>IdxMagic</c>), has another element type (<c>IdxType</c>), is incomplete (<c>IdxTruncated</c>), too long
    /// (<c>IdxTrailingBytes</c>) or empty (<c>NoRows</c>).
    /// </exception>
    public static IdxHeader Read(InputFile file)
    {
        Span<byte> magic = stackalloc byte[4];
        if (file.Content.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length || magic[0] != 0 || magic[1] != 0)
        {
            throw file.Invalid(
                "IdxMagic",
                $" is not an IDX file. It begins with the bytes {Convert.ToHexString(magic)} instead of 00000803 (images) or 00000801 "
                    + $"(labels). Check that it is the published file.");
        }

        if (magic[2] != UnsignedByte)
        {
            throw file.Invalid(
                "IdxType",
                $" holds values of type 0x{magic[2]:X2} ({TypeName(magic[2])}). Only unsigned bytes (0x08) are supported. "
                    + $"Convert it to bytes or to CSV.");
        }

        var header = new IdxHeader(ReadSizes(file, magic[3]));
        header.ThrowIfSizeDiffers(file);
        return header;
    }

    private static int[] ReadSizes(InputFile file, int dimensionCount)
    {
        if (dimensionCount is 0 or > 4)
        {
            throw file.Invalid(
                "IdxMagic",
                $" is not an IDX file of images or labels. Its fourth byte gives {Quantity.Of(dimensionCount, "dimension")}. "
                    + $"Check that it is the published file.");
        }

        var bytes = new byte[4 * dimensionCount];
        if (file.Content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw file.Invalid("IdxTruncated", $" is incomplete: it ends within its header. Download or copy it again.");
        }

        var sizes = new int[dimensionCount];
        long itemLength = 1;
        for (var dimension = 0; dimension < sizes.Length; dimension++)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4 * dimension));
            if (size == 0)
            {
                throw file.Invalid("NoRows", $" is empty: according to its header, dimension {dimension + 1} has size 0.");
            }

            // The number of items is not limited, because the file can be memory-mapped.
            itemLength *= dimension == 0 ? 1 : size;
            if (size > Array.MaxLength || itemLength > Array.MaxLength)
            {
                throw file.Invalid(
                    "TooManyValues",
                    $" has more than {Array.MaxLength} items, or values in an item, according to its header. "
                        + $"If that is wrong, the file is damaged: download it again.");
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

    /// <summary>Creates the error for a file that ends too early.</summary>
    private N2DException Truncated(InputFile file, long? found)
    {
        var end = found is { } length ? $"the file has {length}" : "the file has fewer";
        return file.Invalid(
            "IdxTruncated",
            $" is incomplete: according to its header it has {FileLength} bytes ({string.Join(" x ", Sizes)}), but {end}. "
                + $"Download or copy it again.");
    }

    /// <summary>Creates the error for a file with data after its end.</summary>
    private static N2DException Trailing(InputFile file, long? count) =>
        file.Invalid(
            "IdxTrailingBytes",
            $" has {(count is { } bytes ? $"{bytes} bytes" : "data")} after the last item that its header specifies. "
                + $"It is damaged, or not an IDX file. Download or copy it again.");

    /// <summary>Reads the bytes of the next items.</summary>
    public void ReadExactly(InputFile file, Span<byte> bytes)
    {
        if (file.Content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw Truncated(file, null);
        }
    }

    /// <summary>Rejects a file with data after its end.</summary>
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
