using ICSharpCode.SharpZipLib.Checksum;

namespace N2D.Data;

/// <summary>A published file of a data set, uncompressed.</summary>
/// <param name="Name">The path in the folder of the data set, with <c>/</c> between folders.</param>
/// <param name="Size">The size in bytes; null if unknown.</param>
/// <param name="Crc32">The CRC-32 of the content; null if unknown.</param>
/// <remarks>
/// Gzip files and zip archives contain the CRC-32 of their content, so checking it costs nothing. It detects damaged and truncated files,
/// and files of other data sets with the same name, but not forged ones.
/// </remarks>
internal sealed record PublishedFile(string Name, long? Size = null, uint? Crc32 = null)
{
    /// <summary>Compares a file with the published one.</summary>
    /// <param name="location">The location of the file.</param>
    /// <returns>The difference, as a sentence; null if none is found.</returns>
    public string? Compare(FileLocation location) => Size is null ? null : InputFile.Read(location, file =>
    {
        // Reading verifies the size and the CRC-32 that a gzip file or an archive states. A gzip file of several members states only those
        // of the last one.
        if ((file.Listed ?? file.Trailer) is { } stated && stated.Size == Size && (Crc32 is null || stated.Crc32 == Crc32))
        {
            return null;
        }

        if (!file.IsCompressed && (file.LengthOnDisk != Size || Crc32 is null))
        {
            return file.LengthOnDisk == Size ? null : Sentence(file, $"has {file.LengthOnDisk} bytes, but {Size} are expected");
        }

        var (size, crc32) = ChecksumOf(file);
        return size != Size ? Sentence(file, $"has {size} bytes, but {Size} are expected")
            : Crc32 is null || crc32 == Crc32 ? null
            : Sentence(file, $"has the expected {Size} bytes, but different content (CRC-32 {crc32:x8}, expected {Crc32:x8})");
    });

    private static string Sentence(InputFile file, InvariantText difference) =>
        $"'{file.FullPath}' is not the file as published:{(file.IsCompressed ? " decompressed, it" : " it")} "
            + $"{difference.ToStringAndClear()}.";

    private static (long Size, uint Crc32) ChecksumOf(InputFile file)
    {
        var checksum = new Crc32();
        var (block, size) = (new byte[1 << 16], 0L);
        for (int read; (read = file.Content.Read(block, 0, block.Length)) > 0; size += read)
        {
            checksum.Update(new ArraySegment<byte>(block, 0, read));
        }

        return (size, (uint)checksum.Value);
    }
}
