namespace N2D.Data;

/// <summary>The physical and logical type of the values of a column.</summary>
/// <param name="Physical">The physical type.</param>
/// <param name="Width">The size of a value in bytes; 0 for values of variable length.</param>
/// <param name="Meaning">The logical meaning.</param>
/// <param name="Scale">The number of decimal places of decimals.</param>
/// <param name="PerSecond">The time units in a second.</param>
/// <param name="IsUtc">Whether timestamps are in UTC.</param>
internal sealed record ParquetValueType(
    ParquetPhysicalType Physical, int Width, ParquetMeaning Meaning, int Scale = 0, long PerSecond = 0, bool IsUtc = false)
{
    /// <summary>The maximum number of decimal places, that of decimals with 256 bits.</summary>
    private const int MaxScale = 76;

    /// <summary>Whether the values are numbers.</summary>
    public bool IsNumber => Meaning is ParquetMeaning.Number or ParquetMeaning.Unsigned or ParquetMeaning.Half or ParquetMeaning.Decimal;

    /// <summary>A plural noun for the values, for messages.</summary>
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

    /// <summary>Creates the type from the fields of a schema node.</summary>
    /// <param name="physical">The physical type.</param>
    /// <param name="width">The size of a value in bytes, for values of fixed length.</param>
    /// <param name="converted">The ConvertedType annotation; -1 if there is none.</param>
    /// <param name="scale">The scale of the ConvertedType.</param>
    /// <param name="logical">The LogicalType annotation.</param>
    public static ParquetValueType Of(ParquetPhysicalType physical, int width, int converted, int scale, ParquetLogicalType logical)
    {
        var bytes = physical switch
        {
            ParquetPhysicalType.Boolean => 1,
            ParquetPhysicalType.Int32 or ParquetPhysicalType.Float => 4,
            ParquetPhysicalType.Int64 or ParquetPhysicalType.Double => 8,
            ParquetPhysicalType.Int96 => 12,
            ParquetPhysicalType.ByteArray => 0,
            _ => width > 0 ? width : throw new InvalidDataException("its schema has values with a size of 0 bytes"),
        };
        var isWhole = physical is ParquetPhysicalType.Int32 or ParquetPhysicalType.Int64;
        var isText = physical == ParquetPhysicalType.ByteArray;
        var isFixed = physical == ParquetPhysicalType.FixedLengthByteArray;
        var plain = new ParquetValueType(
            physical,
            bytes,
            isText || isFixed
                ? ParquetMeaning.Bytes
                : physical == ParquetPhysicalType.Int96
                ? ParquetMeaning.Timestamp
                : ParquetMeaning.Number);
        return (logical.Kind, converted) switch
        {
            // JSON is text; BSON is not.
            (1 or 4 or 12, _) or (0, 0 or 4 or 19) when isText => plain with { Meaning = ParquetMeaning.Text },
            (5, _) when isWhole || isText || isFixed => plain with { Meaning = ParquetMeaning.Decimal, Scale = Valid(logical.Scale) },
            (0, 5) when isWhole || isText || isFixed => plain with { Meaning = ParquetMeaning.Decimal, Scale = Valid(scale) },
            (6, _) or (0, 6) when physical == ParquetPhysicalType.Int32 => plain with { Meaning = ParquetMeaning.Date },
            (7, _) when isWhole && logical.PerSecond > 0 => plain with { Meaning = ParquetMeaning.Time, PerSecond = logical.PerSecond },
            (0, 7) when isWhole => plain with { Meaning = ParquetMeaning.Time, PerSecond = 1_000 },
            (0, 8) when isWhole => plain with { Meaning = ParquetMeaning.Time, PerSecond = 1_000_000 },
            (8, _) when isWhole
                && logical.PerSecond > 0 =>
                    plain with { Meaning = ParquetMeaning.Timestamp, PerSecond = logical.PerSecond, IsUtc = logical.IsUtc },
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

    private static int Valid(int scale) => scale is >= 0 and <= MaxScale
        ? scale
        : throw new InvalidDataException("its schema has a decimal with an invalid scale");
}
