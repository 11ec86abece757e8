using System.Buffers.Binary;

namespace N2D.Data;

/// <summary>The footer of a Parquet file: the schema and the row groups. All positions are validated.</summary>
/// <param name="Schema">The root of the schema.</param>
/// <param name="Groups">The row groups.</param>
/// <remarks>https://github.com/apache/parquet-format</remarks>
internal sealed record ParquetFooter(ParquetSchemaNode Schema, IReadOnlyList<ParquetRowGroup> Groups)
{
    private const int TrailerLength = 8;

    /// <summary>The magic number at the start and the end of a file.</summary>
    public static ReadOnlySpan<byte> Magic => "PAR1"u8;

    /// <summary>The number of rows.</summary>
    public long RowCount => Groups.Sum(group => group.RowCount);

    /// <summary>Reads the footer of a file.</summary>
    /// <param name="content">The file.</param>
    /// <exception cref="InvalidDataException">The footer is not valid.</exception>
    public static ParquetFooter Read(Stream content)
    {
        Span<byte> head = stackalloc byte[Magic.Length];
        Span<byte> trailer = stackalloc byte[TrailerLength];
        if (content.Length < Magic.Length + TrailerLength)
        {
            throw new InvalidDataException("it is too short");
        }

        content.Position = 0;
        content.ReadExactly(head);
        content.Position = content.Length - TrailerLength;
        content.ReadExactly(trailer);
        var magic = trailer[sizeof(int)..];
        if (magic.SequenceEqual("PARE"u8))
        {
            throw new InvalidDataException("it is encrypted");
        }

        if (!head.SequenceEqual(Magic) || !magic.SequenceEqual(Magic))
        {
            throw new InvalidDataException("it does not start and end with 'PAR1'");
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        var start = content.Length - TrailerLength - length;
        if (start < Magic.Length || length > Array.MaxLength)
        {
            throw new InvalidDataException("its footer is longer than the file");
        }

        var bytes = new byte[length];
        content.Position = start;
        content.ReadExactly(bytes);
        return Read(bytes, start);
    }

    private static ParquetFooter Read(ReadOnlySpan<byte> bytes, long end)
    {
        var thrift = new ThriftReader(bytes);
        ParquetSchemaNode? schema = null;
        var groups = new List<ParquetRowGroup>();
        for (var field = 0; thrift.NextField(ref field, out var type);)
        {
            switch (field)
            {
                case 2:
                    schema = ParquetSchemaNode.ReadTree(ref thrift, type);
                    break;
                case 4:
                    for (var left = thrift.ReadList(type, out var element); left > 0; left--)
                    {
                        groups.Add(element == ThriftType.Struct
                            ? ParquetRowGroup.Read(ref thrift)
                            : throw new InvalidDataException("its footer is not valid"));
                    }

                    break;
                case 8:
                    throw new InvalidDataException("it is encrypted");
                default:
                    thrift.Skip(type);
                    break;
            }
        }

        if (schema is null)
        {
            throw new InvalidDataException("it has no schema");
        }

        var leaves = LeavesOf(schema).ToList();
        foreach (var group in groups)
        {
            group.ThrowIfNotValid(leaves, end);
        }

        return new ParquetFooter(schema, groups);
    }

    private static IEnumerable<ParquetValueType> LeavesOf(ParquetSchemaNode node) => node.Values is { } values
        ? [values]
        : node.Children.SelectMany(LeavesOf);
}
