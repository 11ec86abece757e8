using ICSharpCode.SharpZipLib.Checksum;

namespace N2D.Data;

/// <summary>A file of a data set as its publisher made it, before any compression.</summary>
/// <param name="Name">Its path below the folder of the data set, with <c>/</c> between folders.</param>
/// <param name="Size">Its size in bytes; null if it is not known.</param>
/// <param name="Crc32">The CRC-32 of its content; null if it is not known.</param>
/// <remarks>
/// CRC-32 is what gzip files and zip archives carry of their content, so that it costs nothing there. It finds files that are damaged, cut short or
/// another data set's of the same name; it is no guard against forgery.
/// </remarks>
internal sealed record PublishedFile(string Name, long? Size = null, uint? Crc32 = null)
{
    /// <summary>Says what a file that was found has not in common with the published one.</summary>
    /// <param name="location">Where it was found.</param>
    /// <returns>A sentence; null if nothing is known against it.</returns>
    public string? Compare(FileLocation location) => Size is null ? null : InputFile.Read(location, file =>
    {
        // What gzip files and archives say of their content is checked when that is read. A gzip file of several members speaks of the last alone.
        if ((file.Listed ?? file.Trailer) is { } told && told.Size == Size && (Crc32 is null || told.Crc32 == Crc32))
        {
            return null;
        }

        if (!file.IsCompressed && (file.LengthOnDisk != Size || Crc32 is null))
        {
            return file.LengthOnDisk == Size ? null : Sentence(file, $"has {file.LengthOnDisk} bytes, where {Size} are expected");
        }

        var (size, crc32) = ChecksumOf(file);
        return size != Size ? Sentence(file, $"has {size} bytes, where {Size} are expected")
            : Crc32 is null || crc32 == Crc32 ? null
            : Sentence(file, $"has the {Size} bytes that are expected, but others (CRC-32 {crc32:x8}, where {Crc32:x8} is expected)");
    });

    private static string Sentence(InputFile file, FormattableString difference) => FormattableString.Invariant(
        $"'{file.FullPath}' is not the file as published:{(file.IsCompressed ? " decompressed, it" : " it")} {FormattableString.Invariant(difference)}.");

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
