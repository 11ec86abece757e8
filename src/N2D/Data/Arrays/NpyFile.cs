using System.Text;
using N2D.Files;
using N2D.Numerics;

namespace N2D.Data;

/// <summary>Writes matrices as .npy, version 1.0, little-endian float32, row after row: NumPy's numpy.load reads it, and Import-N2DDataset.</summary>
internal static class NpyFile
{
    /// <summary>What the values are aligned to, for those who map the file.</summary>
    private const int Alignment = 64;

    /// <summary>Writes a file as its rows come, beside its place; renamed when all are there.</summary>
    /// <param name="path">Full path; a file that is there is replaced.</param>
    /// <param name="rowCount">n.</param>
    /// <param name="columnCount">d.</param>
    /// <param name="write">Writes all values, row after row.</param>
    /// <returns>The rows, in the file.</returns>
    /// <exception cref="N2DException">It cannot be written (<c>FileNotWritten</c>); one that was there is as it was.</exception>
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

    /// <summary>The bytes of a file.</summary>
    /// <param name="rowCount">n.</param>
    /// <param name="columnCount">d.</param>
    public static long ByteCount(int rowCount, int columnCount) => HeaderOf(rowCount, columnCount).Length + ((long)sizeof(float) * rowCount * columnCount);

    private static byte[] HeaderOf(int rowCount, int columnCount)
    {
        // Magic, version and the length of the rest; then the dictionary, filled up with spaces before the line's end.
        const int Fixed = 10;
        var text = FormattableString.Invariant($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rowCount}, {columnCount}), }}");
        var length = (((Fixed + text.Length + 1 + Alignment - 1) / Alignment) * Alignment) - Fixed;
        return [.. NpyHeader.Magic, 1, 0, (byte)length, (byte)(length >> 8), .. Encoding.ASCII.GetBytes(text.PadRight(length - 1)), (byte)'\n'];
    }
}
