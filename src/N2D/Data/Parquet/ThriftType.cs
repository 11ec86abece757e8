namespace N2D.Data;

/// <summary>The types of Thrift's compact protocol.</summary>
internal enum ThriftType
{
    /// <summary>A field that is true.</summary>
    True = 1,

    /// <summary>A field that is false.</summary>
    False = 2,

    /// <summary>8 bits.</summary>
    Byte = 3,

    /// <summary>16 bits, written in as many bytes as they need.</summary>
    Int16 = 4,

    /// <summary>32 bits.</summary>
    Int32 = 5,

    /// <summary>64 bits.</summary>
    Int64 = 6,

    /// <summary>A number of 8 bytes.</summary>
    Double = 7,

    /// <summary>Text or bytes, after their length.</summary>
    Binary = 8,

    /// <summary>Elements of one type, after their count.</summary>
    List = 9,

    /// <summary>The same, without order.</summary>
    Set = 10,

    /// <summary>Pairs.</summary>
    Map = 11,

    /// <summary>Fields, up to a zero byte.</summary>
    Struct = 12,
}
