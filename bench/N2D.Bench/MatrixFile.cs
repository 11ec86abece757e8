using System.Runtime.InteropServices;
using N2D.Numerics;

namespace N2D.Bench;

/// <summary>Matrices and labels as the peers read them: little-endian float32 and int32, row after row, and nothing else.</summary>
internal static class MatrixFile
{
    /// <summary>Reads rows of so many columns.</summary>
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
