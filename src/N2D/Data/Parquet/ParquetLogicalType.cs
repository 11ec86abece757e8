namespace N2D.Data;

/// <summary>The LogicalType annotation of a schema node.</summary>
/// <param name="Kind">The field number in the LogicalType union; 0 without an annotation.</param>
/// <param name="Scale">The scale of decimals.</param>
/// <param name="PerSecond">The time units in a second.</param>
/// <param name="IsUtc">Whether timestamps are in UTC.</param>
/// <param name="IsUnsigned">Whether integers are unsigned.</param>
/// <remarks>https://github.com/apache/parquet-format/blob/master/LogicalTypes.md.</remarks>
internal readonly record struct ParquetLogicalType(int Kind, int Scale, long PerSecond, bool IsUtc, bool IsUnsigned)
{
    /// <summary>Reads an annotation.</summary>
    /// <param name="thrift">The footer, at the union.</param>
    /// <param name="type">The type of the field.</param>
    public static ParquetLogicalType Read(ref ThriftReader thrift, ThriftType type)
    {
        var logical = default(ParquetLogicalType);
        ThrowIfNoStructure(type);
        for (var kind = 0; thrift.NextField(ref kind, out var inner);)
        {
            ThrowIfNoStructure(inner);
            logical = logical with { Kind = kind };
            for (var field = 0; thrift.NextField(ref field, out var part);)
            {
                logical = (kind, field) switch
                {
                    (5, 1) => logical with { Scale = thrift.ReadInt32(part) },
                    (7 or 8, 1) => logical with { IsUtc = ThriftReader.Boolean(part) },
                    (7 or 8, 2) => logical with { PerSecond = ReadUnit(ref thrift, part) },
                    (10, 2) => logical with { IsUnsigned = !ThriftReader.Boolean(part) },
                    _ => Skipped(ref thrift, part, logical),
                };
            }
        }

        return logical;
    }

    /// <summary>Returns the kind of group from this annotation, or from the older ConvertedType annotation.</summary>
    /// <param name="converted">The ConvertedType; -1 if there is none.</param>
    public ParquetGroup GroupOr(int converted) => (Kind, converted) switch
    {
        (3, _) or (0, 3) => ParquetGroup.List,
        (2, _) or (0, 1 or 2) => ParquetGroup.Map,
        _ => ParquetGroup.Structure,
    };

    private static long ReadUnit(ref ThriftReader thrift, ThriftType type)
    {
        ThrowIfNoStructure(type);
        var perSecond = 0L;
        for (var unit = 0; thrift.NextField(ref unit, out var inner);)
        {
            perSecond = unit switch { 1 => 1_000, 2 => 1_000_000, _ => 1_000_000_000 };
            thrift.Skip(inner);
        }

        return perSecond;
    }

    private static ParquetLogicalType Skipped(ref ThriftReader thrift, ThriftType type, ParquetLogicalType logical)
    {
        thrift.Skip(type);
        return logical;
    }

    private static void ThrowIfNoStructure(ThriftType type)
    {
        if (type != ThriftType.Struct)
        {
            throw new InvalidDataException("its schema is not valid");
        }
    }
}
