using System.Buffers.Binary;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace N2D.Data;

/// <summary>How a file of numbers holds one of them, and how that becomes a float32.</summary>
internal sealed class ElementFormat
{
    private const float LargestByte = 255;

    private readonly Decoder _decode;

    private ElementFormat(int size, bool isFloat32, bool isInteger, Decoder decode)
    {
        Size = size;
        IsFloat32 = isFloat32;
        IsInteger = isInteger;
        _decode = decode;
    }

    private delegate void Decoder(Span<byte> bytes, Span<float> values);

    /// <summary>The bytes of MNIST's format, scaled from 0..255 to 0..1.</summary>
    public static ElementFormat ScaledByte { get; } = new(1, isFloat32: false, isInteger: true, (bytes, values) =>
    {
        TensorPrimitives.ConvertTruncating<byte, float>(bytes, values);
        TensorPrimitives.Divide(values, LargestByte, values);
    });

    /// <summary>Bytes a number.</summary>
    public int Size { get; }

    /// <summary>Whether it lies in the file as it does in memory.</summary>
    public bool IsFloat32 { get; }

    /// <summary>Whether it is a whole number.</summary>
    public bool IsInteger { get; }

    /// <summary>The format of a number that lies in the file as this machine has it, or the other way round.</summary>
    /// <param name="isBigEndian">Whether the first of its bytes counts most.</param>
    /// <typeparam name="T">Its type. What float32 cannot hold is rounded: whole numbers beyond 2^24, most of float64.</typeparam>
    public static ElementFormat Of<T>(bool isBigEndian)
        where T : unmanaged, INumberBase<T>
    {
        var size = Unsafe.SizeOf<T>();
        var isReversed = isBigEndian && size > 1;
        return new(size, typeof(T) == typeof(float) && !isReversed, typeof(T) != typeof(float) && typeof(T) != typeof(double) && typeof(T) != typeof(Half), (bytes, values) =>
        {
            if (isReversed)
            {
                Reverse(bytes, size);
            }

            TensorPrimitives.ConvertTruncating<T, float>(MemoryMarshal.Cast<byte, T>(bytes), values);
        });
    }

    /// <summary>Turns bytes of a file into numbers.</summary>
    /// <param name="bytes">The bytes, <see cref="Size"/> a number; they may be written to.</param>
    /// <param name="values">Takes the numbers.</param>
    public void Decode(Span<byte> bytes, Span<float> values) => _decode(bytes, values);

    private static void Reverse(Span<byte> bytes, int size)
    {
        switch (size)
        {
            case 2:
                var shorts = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                var ints = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            default:
                var longs = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }
}
