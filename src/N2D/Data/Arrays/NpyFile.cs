using System.Text;
using N2D.Files;
using N2D.Numerics;

namespace N2D.Data;

/// <summary>
/// Writes matrices as .npy files: version 1.0, little-endian float32, row-major. NumPy's numpy.load and <see cref="NpyReader"/> read them.
/// </summary>
internal static class NpyFile
{
    /// <summary>The alignment of the values in bytes, for programs that map the file.</summary>
    private const int Alignment = 64;

    /// <summary>Writes a file while its rows are produced. A temporary file is renamed when it is complete.</summary>
    /// <param name="path">Full path. An existing file is replaced.</param>
    /// <param name="rowCount">n.</param>
    /// <param name="columnCount">d.</param>
    /// <param name="write">Writes all values in row-major order.</param>
    /// <returns>The rows, memory-mapped.</returns>
    /// <exception cref="N2DException">The file cannot be written (<c>FileNotWritten</c>). An existing file is unchanged.</exception>
    public static IDataMatrix Write(string path, int rowCount, int columnCount, Action<Stream> write)
    {
        var header = HeaderOf(rowCount, columnCount);
        OutputFile.Write(
            path,
            stream =>
            {
                stream.Write(header);
                write(stream);
            },
            ByteCount(rowCount, columnCount));
        return MappedMatrix.Open(path, header.Length, rowCount, columnCount, ElementFormat.Of<float>(isBigEndian: false));
    }

    /// <summary>The length of a file in bytes.</summary>
    /// <param name="rowCount">n.</param>
    /// <param name="columnCount">d.</param>
    public static long ByteCount(int rowCount, int columnCount) =>
        HeaderOf(rowCount, columnCount).Length + ((long)sizeof(float) * rowCount * columnCount);

    private static byte[] HeaderOf(int rowCount, int columnCount)
    {
        // The fixed part is the magic string, the version and the header length. The dictionary follows, padded with spaces before the line
        // end.
        const int Fixed = 10;
        var text = FormattableString.Invariant($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rowCount}, {columnCount}), }}");
        var length = (((Fixed + text.Length + 1 + Alignment - 1) / Alignment) * Alignment) - Fixed;
        return [.. NpyHeader.Magic, 1, 0, (byte)length, (byte)(length >> 8), .. Encoding.ASCII.GetBytes(
            text.PadRight(length - 1)), (byte)'\n'];
    }
}
