using System.Diagnostics;

namespace N2D.Data;

/// <summary>Converts the bytes of one value.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
/// <param name="bytes">The bytes of the value.</param>
internal delegate T ParquetValueConversion<T>(ReadOnlySpan<byte> bytes);

/// <summary>Converts the bytes of several values.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
/// <param name="bytes">The bytes of the values.</param>
/// <param name="target">Receives the values.</param>
internal delegate void ParquetBlockConversion<T>(ReadOnlySpan<byte> bytes, Span<T> target);

/// <summary>Converts the values of a column.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
/// <param name="One">Converts one value.</param>
/// <param name="Many">Converts several values of a fixed length; null to convert them one by one.</param>
internal sealed record ParquetConversion<T>(ParquetValueConversion<T> One, ParquetBlockConversion<T>? Many = null)
{
    /// <summary>Converts values of a fixed length.</summary>
    /// <param name="bytes">The bytes of the values.</param>
    /// <param name="width">The size of a value in bytes.</param>
    /// <param name="target">Receives the values.</param>
    public void Convert(ReadOnlySpan<byte> bytes, int width, Span<T> target)
    {
        Debug.Assert(bytes.Length == (long)width * target.Length, "As many bytes as the values need.");
        if (Many is not null)
        {
            Many(bytes, target);
            return;
        }

        for (var place = 0; place < target.Length; place++)
        {
            target[place] = One(bytes.Slice(place * width, width));
        }
    }
}
