using System.Runtime.InteropServices;
using N2D.Numerics;

namespace N2D.Bench;

/// <summary>Files of matrices and labels for the peers: little-endian float32 or int32, row by row, without a header.</summary>
internal static class MatrixFile
{
    /// <summary>Reads rows.</summary>
    public static Matrix Read(string path, int columnCount)
    {
        using var stream = File.OpenRead(path);
        var values = new float[stream.Length / sizeof(float)];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return Matrix.Own(values, columnCount);
    }

    /// <summary>Writes rows.</summary>
    public static void Write(string path, Matrix rows)
    {
        using var stream = File.Create(path);
        stream.Write(MemoryMarshal.AsBytes(rows.Values));
    }
}
