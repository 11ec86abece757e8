using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using N2D.Files;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Studies;

/// <summary>Digests of the content of data and models. Keys of tasks contain them, so a changed file gives new tasks.</summary>
public static class StudyData
{
    private const int DigestBytes = 16;

    /// <summary>
    /// Returns a digest of rows as they are imported: their values, labels and weights, and what a model keeps of them, such as the names
    /// of the columns and the shape of images. The name of the data set is not part of it, so a file can be moved.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="execution">Progress and cancellation.</param>
    public static string DigestOf(Embedding rows, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var more = new List<byte>(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{rows.RowCount} x {rows.Dimension}")));
        more.AddRange(Encoding.UTF8.GetBytes(ModelJson.Write(DataDocument.Of(rows.GetDataset()) with { Name = "" })));
        if (rows.GetLabels() is { } labels)
        {
            more.AddRange(MemoryMarshal.AsBytes([.. labels.GetCodes()]));
            more.AddRange(Encoding.UTF8.GetBytes(string.Join('\n', labels.ClassNames)));
        }

        if (rows.GetWeights() is { } weights)
        {
            more.AddRange(MemoryMarshal.AsBytes([.. weights]));
        }

        return RowDigest.Of(rows.GetDataMatrix(), execution, CollectionsMarshal.AsSpan(more)).ToLowerInvariant();
    }

    /// <summary>
    /// Returns the length of a file and the time of its last change, which show a change without reading a large file again.
    /// </summary>
    /// <param name="path">Full path.</param>
    public static string StampOf(string path)
    {
        var file = new FileInfo(path);
        return string.Create(CultureInfo.InvariantCulture, $"{(file.Exists ? file.Length : -1)} {file.LastWriteTimeUtc:O}");
    }

    /// <summary>Returns a digest of the bytes of a file.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="execution">Cancellation.</param>
    public static string DigestOfFile(string path, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        using var file = SharedFile.Open(path);
        return Convert.ToHexStringLower(SHA256.HashDataAsync(file, execution.CancellationToken).AsTask().GetAwaiter().GetResult()
            .AsSpan(0, DigestBytes));
    }
}
