namespace N2D.Data;

/// <summary>The types of Thrift's compact protocol.</summary>
internal enum ThriftType
{
    /// <summary>A Boolean field with the value true.</summary>
    True = 1,

    /// <summary>A Boolean field with the value false.</summary>
    False = 2,

    /// <summary>8 bits.</summary>
    Byte = 3,

    /// <summary>16 bits, as a variable-length integer.</summary>
    Int16 = 4,

    /// <summary>32 bits, as a variable-length integer.</summary>
    Int32 = 5,

    /// <summary>64 bits, as a variable-length integer.</summary>
    Int64 = 6,

    /// <summary>A floating-point number with 8 bytes.</summary>
    Double = 7,

    /// <summary>A length, followed by text or bytes.</summary>
    Binary = 8,

    /// <summary>A count, followed by elements of one type.</summary>
    List = 9,

    /// <summary>Like a list, without order.</summary>
    Set = 10,

    /// <summary>Key-value pairs.</summary>
    Map = 11,

    /// <summary>Fields, up to a zero byte.</summary>
    Struct = 12,
}
