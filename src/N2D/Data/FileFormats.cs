namespace N2D.Data;

/// <summary>Tells the formats of files apart.</summary>
public static class FileFormats
{
    /// <summary>How much of a file is looked at: some lines of text.</summary>
    private const int HeadLength = 1 << 12;

    /// <summary>The format that a file begins like: images, IDX, .npy, .npz and Parquet by their magic numbers, libsvm by its first lines, else delimited text.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="N2DException">The file cannot be read.</exception>
    public static DatasetFormat Detect(string path) => Detect(new FileLocation(path));

    /// <summary>The format that a file on disk or in an archive begins like.</summary>
    /// <param name="location">Where it is.</param>
    internal static DatasetFormat Detect(FileLocation location) => InputFile.ReadHead(location, HeadLength) switch
    {
        var head when ImageFiles.IsImage(head) => DatasetFormat.Image,
        var head when IsIdx(head) => DatasetFormat.Idx,
        var head when head.AsSpan().StartsWith(NpyHeader.Magic) => DatasetFormat.Npy,
        var head when ArchiveFile.IsArchive(head) => DatasetFormat.Npz,
        var head when ParquetFileReader.IsParquet(head) => DatasetFormat.Parquet,
        var head when LibSvmReader.IsLibSvm(head) => DatasetFormat.LibSvm,
        _ => DatasetFormat.Delimited,
    };

    /// <summary>Two zero bytes, a type, and a number of dimensions.</summary>
    internal static bool IsIdx(ReadOnlySpan<byte> head) => head is [0, 0, >= 0x08 and <= 0x0e, >= 1 and <= 4, ..];

    /// <summary>What a data set is called that comes from a file: the file's name without extensions.</summary>
    internal static string DatasetNameOf(string path)
    {
        var name = Path.GetFileName(path);
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            name = name[..^3];
        }

        var stem = Path.GetFileNameWithoutExtension(name);
        return stem.Length > 0 ? stem : Path.GetFileName(path);
    }
}
