namespace N2D.Data;

/// <summary>How values are stored.</summary>
internal enum ParquetPhysicalType
{
    /// <summary>One bit.</summary>
    Boolean = 0,

    /// <summary>4 bytes.</summary>
    Int32 = 1,

    /// <summary>8 bytes.</summary>
    Int64 = 2,

    /// <summary>12 bytes: an old form of timestamps.</summary>
    Int96 = 3,

    /// <summary>float32.</summary>
    Float = 4,

    /// <summary>float64.</summary>
    Double = 5,

    /// <summary>Bytes after their length.</summary>
    ByteArray = 6,

    /// <summary>As many bytes as the schema says.</summary>
    FixedLengthByteArray = 7,
}

/// <summary>What values mean.</summary>
internal enum ParquetMeaning
{
    /// <summary>Numbers, and truth values.</summary>
    Number,

    /// <summary>Whole numbers without a sign.</summary>
    Unsigned,

    /// <summary>float16.</summary>
    Half,

    /// <summary>Whole numbers of a power of ten.</summary>
    Decimal,

    /// <summary>UTF-8.</summary>
    Text,

    /// <summary>Days.</summary>
    Date,

    /// <summary>Points in time.</summary>
    Timestamp,

    /// <summary>Times of the day.</summary>
    Time,

    /// <summary>Spans of months, days and milliseconds.</summary>
    Interval,

    /// <summary>Universally unique identifiers.</summary>
    Uuid,

    /// <summary>Bytes.</summary>
    Bytes,
}

/// <summary>How the values of a page are written.</summary>
internal enum ParquetEncoding
{
    /// <summary>One after the other.</summary>
    Plain = 0,

    /// <summary>Places in a dictionary, in files before version 2 of the format.</summary>
    PlainDictionary = 2,

    /// <summary>Runs, and packed bits.</summary>
    Rle = 3,

    /// <summary>Packed differences.</summary>
    DeltaBinaryPacked = 5,

    /// <summary>Packed lengths, then all bytes.</summary>
    DeltaLengthByteArray = 6,

    /// <summary>What each has in common with the one before, and the rest.</summary>
    DeltaByteArray = 7,

    /// <summary>Places in a dictionary.</summary>
    RleDictionary = 8,

    /// <summary>The first bytes of all values, then the second ones, and so on.</summary>
    ByteStreamSplit = 9,
}
