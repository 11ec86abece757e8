using N2D.Models;
using N2D.Pipeline;
using N2D.Plotting;
using N2D.Tests.Profiles;

namespace N2D.Tests.Models;

public sealed class ClusterNameTests : IDisposable
{
    private readonly ClusterResult _result = Clusterings.Of([0, 1, 0, 1, 0]);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Names_AreThoseOfTheRows_AndLeaveTheInputUnchanged()
    {
        var named = _result.WithClusterNames(["calm", " "]);
        Assert.Equal(["calm", null, "calm", null, "calm"], named.EnumerateAssignments().Select(row => row.ClusterName));
        Assert.Equal(["calm", null], named.GetClusterNames());
        Assert.Empty(_result.GetClusterNames());
        Assert.Equal("NameCountMismatch", Assert.Throws<N2DException>(() => _result.WithClusterNames(["calm"])).Id);
    }

    [Fact]
    public void Names_AreSaved_AndGivenToNewRows()
    {
        var path = Path.Combine(_folder.FullName, "named.n2d");
        FittedPipeline.Of(_result.WithClusterNames([null, "wild"]), Execution.Default).Save(path);
        var model = FittedPipeline.Load(path);
        Assert.Equal((4, "wild"), (model.GetDescription().FormatVersion, model.GetDescription().GetClusterNames()![1]));
        var scored = model.Score((Dataset)_result.GetEmbedding(), Execution.Default);
        Assert.Equal([null, "wild"], scored.GetClusterNames());
        Assert.Equal("wild", scored.EnumerateAssignments().ElementAt(1).ClusterName);
    }

    [Fact]
    public void AModelWithoutNames_HasTheFormatThatEarlierVersionsRead()
    {
        var path = Path.Combine(_folder.FullName, "unnamed.n2d");
        FittedPipeline.Of(_result, Execution.Default).Save(path);
        Assert.Equal(3, FittedPipeline.Describe(path).FormatVersion);
        Assert.Null(FittedPipeline.Describe(path).GetClusterNames());
        Assert.DoesNotContain("clusterNames", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Plots_ShowTheNames()
    {
        Assert.Equal(["0: calm", "1"], new ClusterLegend(_result.WithClusterNames(["calm", null])).Names);
        Assert.Equal(["0", "1"], new ClusterLegend(_result).Names);
    }
}
