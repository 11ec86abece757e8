using N2D.Manifolds;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Tests.Models;

/// <summary>Applying a pipeline to rows that it was not fitted to.</summary>
public sealed class FittedPipelineTests
{
    private static readonly string[] Names = ["a", "b", "c"];

    [Fact]
    public void ColumnsOfOtherOrder_AreFoundByTheirNames_AndExtraOnesCanBeLeftOut()
    {
        var pipeline = Named();
        var rows = RandomRows.Uniform(20, 3, seed: 3);
        var expected = pipeline.Transform(new Dataset("d", rows, columnNames: Names), Execution.Default).GetRows();

        var shuffled = new Dataset("d", Columns(rows, 2, 0, 1), columnNames: ["c", "a", "b"]);
        Assert.Equal(expected.Values, pipeline.Transform(shuffled, Execution.Default).GetRows().Values);

        var wide = new Dataset("d", Columns(rows, 0, 0, 1, 2, 2), columnNames: ["id", "a", "b", "c", "remark 1"]);
        Assert.Equal(expected.Values, pipeline.Transform(wide, Execution.Default, ["id", "remark*"]).GetRows().Values);
        Assert.Equal("ExcludedColumnNotFound", Assert.Throws<N2DException>(() => pipeline.Transform(wide, Execution.Default, ["ids"])).Id);
    }

    [Fact]
    public void ColumnsWithoutNames_AreTakenByTheirOrder()
    {
        var rows = RandomRows.Uniform(20, 3, seed: 3);
        var said = new List<string>();
        var numbered = Named().Transform(new Dataset("d", rows), Execution.Default with { Warn = said.Add });
        Assert.Equal(
            Named().Transform(new Dataset("d", rows, columnNames: Names), Execution.Default).GetRows().Values, numbered.GetRows().Values);
        Assert.Contains(said, line => line.Contains("by their order", StringComparison.Ordinal));
    }

    [Fact]
    public void ColumnsThatDoNotFit_AreRefusedByNameAndNumber()
    {
        var rows = RandomRows.Uniform(20, 4, seed: 3);
        const string Fitted = "The model was fitted to 3 columns ('a', 'b', 'c'), but data set 'd' has ";
        const string Rename = "Rename the columns to the model's names, or fit a model to the columns of this data set.";
        const string Exclude = "Exclude the columns that the model does not have with ExcludedColumns, or set Required when the rows are read.";
        Assert.Equal(
            $"{Fitted}4 columns ('id', 'a', 'b', 'c'); not in the model: 'id'. {Exclude}",
            Refused(new Dataset("d", rows, columnNames: ["id", "a", "b", "c"])));
        Assert.Equal(
            $"{Fitted}3 columns ('a', 'b', 'D'); missing: 'c'; not in the model: 'D'. {Rename} {Exclude}",
            Refused(new Dataset("d", Columns(rows, 0, 1, 2), columnNames: ["a", "b", "D"])));
        Assert.Equal(
            $"{Fitted}2 columns ('a', 'c'); missing: 'b'. {Rename}",
            Refused(new Dataset("d", Columns(rows, 0, 1), columnNames: ["a", "c"])));
        Assert.StartsWith($"{Fitted}4", Refused(new Dataset("d", rows)), StringComparison.Ordinal);
        Assert.Contains(
            "has 3 columns ('a', 'b', 'b'); missing: 'c'; more than once: 'b'.",
            Refused(new Dataset("d", Columns(rows, 0, 1, 2), columnNames: ["a", "b", "b"])),
            StringComparison.Ordinal);
    }

    [Fact]
    public void ImagesOfAnotherShape_AreRefused_ThoughTheyHaveAsManyPixels_AndRowsThatAreNoneAreNot()
    {
        var pipeline = FittedPipeline.Of(Pipelines.LaidOut(Pipelines.Images()), Execution.Default);
        var rows = Pipelines.Images().GetRows();
        var error = Assert.Throws<N2DException>(() =>
            pipeline.Transform(new Dataset("d", rows, imageShape: new ImageShape(2, 8)), Execution.Default));
        Assert.Equal(("ImageShapeMismatch", ErrorKind.InvalidArgument), (error.Id, error.Kind));
        Assert.Equal(
            "The model was fitted to images 4 pixels high and 4 wide, but those of 'd' are 2 high and 8 wide. Resize them; for image "
                + "files, set Size to 4, 4 when they are read.", error.Message);
        var small = new Dataset("d", RandomRows.Uniform(5, 9), imageShape: new ImageShape(3, 3));
        Assert.Equal("ImageShapeMismatch", Assert.Throws<N2DException>(() => pipeline.Transform(small, Execution.Default)).Id);

        var expected = pipeline.Transform(Pipelines.Images(), Execution.Default).GetRows();
        Assert.Equal(expected.Values, pipeline.Transform(new Dataset("d", rows), Execution.Default).GetRows().Values);
        var ofNoImages = FittedPipeline.Of(Pipelines.LaidOut(new Dataset("rows", rows)), Execution.Default);
        Assert.Equal(
            expected.Values,
            ofNoImages.Transform(new Dataset("d", rows, imageShape: new ImageShape(2, 8)), Execution.Default).GetRows().Values);
    }

    [Fact]
    public void RowsOfAnotherScale_AreWarnedOf()
    {
        var warnings = new List<string>();
        var rows = RandomRows.Uniform(5, 3);
        Named().Transform(new Dataset("d", rows, columnNames: Names) { Divisor = 100 }, Execution.Default with { Warn = warnings.Add });
        Assert.Contains(
            "divided by 1 when they were read, but those of 'd' were divided by 100", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Novelty_IsOneAtMost_OfNinetyNineInAHundredRowsLikeThoseOfTheFit_AndLargeOfStrangers()
    {
        // Six thousand rows, half of them fitted, and strangers as far from all groups as these are from each other.
        var (rows, _) = RandomRows.Blobs(3000, 6, 4, scale: 12);
        Matrix Part(int first) => Matrix.Own(rows.RowRange(first, 1500).ToArray(), 6);
        var umap = new UmapOptions { Dimension = 2, Epochs = 10 }.Fit(Part(0), Execution.Default);
        var data = new Dataset("d", Part(0));
        var pipeline = FittedPipeline.Of(Pipelines.Clustered(data.Append(umap, umap.Layout)), Execution.Default);

        Assert.InRange(pipeline.Score(data, Execution.Default).NovelShare!.Value, 0.005, 0.01);
        var others = pipeline.Score(new Dataset("d", Part(1500)), Execution.Default);
        Assert.InRange(others.NovelShare!.Value, 0.002, 0.04);
        Assert.Equal(others.GetNovelty().ToArray(), others.EnumerateAssignments().Select(assignment => assignment.Novelty!.Value));

        var strangers = Matrix.Own([.. Part(1500).Values.ToArray().Select(value => value + 12)], 6);
        var strange = pipeline.Score(new Dataset("d", strangers), Execution.Default);
        Assert.InRange(strange.NovelShare!.Value, 0.99, 1);
        Assert.InRange(strange.GetNovelty().ToArray().Average(), 3, 100);

        // Fitted rows have no novelty.
        var fitted = Pipelines.Clustered(data.Append(umap, umap.Layout));
        Assert.Null(fitted.NovelShare);
        Assert.Null(fitted.EnumerateAssignments().First().Novelty);
    }

    [Fact]
    public void ManyRows_GoThroughInBlocks_ToTheSameBytes()
    {
        var pipeline = Named();
        var rows = RandomRows.Uniform(9000, 3, seed: 8);
        var progress = new Fractions();
        var together =
            pipeline.Transform(new Dataset("d", rows, columnNames: Names), Execution.Default with { Progress = progress }).GetRows();
        foreach (var row in new[] { 0, 8191, 8192, 8999 })
        {
            var alone = pipeline.Transform(new Dataset("d", Matrix.Own(rows.Row(row).ToArray(), 3), columnNames: Names), Execution.Default);
            Assert.Equal(together.Row(row), alone.GetRows().Values);
        }

        Assert.InRange(progress.Largest, 0.99, 1);
    }

    [Fact]
    public void ARowThatCannotBePlaced_IsToldByItsNumber_WhereverItsBlockBegins()
    {
        var values = RandomRows.Uniform(8200, 3, seed: 8).Values.ToArray();
        values[(8195 * 3) + 1] = 1e30f;
        var error = Assert.Throws<N2DException>(() =>
            Named().Transform(new Dataset("d", Matrix.Own(values, 3), columnNames: Names), Execution.Default));
        Assert.Equal("UndefinedDistance", error.Id);
        Assert.StartsWith("In the rows from row 8193 on: Row 4 ", error.Message, StringComparison.Ordinal);
    }

    private static FittedPipeline Named()
    {
        var rows = RandomRows.Uniform(60, 3);
        var umap = new UmapOptions { NeighborCount = 5, Dimension = 2, Epochs = 10 }.Fit(rows, Execution.Default);
        return FittedPipeline.Of(new Dataset("named", rows, columnNames: Names).Append(umap, umap.Layout), Execution.Default);
    }

    private static string Refused(Dataset dataset)
    {
        var error = Assert.Throws<N2DException>(() => Named().Transform(dataset, Execution.Default));
        Assert.Equal(("ColumnMismatch", ErrorKind.InvalidArgument), (error.Id, error.Kind));
        return error.Message;
    }

    private static Matrix Columns(Matrix rows, params int[] columns) =>
        Matrix.Own([.. Enumerable.Range(0, rows.RowCount).SelectMany(row => columns.Select(column => rows[row, column]))], columns.Length);

    private sealed class Fractions : IProgress<StageProgress>
    {
        private double _largest;

        public double Largest => _largest;

        public void Report(StageProgress value) => _largest = Math.Max(_largest, value.Fraction);
    }
}
