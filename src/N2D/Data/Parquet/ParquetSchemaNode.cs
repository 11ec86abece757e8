namespace N2D.Data;

/// <summary>A node of the schema of a Parquet file: a column or a group of nodes.</summary>
/// <param name="Name">The name.</param>
/// <param name="Repetition">How often the node occurs in its parent.</param>
/// <param name="Group">The kind of group.</param>
/// <param name="Values">The type of the column's values; null for a group.</param>
/// <param name="ChildCount">The number of children; 0 for a column.</param>
internal sealed record ParquetSchemaNode(
    string Name, ParquetRepetition Repetition, ParquetGroup Group, ParquetValueType? Values, int ChildCount)
{
    private const int MaxNesting = 64;

    /// <summary>The children.</summary>
    public List<ParquetSchemaNode> Children { get; } = [];

    /// <summary>Reads the schema tree from the footer, which lists its nodes in depth-first order.</summary>
    /// <param name="thrift">The footer, at the list.</param>
    /// <param name="type">The type of the field with the list.</param>
    public static ParquetSchemaNode ReadTree(ref ThriftReader thrift, ThriftType type)
    {
        var nodes = new List<ParquetSchemaNode>();
        for (var left = thrift.ReadList(type, out var element); left > 0; left--)
        {
            nodes.Add(element == ThriftType.Struct ? ReadNode(ref thrift) : throw new InvalidDataException("its schema is not valid"));
        }

        var next = 0;
        var root = Assemble(nodes, ref next, MaxNesting);
        return next == nodes.Count && root.Values is null ? root : throw new InvalidDataException("its schema is not a tree");
    }

    private static ParquetSchemaNode Assemble(List<ParquetSchemaNode> nodes, ref int next, int depth)
    {
        var node = next < nodes.Count && depth > 0 ? nodes[next++] : throw new InvalidDataException("its schema is not a tree");
        for (var left = node.ChildCount; left > 0; left--)
        {
            node.Children.Add(Assemble(nodes, ref next, depth - 1));
        }

        return node;
    }

    private static ParquetSchemaNode ReadNode(ref ThriftReader thrift)
    {
        var (type, width, repetition, childCount, converted, scale) = (-1, 0, 0, 0, -1, 0);
        string? name = null;
        var logical = default(ParquetLogicalType);
        for (var field = 0; thrift.NextField(ref field, out var fieldType);)
        {
            switch (field)
            {
                case 1:
                    type = thrift.ReadInt32(fieldType);
                    break;
                case 2:
                    width = thrift.ReadInt32(fieldType);
                    break;
                case 3:
                    repetition = thrift.ReadInt32(fieldType);
                    break;
                case 4:
                    name = thrift.ReadText(fieldType);
                    break;
                case 5:
                    childCount = thrift.ReadInt32(fieldType);
                    break;
                case 6:
                    converted = thrift.ReadInt32(fieldType);
                    break;
                case 7:
                    scale = thrift.ReadInt32(fieldType);
                    break;
                case 10:
                    logical = ParquetLogicalType.Read(ref thrift, fieldType);
                    break;
                default:
                    thrift.Skip(fieldType);
                    break;
            }
        }

        if (name is null
            || repetition is < 0 or > 2
            || childCount < 0
            || (type >= 0 && childCount > 0)
            || type > (int)ParquetPhysicalType.FixedLengthByteArray)
        {
            throw new InvalidDataException("its schema is not valid");
        }

        // Groups have no type, and some writers omit the number of children of an empty root.
        var values = type < 0 ? null : ParquetValueType.Of((ParquetPhysicalType)type, width, converted, scale, logical);
        return new ParquetSchemaNode(name, (ParquetRepetition)repetition, logical.GroupOr(converted), values, childCount);
    }
}

/// <summary>How often a node occurs in its parent.</summary>
internal enum ParquetRepetition
{
    /// <summary>Once.</summary>
    Required = 0,

    /// <summary>Once, or not at all.</summary>
    Optional = 1,

    /// <summary>Any number of times.</summary>
    Repeated = 2,
}

/// <summary>The kinds of groups.</summary>
internal enum ParquetGroup
{
    /// <summary>A structure of columns.</summary>
    Structure,

    /// <summary>A list.</summary>
    List,

    /// <summary>A map.</summary>
    Map,
}
