namespace N2D.Data;

/// <summary>The kinds of table columns.</summary>
internal enum ParquetShape
{
    /// <summary>One value for each row.</summary>
    Plain,

    /// <summary>One list of numbers for each row.</summary>
    Vector,

    /// <summary>Other lists, maps, and structures in lists.</summary>
    Nested,
}

/// <summary>A field of a Parquet file that becomes a column of the table.</summary>
/// <param name="Name">The path of the structures that contain it, and its name or that of the outermost list or map.</param>
/// <param name="Shape">The kind of table column.</param>
/// <param name="KindName">A plural noun for the values, for messages.</param>
/// <param name="Chunk">The index of its column chunk in each row group.</param>
/// <param name="Values">The type of its values.</param>
/// <param name="MaxDefinition">The definition level of a value that is not null.</param>
/// <param name="MaxRepetition">0 for one value in each row, 1 for a list.</param>
/// <param name="ElementDefinition">The minimum definition level of a list element.</param>
internal sealed record ParquetLeaf(
    string Name,
    ParquetShape Shape,
    string KindName,
    int Chunk,
    ParquetValueType Values,
    int MaxDefinition,
    int MaxRepetition,
    int ElementDefinition)
{
    /// <summary>Returns the table columns of a schema.</summary>
    /// <param name="root">The root of the schema.</param>
    public static List<ParquetLeaf> Of(ParquetSchemaNode root)
    {
        var found = new List<ParquetLeaf>();
        var chunk = 0;
        foreach (var child in root.Children)
        {
            Add(child, "", 0, ref chunk, found);
        }

        return found;
    }

    private static void Add(ParquetSchemaNode node, string prefix, int definition, ref int chunk, List<ParquetLeaf> found)
    {
        var name = prefix + node.Name;
        var isRepeated = node.Repetition == ParquetRepetition.Repeated;
        if (node.Values is { } values && !isRepeated)
        {
            found.Add(new ParquetLeaf(name, ParquetShape.Plain, values.KindName, chunk++, values, definition + LevelOf(node), 0, 0));
        }
        else if (node.Values is null && node.Group == ParquetGroup.Structure && !isRepeated)
        {
            foreach (var child in node.Children)
            {
                Add(child, name + '.', definition + LevelOf(node), ref chunk, found);
            }
        }
        else
        {
            AddList(node, name, definition, ref chunk, found);
        }
    }

    private static void AddList(ParquetSchemaNode node, string name, int definition, ref int chunk, List<ParquetLeaf> found)
    {
        var leafCount = LeafCountOf(node);
        var (current, repeated, element) = (node, 0, 0);
        while (true)
        {
            definition += LevelOf(current);
            if (current.Repetition == ParquetRepetition.Repeated)
            {
                (repeated, element) = (repeated + 1, definition);
            }

            if (current.Children.Count != 1)
            {
                break;
            }

            current = current.Children[0];
        }

        // A group without columns is not a table column.
        if (leafCount > 0)
        {
            var isVector = current.Values is { IsNumber: true } && repeated == 1 && node.Group != ParquetGroup.Map;
            var kind = node.Group == ParquetGroup.Map ? "maps"
                : current.Values is not { } values ? "lists of structures"
                : repeated > 1 ? "lists of lists"
                : isVector ? "vectors"
                : $"lists of {values.KindName}";
            var nothing = new ParquetValueType(ParquetPhysicalType.ByteArray, 0, ParquetMeaning.Bytes);
            found.Add(
                new ParquetLeaf(
                    name,
                    isVector ? ParquetShape.Vector : ParquetShape.Nested,
                    kind,
                    chunk,
                    current.Values ?? nothing,
                    definition,
                    repeated,
                    element));
        }

        chunk += leafCount;
    }

    private static int LevelOf(ParquetSchemaNode node) => node.Repetition == ParquetRepetition.Required ? 0 : 1;

    private static int LeafCountOf(ParquetSchemaNode node) => node.Values is not null ? 1 : node.Children.Sum(LeafCountOf);
}
