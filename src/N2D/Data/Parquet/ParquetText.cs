using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace N2D.Data;

/// <summary>Converts values to culture-invariant text, for labels, ids and categories.</summary>
internal static class ParquetText
{
    private const long TicksPerDay = TimeSpan.TicksPerDay;
    private const int JulianDayOf1970 = 2_440_588;

    /// <summary>Returns the conversion to text; null for types without a text form.</summary>
    /// <param name="type">The type of the values.</param>
    public static ParquetConversion<string?>? Of(ParquetValueType type) => type.Meaning switch
    {
        ParquetMeaning.Text => new(Encoding.UTF8.GetString),
        ParquetMeaning.Uuid => new(bytes => new Guid(bytes, bigEndian: true).ToString()),
        ParquetMeaning.Bytes => new(Convert.ToHexStringLower),
        ParquetMeaning.Half => new(bytes => BinaryPrimitives.ReadHalfLittleEndian(bytes).ToString(CultureInfo.InvariantCulture)),
        ParquetMeaning.Decimal => new(
            bytes => DecimalText(type.Physical is ParquetPhysicalType.Int32 or ParquetPhysicalType.Int64
                ? Whole(bytes)
                : new BigInteger(bytes, isBigEndian: true), type.Scale)),
        ParquetMeaning.Date => new(bytes => DateText(BinaryPrimitives.ReadInt32LittleEndian(bytes))),
        ParquetMeaning.Time => new(bytes => TimeText(Whole(bytes), type.PerSecond)),
        ParquetMeaning.Timestamp when type.Physical == ParquetPhysicalType.Int96 => new(Int96Text),
        ParquetMeaning.Timestamp => new(bytes => TimestampText(Whole(bytes), type)),
        ParquetMeaning.Interval => null,
        ParquetMeaning.Unsigned => new(
            bytes => (bytes.Length == sizeof(uint)
                ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
                : BinaryPrimitives.ReadUInt64LittleEndian(bytes)).ToString(CultureInfo.InvariantCulture)),
        _ => type.Physical switch
        {
            ParquetPhysicalType.Boolean => new(bytes => bytes[0] != 0 ? bool.TrueString : bool.FalseString),
            ParquetPhysicalType.Float =>
                new(bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes).ToString(CultureInfo.InvariantCulture)),
            ParquetPhysicalType.Double =>
                new(bytes => BinaryPrimitives.ReadDoubleLittleEndian(bytes).ToString(CultureInfo.InvariantCulture)),
            _ => new(bytes => Whole(bytes).ToString(CultureInfo.InvariantCulture)),
        },
    };

    private static long Whole(ReadOnlySpan<byte> bytes) => bytes.Length == sizeof(int)
        ? BinaryPrimitives.ReadInt32LittleEndian(bytes)
        : BinaryPrimitives.ReadInt64LittleEndian(bytes);

    /// <summary>Trailing zeros are removed, so that 0.5 has the same text for every scale.</summary>
    private static string DecimalText(BigInteger whole, int scale)
    {
        var digits = BigInteger.Abs(whole).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var text = scale == 0 ? digits : $"{digits[..^scale]}.{digits[^scale..]}".TrimEnd('0').TrimEnd('.');
        return whole.Sign < 0 ? '-' + text : text;
    }

    private static string DateText(int days) => TryDate(days, 0, out var date)
        ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : days.ToString(CultureInfo.InvariantCulture);

    private static string TimeText(long units, long perSecond)
    {
        var (seconds, fraction) = Math.DivRem(units, perSecond);
        return units < 0 || seconds >= 24 * 60 * 60
            ? units.ToString(CultureInfo.InvariantCulture)
            : TimeSpan.FromSeconds(seconds).ToString("c", CultureInfo.InvariantCulture) + FractionText(fraction, perSecond);
    }

    private static string TimestampText(long units, ParquetValueType type)
    {
        var perDay = type.PerSecond * 24 * 60 * 60;
        var days = Math.DivRem(units, perDay, out var rest);
        (days, rest) = rest < 0 ? (days - 1, rest + perDay) : (days, rest);
        return TimestampTextOf(days, rest, type.PerSecond, type.IsUtc ? "Z" : "") ?? units.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Converts an INT96 timestamp: nanoseconds of the day, and the Julian day.</summary>
    private static string Int96Text(ReadOnlySpan<byte> bytes)
    {
        const long Nano = 1_000_000_000;
        var (rest, day) = (BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes[sizeof(long)..]));
        var text = rest is >= 0 and < 24 * 60 * 60 * Nano ? TimestampTextOf((long)day - JulianDayOf1970, rest, Nano, "") : null;
        return text ?? Convert.ToHexStringLower(bytes);
    }

    private static string? TimestampTextOf(long days, long rest, long perSecond, string zone)
    {
        var (seconds, fraction) = Math.DivRem(rest, perSecond);
        return TryDate(days, seconds, out var date)
            ? date.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + FractionText(fraction, perSecond) + zone
            : null;
    }

    private static bool TryDate(long days, long seconds, out DateTime date)
    {
        var first = DateTime.UnixEpoch.Ticks / TicksPerDay;
        var isDate = days >= -first && days < (DateTime.MaxValue.Ticks / TicksPerDay) - first;
        date = isDate ? new DateTime(((days + first) * TicksPerDay) + (seconds * TimeSpan.TicksPerSecond)) : default;
        return isDate;
    }

    private static string FractionText(long fraction, long perSecond) => fraction == 0
        ? ""
        : '.' + fraction.ToString(CultureInfo.InvariantCulture)
            .PadLeft(perSecond.ToString(CultureInfo.InvariantCulture).Length - 1, '0')
            .TrimEnd('0');
}
