using System.Buffers.Binary;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace N2D.Data;

/// <summary>Makes numbers of the values of a column.</summary>
internal static class ParquetNumber
{
    /// <summary>As double.</summary>
    /// <param name="type">The values, which are numbers.</param>
    public static ParquetConversion<double> AsDouble(ParquetValueType type) => (type.Meaning, type.Physical) switch
    {
        (ParquetMeaning.Half, _) => new(bytes => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes)),
        (ParquetMeaning.Decimal, ParquetPhysicalType.Int32) => Scaled(type, bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes)),
        (ParquetMeaning.Decimal, ParquetPhysicalType.Int64) => Scaled(type, bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes)),
        (ParquetMeaning.Decimal, _) => Scaled(type, bytes => (double)new BigInteger(bytes, isBigEndian: true)),
        (ParquetMeaning.Unsigned, ParquetPhysicalType.Int32) => new(bytes => BinaryPrimitives.ReadUInt32LittleEndian(bytes), (bytes, target) => TensorPrimitives.ConvertTruncating(Cast<uint>(bytes), target)),
        (ParquetMeaning.Unsigned, _) => new(bytes => BinaryPrimitives.ReadUInt64LittleEndian(bytes), (bytes, target) => TensorPrimitives.ConvertTruncating(Cast<ulong>(bytes), target)),
        (_, ParquetPhysicalType.Boolean) => new(bytes => bytes[0]),
        (_, ParquetPhysicalType.Int32) => new(bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes), (bytes, target) => TensorPrimitives.ConvertTruncating(Cast<int>(bytes), target)),
        (_, ParquetPhysicalType.Int64) => new(bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes), (bytes, target) => TensorPrimitives.ConvertTruncating(Cast<long>(bytes), target)),
        (_, ParquetPhysicalType.Float) => new(bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes), (bytes, target) => TensorPrimitives.ConvertTruncating(Cast<float>(bytes), target)),
        _ => new(BinaryPrimitives.ReadDoubleLittleEndian, (bytes, target) => Cast<double>(bytes).CopyTo(target)),
    };

    /// <summary>As float.</summary>
    /// <param name="type">The values, which are numbers.</param>
    public static ParquetConversion<float> AsFloat(ParquetValueType type)
    {
        switch (type.Physical)
        {
            case ParquetPhysicalType.Float:
                return new(BinaryPrimitives.ReadSingleLittleEndian, (bytes, target) => Cast<float>(bytes).CopyTo(target));
            case ParquetPhysicalType.Double:
                return new(bytes => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes), (bytes, target) => TensorPrimitives.ConvertTruncating(Cast<double>(bytes), target));
            default:
                var number = AsDouble(type).One;
                return new(bytes => (float)number(bytes));
        }
    }

    private static ParquetConversion<double> Scaled(ParquetValueType type, ParquetConversionOfOne<double> whole)
    {
        var divisor = Math.Pow(10, type.Scale);
        return new(bytes => whole(bytes) / divisor);
    }

    /// <summary>All platforms of .NET that the module runs on have the lowest byte first, as Parquet has.</summary>
    private static ReadOnlySpan<T> Cast<T>(ReadOnlySpan<byte> bytes)
        where T : struct => MemoryMarshal.Cast<byte, T>(bytes);
}
