using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace N2D.Data;

/// <summary>How a file of numbers holds one of them, and how that becomes a float32.</summary>
internal abstract class ElementFormat
{
    private ElementFormat(int size) => Size = size;

    /// <summary>Turns numbers into text.</summary>
    /// <param name="bytes">The bytes of the numbers; they may be written to.</param>
    /// <param name="texts">Takes the texts; null for NaN.</param>
    public delegate void TextDecoder(Span<byte> bytes, Span<string?> texts);

    /// <summary>The bytes of MNIST's format, scaled from 0..255 to 0..1.</summary>
    public static ElementFormat ScaledByte { get; } = new Scaled();

    /// <summary>Bytes a number.</summary>
    public int Size { get; }

    /// <summary>Whether it lies in the file as it does in memory.</summary>
    public abstract bool IsFloat32 { get; }

    /// <summary>Whether it is a whole number.</summary>
    public abstract bool IsInteger { get; }

    /// <summary>The format of a number that lies in the file as this machine has it, or the other way round.</summary>
    /// <param name="isBigEndian">Whether the first of its bytes counts most.</param>
    /// <typeparam name="T">Its type. What float32 cannot hold is rounded: whole numbers beyond 2^24, most of float64.</typeparam>
    public static ElementFormat Of<T>(bool isBigEndian)
        where T : unmanaged, INumber<T> => new Plain<T>(isBigEndian, []);

    /// <summary>The same format, of a file in which some numbers stand for a missing value: they become NaN.</summary>
    /// <param name="marks">The texts that mark a missing value; those that are not numbers have no effect. Null for none.</param>
    public virtual ElementFormat WithMissing(IEnumerable<string>? marks) => this;

    /// <summary>Turns bytes of a file into numbers.</summary>
    /// <param name="bytes">The bytes, <see cref="Size"/> a number; afterward they lie as this machine has them.</param>
    /// <param name="values">Takes the numbers.</param>
    public abstract void Decode(Span<byte> bytes, Span<float> values);

    /// <summary>Turns bytes of a file into numbers of more digits: row numbers beyond 2^24 are exact.</summary>
    /// <param name="bytes">The bytes, <see cref="Size"/> a number; afterward they lie as this machine has them.</param>
    /// <param name="values">Takes the numbers.</param>
    public virtual void Decode(Span<byte> bytes, Span<double> values) => throw new NotSupportedException();

    /// <summary>What finds the columns that float32 shows too coarsely; null if it shows every value of this format.</summary>
    /// <param name="columnCount">The number of columns.</param>
    public virtual ColumnRanges? SpreadsOf(int columnCount) => null;

    /// <summary>Makes a decoder of numbers that are names: labels or ids. Whole numbers have no fraction, whatever their type.</summary>
    public abstract TextDecoder NewTextDecoder();

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

    private sealed class Scaled() : ElementFormat(1)
    {
        public override bool IsFloat32 => false;

        public override bool IsInteger => true;

        public override void Decode(Span<byte> bytes, Span<float> values)
        {
            TensorPrimitives.ConvertTruncating<byte, float>(bytes, values);
            TensorPrimitives.Divide(values, byte.MaxValue, values);
        }

        public override TextDecoder NewTextDecoder() => Of<byte>(isBigEndian: false).NewTextDecoder();
    }

    private sealed class Plain<T>(bool isBigEndian, T[] missing) : ElementFormat(Unsafe.SizeOf<T>())
        where T : unmanaged, INumber<T>
    {
        /// <summary>Labels are few, and each is made once; ids are many, and are not worth the remembering.</summary>
        private const int MostRemembered = 1 << 12;

        private readonly bool _isReversed = isBigEndian && Unsafe.SizeOf<T>() > 1;

        public override bool IsFloat32 => typeof(T) == typeof(float) && !_isReversed && missing.Length == 0;

        public override bool IsInteger => IsIntegerType && missing.Length == 0;

        private static bool IsIntegerType => typeof(T) != typeof(float) && typeof(T) != typeof(double) && typeof(T) != typeof(Half);

        private static bool IsShownByFloat32 => typeof(T) == typeof(float) || typeof(T) == typeof(Half) || Unsafe.SizeOf<T>() <= sizeof(short);

        public override void Decode(Span<byte> bytes, Span<float> values)
        {
            if (_isReversed)
            {
                Reverse(bytes, Size);
            }

            var numbers = MemoryMarshal.Cast<byte, T>(bytes);
            TensorPrimitives.ConvertTruncating<T, float>(numbers, values);
            foreach (var number in missing)
            {
                for (var (place, step) = (0, numbers.IndexOf(number)); step >= 0; step = numbers[place..].IndexOf(number))
                {
                    place += step;
                    values[place++] = float.NaN;
                }
            }
        }

        public override void Decode(Span<byte> bytes, Span<double> values)
        {
            if (_isReversed)
            {
                Reverse(bytes, Size);
            }

            TensorPrimitives.ConvertTruncating<T, double>(MemoryMarshal.Cast<byte, T>(bytes), values);
        }

        public override ElementFormat WithMissing(IEnumerable<string>? marks)
        {
            T[] numbers = [.. (marks ?? []).Select(MissingNumberOf).OfType<T>()];
            return numbers.Length == 0 ? this : new Plain<T>(isBigEndian, numbers);
        }

        public override ColumnRanges? SpreadsOf(int columnCount) => IsShownByFloat32 || columnCount > ColumnRanges.MostColumns ? null : new ColumnRanges<T>(columnCount, missing);

        public override TextDecoder NewTextDecoder()
        {
            var known = new Dictionary<T, string>();
            return (bytes, texts) =>
            {
                if (_isReversed)
                {
                    Reverse(bytes, Size);
                }

                var values = MemoryMarshal.Cast<byte, T>(bytes);
                for (var place = 0; place < values.Length; place++)
                {
                    var value = values[place];
                    if (T.IsNaN(value) || missing.Contains(value))
                    {
                        texts[place] = null;
                    }
                    else if (!known.TryGetValue(value, out texts[place]))
                    {
                        texts[place] = TextOf(value);
                        if (known.Count < MostRemembered)
                        {
                            known.Add(value, texts[place]!);
                        }
                    }
                }
            };
        }

        /// <summary>The value of this type that a mark stands for; null if the mark is no number, or one that this type cannot hold.</summary>
        private static T? MissingNumberOf(string mark)
        {
            // Of a float32 file, -9999.99 is the float32 next to it. Whole numbers are exact.
            return !NumberNotation.Point.TryParse(mark, out _) || !double.TryParse(mark, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? null
                : T.CreateSaturating(number) is var found && T.IsFinite(found) && (!IsIntegerType || double.CreateTruncating(found).Equals(number)) ? found
                : null;
        }

        private static string TextOf(T value)
        {
            // Fractions and exponents do not belong into a whole number: 1E+16.
            const double LargestWhole = 1L << 62;
            return !IsIntegerType && T.IsInteger(value) && Math.Abs(double.CreateTruncating(value)) < LargestWhole
                ? long.CreateTruncating(value).ToString(CultureInfo.InvariantCulture)
                : value.ToString(null, CultureInfo.InvariantCulture);
        }
    }
}
