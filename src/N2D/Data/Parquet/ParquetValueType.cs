namespace N2D.Data;

/// <summary>How the values of a column are stored, and what they mean.</summary>
/// <param name="Physical">How they are stored.</param>
/// <param name="Width">The bytes of each; 0 where they differ.</param>
/// <param name="Meaning">What they mean.</param>
/// <param name="Scale">The digits after the point, of decimals.</param>
/// <param name="PerSecond">The units in a second, of times.</param>
/// <param name="IsUtc">Whether points in time are in UTC.</param>
internal sealed record ParquetValueType(ParquetPhysicalType Physical, int Width, ParquetMeaning Meaning, int Scale = 0, long PerSecond = 0, bool IsUtc = false)
{
    /// <summary>The most digits after the point that a decimal may have: those of 256 bits.</summary>
    private const int LargestScale = 76;

    /// <summary>Whether they are numbers to cluster.</summary>
    public bool IsNumber => Meaning is ParquetMeaning.Number or ParquetMeaning.Unsigned or ParquetMeaning.Half or ParquetMeaning.Decimal;

    /// <summary>What messages call them.</summary>
    public string KindName => Meaning switch
    {
        ParquetMeaning.Text => "text",
        ParquetMeaning.Date or ParquetMeaning.Timestamp => "dates",
        ParquetMeaning.Time => "times",
        ParquetMeaning.Interval => "intervals",
        ParquetMeaning.Uuid => "UUIDs",
        ParquetMeaning.Bytes => "bytes",
        _ => "numbers",
    };

    /// <summary>Puts together what the schema says of a column.</summary>
    /// <param name="physical">How the values are stored.</param>
    /// <param name="width">The bytes of each, of those of a fixed length.</param>
    /// <param name="converted">The older annotation; -1 if there is none.</param>
    /// <param name="scale">The scale that belongs to it.</param>
    /// <param name="logical">The annotation.</param>
    public static ParquetValueType Of(ParquetPhysicalType physical, int width, int converted, int scale, ParquetLogicalType logical)
    {
        var bytes = physical switch
        {
            ParquetPhysicalType.Boolean => 1,
            ParquetPhysicalType.Int32 or ParquetPhysicalType.Float => 4,
            ParquetPhysicalType.Int64 or ParquetPhysicalType.Double => 8,
            ParquetPhysicalType.Int96 => 12,
            ParquetPhysicalType.ByteArray => 0,
            _ => width > 0 ? width : throw new InvalidDataException("its schema has values of no bytes"),
        };
        var isWhole = physical is ParquetPhysicalType.Int32 or ParquetPhysicalType.Int64;
        var isText = physical == ParquetPhysicalType.ByteArray;
        var isFixed = physical == ParquetPhysicalType.FixedLengthByteArray;
        var plain = new ParquetValueType(physical, bytes, isText || isFixed ? ParquetMeaning.Bytes : physical == ParquetPhysicalType.Int96 ? ParquetMeaning.Timestamp : ParquetMeaning.Number);
        return (logical.Kind, converted) switch
        {
            // JSON is text, and BSON is not.
            (1 or 4 or 12, _) or (0, 0 or 4 or 19) when isText => plain with { Meaning = ParquetMeaning.Text },
            (5, _) when isWhole || isText || isFixed => plain with { Meaning = ParquetMeaning.Decimal, Scale = Valid(logical.Scale) },
            (0, 5) when isWhole || isText || isFixed => plain with { Meaning = ParquetMeaning.Decimal, Scale = Valid(scale) },
            (6, _) or (0, 6) when physical == ParquetPhysicalType.Int32 => plain with { Meaning = ParquetMeaning.Date },
            (7, _) when isWhole && logical.PerSecond > 0 => plain with { Meaning = ParquetMeaning.Time, PerSecond = logical.PerSecond },
            (0, 7) when isWhole => plain with { Meaning = ParquetMeaning.Time, PerSecond = 1_000 },
            (0, 8) when isWhole => plain with { Meaning = ParquetMeaning.Time, PerSecond = 1_000_000 },
            (8, _) when isWhole && logical.PerSecond > 0 => plain with { Meaning = ParquetMeaning.Timestamp, PerSecond = logical.PerSecond, IsUtc = logical.IsUtc },
            (0, 9) when isWhole => plain with { Meaning = ParquetMeaning.Timestamp, PerSecond = 1_000 },
            (0, 10) when isWhole => plain with { Meaning = ParquetMeaning.Timestamp, PerSecond = 1_000_000 },
            (10, _) when isWhole => plain with { Meaning = logical.IsUnsigned ? ParquetMeaning.Unsigned : ParquetMeaning.Number },
            (0, >= 11 and <= 14) when isWhole => plain with { Meaning = ParquetMeaning.Unsigned },
            (14, _) when isFixed && width == 16 => plain with { Meaning = ParquetMeaning.Uuid },
            (15, _) when isFixed && width == 2 => plain with { Meaning = ParquetMeaning.Half },
            (_, 21) when isFixed && width == 12 => plain with { Meaning = ParquetMeaning.Interval },
            _ => plain,
        };
    }

    private static int Valid(int scale) => scale is >= 0 and <= LargestScale ? scale : throw new InvalidDataException("its schema has a decimal of a scale that is not valid");
}
