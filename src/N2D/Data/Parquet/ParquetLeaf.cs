namespace N2D.Data;

/// <summary>What kind of column a field of a Parquet file makes.</summary>
internal enum ParquetShape
{
    /// <summary>A value for each row.</summary>
    Plain,

    /// <summary>A list of numbers for each row.</summary>
    Vector,

    /// <summary>Lists of something else, maps, structures in lists.</summary>
    Nested,
}

/// <summary>A field of a Parquet file that makes one column of the table.</summary>
/// <param name="Name">Its name: that of the outermost list or map, after the structures that it is in.</param>
/// <param name="Shape">What kind of column it makes.</param>
/// <param name="KindName">What messages call its values.</param>
/// <param name="Chunk">Its place among the columns of values of a group of rows.</param>
/// <param name="Values">Its values.</param>
/// <param name="MaxDefinition">The level of a value that is there.</param>
/// <param name="MaxRepetition">0 for one value in a row, 1 for a list.</param>
/// <param name="ElementDefinition">The level from which on a list has an element.</param>
internal sealed record ParquetLeaf(string Name, ParquetShape Shape, string KindName, int Chunk, ParquetValueType Values, int MaxDefinition, int MaxRepetition, int ElementDefinition)
{
    /// <summary>The columns that a schema makes.</summary>
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

        // A group without any column makes none.
        if (leafCount > 0)
        {
            var isVector = current.Values is { IsNumber: true } && repeated == 1 && node.Group != ParquetGroup.Map;
            var kind = node.Group == ParquetGroup.Map ? "maps" : current.Values is not { } values ? "lists of structures" : repeated > 1 ? "lists of lists" : isVector ? "vectors" : $"lists of {values.KindName}";
            var nothing = new ParquetValueType(ParquetPhysicalType.ByteArray, 0, ParquetMeaning.Bytes);
            found.Add(new ParquetLeaf(name, isVector ? ParquetShape.Vector : ParquetShape.Nested, kind, chunk, current.Values ?? nothing, definition, repeated, element));
        }

        chunk += leafCount;
    }

    private static int LevelOf(ParquetSchemaNode node) => node.Repetition == ParquetRepetition.Required ? 0 : 1;

    private static int LeafCountOf(ParquetSchemaNode node) => node.Values is not null ? 1 : node.Children.Sum(LeafCountOf);
}
