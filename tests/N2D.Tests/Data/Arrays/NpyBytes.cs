using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using N2D.Data;

namespace N2D.Tests.Data;

/// <summary>Arrays as numpy.save writes them.</summary>
internal static class NpyBytes
{
    /// <summary>An array of a type, given its bytes.</summary>
    public static byte[] Raw(string descr, string shape, byte[] data, bool isFortranOrder = false)
    {
        var header = $"{{'descr': {(descr.StartsWith('[') ? descr : $"'{descr}'")}, 'fortran_order': "
            + $"{(isFortranOrder ? "True" : "False")}, 'shape': ({shape}), }}\n";
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        return [.. NpyHeader.Magic, 1, 0, .. length, .. Encoding.ASCII.GetBytes(header), .. data];
    }

    /// <summary>An array of numbers, in the order of bytes of this machine.</summary>
    public static byte[] Of<T>(string descr, string shape, params T[] values)
        where T : unmanaged => Raw(descr, shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <summary>An array of one dimension of texts, UTF-32 as NumPy's <c>U</c> is.</summary>
    public static byte[] Text(params string[] texts)
    {
        var longest = texts.Max(text => text.EnumerateRunes().Count());
        return Raw($"<U{longest}", $"{texts.Length},", [.. texts.SelectMany(text => Padded(Encoding.UTF32.GetBytes(text), 4 * longest))]);
    }

    /// <summary>An array of one dimension of bytes, NumPy's <c>S</c>.</summary>
    public static byte[] ByteText(params byte[][] texts)
    {
        var longest = texts.Max(text => text.Length);
        return Raw($"|S{longest}", $"{texts.Length},", [.. texts.SelectMany(text => Padded(text, longest))]);
    }

    private static byte[] Padded(byte[] bytes, int length) => [.. bytes, .. new byte[length - bytes.Length]];
}
