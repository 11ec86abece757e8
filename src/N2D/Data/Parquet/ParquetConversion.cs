namespace N2D.Data;

/// <summary>Makes a value of its bytes.</summary>
/// <typeparam name="T">What is made of them.</typeparam>
/// <param name="bytes">The bytes.</param>
internal delegate T ParquetConversionOfOne<T>(ReadOnlySpan<byte> bytes);

/// <summary>Makes values of the bytes of all of them.</summary>
/// <typeparam name="T">What is made of them.</typeparam>
/// <param name="bytes">The bytes.</param>
/// <param name="target">Takes the values.</param>
internal delegate void ParquetConversionOfMany<T>(ReadOnlySpan<byte> bytes, Span<T> target);

/// <summary>What is made of the values of a column.</summary>
/// <typeparam name="T">What is made of them.</typeparam>
/// <param name="One">Makes one.</param>
/// <param name="Many">Makes many of a fixed length; null to make one after the other.</param>
internal sealed record ParquetConversion<T>(ParquetConversionOfOne<T> One, ParquetConversionOfMany<T>? Many = null)
{
    /// <summary>Makes values of a fixed length.</summary>
    /// <param name="bytes">Their bytes.</param>
    /// <param name="width">The bytes of each.</param>
    /// <param name="target">Takes them.</param>
    public void Convert(ReadOnlySpan<byte> bytes, int width, Span<T> target)
    {
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
