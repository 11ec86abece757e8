using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using N2D.Numerics;

namespace N2D.Data;

/// <summary>Converts values to numbers.</summary>
internal static class ParquetNumber
{
    /// <summary>Returns the conversion to double.</summary>
    /// <param name="type">The type of the values, which must be numbers.</param>
    public static ParquetConversion<double> AsDouble(ParquetValueType type) => (type.Meaning, type.Physical) switch
    {
        (ParquetMeaning.Half, _) => new(bytes => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes)),
        (ParquetMeaning.Decimal, ParquetPhysicalType.Int32) => Scaled(type, bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes)),
        (ParquetMeaning.Decimal, ParquetPhysicalType.Int64) => Scaled(type, bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes)),
        (ParquetMeaning.Decimal, _) => Scaled(type, bytes => (double)new BigInteger(bytes, isBigEndian: true)),
        (ParquetMeaning.Unsigned, ParquetPhysicalType.Int32) => new(
            bytes => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            (bytes, target) => TensorPrimitives.ConvertTruncating(Cast<uint>(bytes), target)),
        (ParquetMeaning.Unsigned, _) => new(
            bytes => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            (bytes, target) => TensorPrimitives.ConvertTruncating(Cast<ulong>(bytes), target)),
        (_, ParquetPhysicalType.Boolean) => new(bytes => bytes[0]),
        (_, ParquetPhysicalType.Int32) => new(
            bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            (bytes, target) => TensorPrimitives.ConvertTruncating(Cast<int>(bytes), target)),
        (_, ParquetPhysicalType.Int64) => new(
            bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            (bytes, target) => TensorPrimitives.ConvertTruncating(Cast<long>(bytes), target)),
        (_, ParquetPhysicalType.Float) => new(
            bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes),
            (bytes, target) => TensorPrimitives.ConvertTruncating(Cast<float>(bytes), target)),
        _ => new(BinaryPrimitives.ReadDoubleLittleEndian, (bytes, target) => Cast<double>(bytes).CopyTo(target)),
    };

    /// <summary>Returns the conversion to float32.</summary>
    /// <param name="type">The type of the values, which must be numbers.</param>
    public static ParquetConversion<float> AsFloat(ParquetValueType type)
    {
        switch (type.Physical)
        {
            case ParquetPhysicalType.Float:
                return new(BinaryPrimitives.ReadSingleLittleEndian, (bytes, target) => Cast<float>(bytes).CopyTo(target));
            case ParquetPhysicalType.Double:
                return new(
                    bytes => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
                    (bytes, target) => TensorPrimitives.ConvertTruncating(Cast<double>(bytes), target));
            default:
                var number = AsDouble(type).One;
                return new(bytes => (float)number(bytes));
        }
    }

    private static ParquetConversion<double> Scaled(ParquetValueType type, ParquetValueConversion<double> whole)
    {
        var divisor = PortableMath.Pow(10, type.Scale);
        return new(bytes => whole(bytes) / divisor);
    }

    /// <summary>Reinterprets bytes. Parquet is little-endian, as are all supported systems.</summary>
    private static ReadOnlySpan<T> Cast<T>(ReadOnlySpan<byte> bytes)
        where T : struct
    {
        Debug.Assert(bytes.Length % Unsafe.SizeOf<T>() == 0, "Whole values.");
        return MemoryMarshal.Cast<byte, T>(bytes);
    }
}
