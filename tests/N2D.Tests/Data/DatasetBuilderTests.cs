using N2D.Data;

namespace N2D.Tests.Data;

public sealed class DatasetBuilderTests
{
    [Fact]
    public void Rows_KeepTheirLabelsAndIds()
    {
        var builder = new DatasetBuilder("x", ["a", "b"]) { HasLabels = true, IdName = "name" };
        builder.Add([1, 2], "u", "first");
        builder.Add([3, 4], "", "second");

        var dataset = builder.Build();

        Assert.Equal([1f, 2f, 3f, 4f], dataset.GetRows().Values.ToArray());
        Assert.Equal(["a", "b"], dataset.GetColumnNames());
        Assert.Equal("u", dataset.GetLabels()![0]);
        Assert.Null(dataset.GetLabels()![1]);
        Assert.Equal(["first", "second"], dataset.GetIds());
        Assert.Equal("name", dataset.GetIdName());
    }

    [Fact]
    public void IdsThatAreThereTwice_AreAWarning()
    {
        var warnings = new List<string>();
        var builder = new DatasetBuilder("x", ["a"]) { IdName = "name" };
        builder.Add([1], id: "p");
        builder.Add([2], id: "p");

        builder.Build(new Execution { Warn = warnings.Add });

        Assert.StartsWith("Data set 'x': 2 rows have the id 'p'.", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void NoRowsOrNoLabels_AreRefused()
    {
        Assert.Equal("EmptyDataset", Assert.Throws<N2DException>(() => new DatasetBuilder("x", ["a"]).Build()).Id);
        var unlabelled = new DatasetBuilder("x", ["a"]) { HasLabels = true };
        unlabelled.Add([1], " ");
        Assert.Equal("MissingLabel", Assert.Throws<N2DException>(() => unlabelled.Build()).Id);
    }
}
