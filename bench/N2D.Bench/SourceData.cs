using N2D.Data;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Bench;

/// <summary>Data sets by the texts that name them on the command line.</summary>
internal static class SourceData
{
    private const int UniformRows = 1000, UniformColumns = 10;

    /// <summary>Reads a data set.</summary>
    /// <param name="source">
    /// NAME=PATH for a data set of the catalog; NAME for one that is included, or Uniform for random numbers without clusters. Another
    /// NAME=PATH is a table with the column target as its classes, and its other columns are standardized.
    /// </param>
    public static (string Name, Embedding Data) Read(string source)
    {
        var parts = source.Split('=', 2);
        if (parts[0] == "Uniform")
        {
            return (parts[0], new Dataset(parts[0], DrawUniform(), null));
        }

        if (DatasetCatalog.Find(parts[0]) is { } named)
        {
            return (parts[0], named.Read(parts.Length == 2 ? parts[1] : null));
        }

        var table = new DatasetFile { Table = new TableOptions { LabelColumn = "target" } }.Read(parts[1], Execution.Default);
        return (parts[0], Standardizer.Apply(table, Standardization.ZScore, Execution.Default));
    }

    private static Matrix DrawUniform()
    {
        var random = new RandomSequence(0, RandomPurpose.Sampling);
        var values = new float[UniformRows * UniformColumns];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = random.NextSingle();
        }

        return Matrix.Own(values, UniformColumns);
    }
}
