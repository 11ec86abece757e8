namespace N2D.Data;

/// <summary>The physical types of values.</summary>
internal enum ParquetPhysicalType
{
    /// <summary>1 bit.</summary>
    Boolean = 0,

    /// <summary>4 bytes.</summary>
    Int32 = 1,

    /// <summary>8 bytes.</summary>
    Int64 = 2,

    /// <summary>12 bytes, a deprecated type of timestamps.</summary>
    Int96 = 3,

    /// <summary>float32.</summary>
    Float = 4,

    /// <summary>float64.</summary>
    Double = 5,

    /// <summary>A length, followed by bytes.</summary>
    ByteArray = 6,

    /// <summary>A fixed number of bytes, which the schema specifies.</summary>
    FixedLengthByteArray = 7,
}

/// <summary>The logical meaning of values.</summary>
internal enum ParquetMeaning
{
    /// <summary>Numbers and Booleans.</summary>
    Number,

    /// <summary>Unsigned integers.</summary>
    Unsigned,

    /// <summary>float16.</summary>
    Half,

    /// <summary>Integers scaled by a power of ten.</summary>
    Decimal,

    /// <summary>Text in UTF-8.</summary>
    Text,

    /// <summary>Dates, as days.</summary>
    Date,

    /// <summary>Timestamps.</summary>
    Timestamp,

    /// <summary>Times of day.</summary>
    Time,

    /// <summary>Intervals of months, days and milliseconds.</summary>
    Interval,

    /// <summary>Universally unique identifiers.</summary>
    Uuid,

    /// <summary>Bytes.</summary>
    Bytes,
}

/// <summary>The encodings of pages.</summary>
internal enum ParquetEncoding
{
    /// <summary>Values in sequence.</summary>
    Plain = 0,

    /// <summary>Dictionary indices, in files before version 2 of the format.</summary>
    PlainDictionary = 2,

    /// <summary>RLE/bit-packing hybrid.</summary>
    Rle = 3,

    /// <summary>Bit-packed differences.</summary>
    DeltaBinaryPacked = 5,

    /// <summary>Bit-packed lengths, followed by all bytes.</summary>
    DeltaLengthByteArray = 6,

    /// <summary>The length of the prefix shared with the previous value, and the suffix.</summary>
    DeltaByteArray = 7,

    /// <summary>Dictionary indices.</summary>
    RleDictionary = 8,

    /// <summary>The first bytes of all values, then the second bytes, and so on.</summary>
    ByteStreamSplit = 9,
}
