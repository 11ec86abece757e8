using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace N2D.Tests.Data;

/// <summary>A folder for the files of one test, deleted after it.</summary>
internal sealed class TemporaryFiles : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("n2d-data-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public string Text(string name, string text) => Bytes(name, Encoding.UTF8.GetBytes(text));

    public string Bytes(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, name.EndsWith(".gz", StringComparison.Ordinal) ? Compress(bytes) : bytes);
        return path;
    }

    /// <summary>An IDX file of unsigned bytes as LeCun describes it.</summary>
    public string Idx(string name, int[] sizes, byte[] values) => Bytes(name, IdxBytes(sizes, values));

    public static byte[] IdxBytes(int[] sizes, byte[] values)
    {
        var header = new byte[4 + (4 * sizes.Length)];
        header[2] = 0x08;
        header[3] = (byte)sizes.Length;
        for (var dimension = 0; dimension < sizes.Length; dimension++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * dimension)), sizes[dimension]);
        }

        return [.. header, .. values];
    }

    /// <summary>A zip archive of files.</summary>
    public string Zip(string name, params (string Name, byte[] Content)[] files) => Bytes(name, ZipBytes(files));

    public static byte[] ZipBytes(params (string Name, byte[] Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in files)
            {
                using var member = zip.CreateEntry(name).Open();
                member.Write(content);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return compressed.ToArray();
    }
}
