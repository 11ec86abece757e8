using System.Globalization;
using N2D.Clustering;
using N2D.Manifolds;
using N2D.Models;

namespace N2D.Bench;

/// <summary>The number of clusters that each criterion chooses for a mixture, on UMAP layouts of several seeds.</summary>
internal static class CountCriteria
{
    /// <summary>Runs all criteria, and writes a line for each choice.</summary>
    /// <param name="resultPath">The file of results.</param>
    /// <param name="sources">The data sets (<see cref="SourceData"/>).</param>
    /// <param name="seedCount">The number of seeds, of the layout and of the criterion.</param>
    public static int Run(string resultPath, IReadOnlyList<string> sources, int seedCount)
    {
        var lines = new List<string> { "Dataset,Rows,Seed,Criterion,ClusterCount,Score" };
        foreach (var source in sources)
        {
            var (name, data) = SourceData.Read(source);
            for (var seed = 0; seed < seedCount; seed++)
            {
                var layout = N2DPipeline.LayOut(data, new UmapOptions { Seed = seed }, Execution.Default);
                foreach (var criterion in Enum.GetValues<ClusterCountCriterion>())
                {
                    var options = new GaussianMixtureOptions(new ClusterCountRange(1, ClusterCountRange.DefaultMost))
                    {
                        CountCriterion = criterion,
                        Seed = seed,
                    };
                    var chosen = GaussianMixture.Fit(layout.GetRows(), options, Execution.Default)
                        .GetClusterCountCurve()
                        .Single(point => point.IsChosen);
                    lines.Add(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{name},{data.RowCount},{seed},{criterion},{chosen.ClusterCount},{chosen.Score:F4}"));
                    Console.WriteLine(lines[^1]);
                }
            }
        }

        File.WriteAllLines(resultPath, lines);
        return 0;
    }
}
