using System.Buffers.Binary;

namespace N2D.Autoencoders;

/// <summary>Reads which system a native library was built for from its first bytes.</summary>
internal static class LibraryHeader
{
    /// <summary>The number of bytes that are enough.</summary>
    public const int Length = 4096;

    private const int MaxProcessors = 16;

    /// <summary>Returns the systems of a library, such as <c>linux-x64</c>. Libraries of macOS can be for several processors.</summary>
    /// <param name="head">The first <see cref="Length"/> bytes of the file, or all if it is shorter.</param>
    /// <returns>Nothing if the file is not a library; <c>win-other</c> or the like for other processors.</returns>
    public static IReadOnlyList<string> SystemsOf(ReadOnlySpan<byte> head)
    {
        // ELF: class 2 has 64 bits, data 1 is little-endian (System V ABI, 4.1).
        if (head is [0x7F, (byte)'E', (byte)'L', (byte)'F', var elfClass, var data, ..] && head.Length >= 20)
        {
            var machine = BinaryPrimitives.ReadUInt16LittleEndian(head[18..]);
            return [$"linux-{((elfClass, data, machine) switch { (2, 1, 62) => "x64", (2, 1, 183) => "arm64", _ => "other" })}"];
        }

        // PE: the offset of the header is at 0x3C (PE format, 2.2 and 3.3.1).
        if (head is [(byte)'M', (byte)'Z', ..] && head.Length >= 64)
        {
            var offset = BinaryPrimitives.ReadInt32LittleEndian(head[0x3C..]);
            return offset >= 0 && offset <= head.Length - 6 && head.Slice(offset, 4).SequenceEqual("PE\0\0"u8)
                ? [$"win-{BinaryPrimitives.ReadUInt16LittleEndian(head[(offset + 4)..]) switch
                {
                    0x8664 => "x64",
                    0xAA64 => "arm64",
                    _ => "other",
                }}"]
                : [];
        }

        // Mach-O (mach-o/loader.h, mach-o/fat.h). A universal file lists its processors in big-endian order.
        if (head is [0xCF, 0xFA, 0xED, 0xFE, ..] && head.Length >= 8)
        {
            return [OfMac(BinaryPrimitives.ReadUInt32LittleEndian(head[4..]))];
        }

        if (head is [0xCA, 0xFE, 0xBA, 0xBE, ..] && head.Length >= 8)
        {
            const int Entry = 20;
            var systems = new List<string>();
            var count = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(head[4..]), MaxProcessors);
            for (var offset = 8; systems.Count < count && offset + Entry <= head.Length; offset += Entry)
            {
                systems.Add(OfMac(BinaryPrimitives.ReadUInt32BigEndian(head[offset..])));
            }

            return systems;
        }

        return [];
    }

    private static string OfMac(uint processor) =>
        $"osx-{processor switch { 0x0100_0007 => "x64", 0x0100_000C => "arm64", _ => "other" }}";
}
