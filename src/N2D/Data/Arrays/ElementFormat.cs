using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace N2D.Data;

/// <summary>The binary format of a number in a file, and its conversion to float32.</summary>
internal abstract class ElementFormat
{
    private ElementFormat(int size) => Size = size;

    /// <summary>Converts numbers to text.</summary>
    /// <param name="bytes">The bytes of the numbers. They can be overwritten.</param>
    /// <param name="texts">Receives the texts; null for NaN.</param>
    public delegate void TextDecoder(Span<byte> bytes, Span<string?> texts);

    /// <summary>Unsigned bytes as in MNIST, scaled from 0..255 to 0..1.</summary>
    public static ElementFormat ScaledByte { get; } = new Scaled();

    /// <summary>The size of a number in bytes.</summary>
    public int Size { get; }

    /// <summary>Whether the format is float32 in native byte order, so that bytes can be copied.</summary>
    public abstract bool IsFloat32 { get; }

    /// <summary>Whether the numbers are integers.</summary>
    public abstract bool IsInteger { get; }

    /// <summary>The format of a number type in either byte order.</summary>
    /// <param name="isBigEndian">Whether the most significant byte comes first.</param>
    /// <typeparam name="T">
    /// The number type. Values that float32 cannot represent are rounded: integers above 2^24 and most values of float64.
    /// </typeparam>
    public static ElementFormat Of<T>(bool isBigEndian)
        where T : unmanaged, INumber<T> => new Plain<T>(isBigEndian, []);

    /// <summary>Returns this format with numbers that mark a missing value. They become NaN.</summary>
    /// <param name="marks">The missing-value marks. Marks that are not numbers are ignored. Null for none.</param>
    public virtual ElementFormat WithMissing(IEnumerable<string>? marks) => this;

    /// <summary>Decodes bytes to float32.</summary>
    /// <param name="bytes">The bytes, <see cref="Size"/> for each number. Afterward they are in native byte order.</param>
    /// <param name="values">Receives the numbers.</param>
    public abstract void Decode(Span<byte> bytes, Span<float> values);

    /// <summary>Decodes bytes to double, so that row numbers above 2^24 are exact.</summary>
    /// <param name="bytes">The bytes, <see cref="Size"/> for each number. Afterward they are in native byte order.</param>
    /// <param name="values">Receives the numbers.</param>
    public virtual void Decode(Span<byte> bytes, Span<double> values) => throw new NotSupportedException();

    /// <summary>Creates the search for columns that need an offset; null if float32 represents every value of this format.</summary>
    /// <param name="columnCount">The number of columns.</param>
    public virtual ColumnRanges? NewColumnRanges(int columnCount) => null;

    /// <summary>
    /// Creates a decoder for numbers that are labels or ids. Integer values have no fraction, even in a floating-point format.
    /// </summary>
    public abstract TextDecoder NewTextDecoder();

    private static void Reverse(Span<byte> bytes, int size)
    {
        Debug.Assert(size is 2 or 4 or 8 && bytes.Length % size == 0, "Whole values of a supported size.");
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
        /// <summary>
        /// The maximum size of the text cache. Labels have few distinct values; ids have many, and caching them is of no use.
        /// </summary>
        private const int MaxCachedTexts = 1 << 12;

        private readonly bool _isReversed = isBigEndian && Unsafe.SizeOf<T>() > 1;

        public override bool IsFloat32 => typeof(T) == typeof(float) && !_isReversed && missing.Length == 0;

        public override bool IsInteger => IsIntegerType && missing.Length == 0;

        private static bool IsIntegerType => typeof(T) != typeof(float) && typeof(T) != typeof(double) && typeof(T) != typeof(Half);

        private static bool IsExactInFloat32 => typeof(T) == typeof(float)
            || typeof(T) == typeof(Half)
            || Unsafe.SizeOf<T>() <= sizeof(short);

        public override void Decode(Span<byte> bytes, Span<float> values)
        {
            Debug.Assert(bytes.Length == Size * values.Length, "As many bytes as the values need.");
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
            Debug.Assert(bytes.Length == Size * values.Length, "As many bytes as the values need.");
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

        public override ColumnRanges? NewColumnRanges(int columnCount) => IsExactInFloat32 || columnCount > ColumnRanges.MaxColumns
            ? null
            : new ColumnRanges<T>(columnCount, missing);

        public override TextDecoder NewTextDecoder()
        {
            var known = new Dictionary<T, string>();
            return (bytes, texts) =>
            {
                Debug.Assert(bytes.Length == Size * texts.Length, "As many bytes as the values need.");
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
                        if (known.Count < MaxCachedTexts)
                        {
                            known.Add(value, texts[place]!);
                        }
                    }
                }
            };
        }

        /// <summary>Returns the number that a mark stands for; null if the mark is not a number or this type cannot represent it.</summary>
        private static T? MissingNumberOf(string mark)
        {
            // In a float32 file, the mark -9999.99 means the nearest float32. Integers must match exactly.
            return !NumberNotation.Point.TryParse(mark, out _)
                || !double.TryParse(mark, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? null
                : T.CreateSaturating(number) is var found
                    && T.IsFinite(found)
                    && (!IsIntegerType || double.CreateTruncating(found).Equals(number)) ? found
                : null;
        }

        private static string TextOf(T value)
        {
            // An integer has neither fraction nor exponent: not 1E+16.
            const double LargestWhole = 1L << 62;
            return !IsIntegerType && T.IsInteger(value) && Math.Abs(double.CreateTruncating(value)) < LargestWhole
                ? long.CreateTruncating(value).ToString(CultureInfo.InvariantCulture)
                : value.ToString(null, CultureInfo.InvariantCulture);
        }
    }
}
