using N2D.Data;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Tests.Data;

public sealed class StandardizerTests
{
    // /usr/bin/python3 -c "from sklearn.preprocessing import *; x = [[1, 10, 5], [2, -20, 5], [4, 60, 5]]
    // for s in (StandardScaler(), MinMaxScaler()): print(s.fit_transform(x), s.transform([[3, 100, 6]]))"
    [Theory]
    [InlineData(
        Standardization.ZScore,
        new[] { -1.0690449676496978f, -0.2020305089104422f, 0, -0.2672612419124245f, -1.111167799007432f, 0, 1.3363062095621219f,
        1.3131983079178737f, 0 },
        new[] { 0.5345224838248487f, 2.5253813613805267f, 1 })]
    [InlineData(Standardization.MinMax, new[] { 0, 0.375f, 0, 0.3333333333333333f, 0, 0, 1, 1, 0 }, new[] { 0.6666666666666667f, 1.5f, 1 })]
    public void Scales_AsScikitLearn_UnseenRowsAsWell(Standardization method, float[] scaled, float[] unseen)
    {
        var messages = new List<string>();

        var embedding = Standardizer.Apply(Data([1, 10, 5, 2, -20, 5, 4, 60, 5], 3), method, new Execution { Explain = messages.Add });

        Assert.Equal(method.ToString(), embedding.Stages);
        Assert.Equal(scaled, embedding.GetRows().Values.ToArray());
        Assert.Equal(unseen, embedding.GetStages()[0].Transform(Matrix.Own([3, 100, 6], 3), Execution.Default).Values.ToArray());
        Assert.Equal($"{method}: 1 of 3 columns holds a single value and becomes 0.", Assert.Single(messages));
        Assert.Equal($"Standardize={method}", embedding.GetStages()[0].Settings);
    }

    [Fact]
    public void None_AddsNoStage()
    {
        var data = Data([1, 2], 1);

        Assert.Same(data, Standardizer.Apply(data, Standardization.None, Execution.Default));
    }

    [Theory]
    [InlineData(Standardization.ZScore)]
    [InlineData(Standardization.MinMax)]
    public void SameBytes_ForAnyThreadCount_AndWhenFittedAnew(Standardization method)
    {
        var random = new Random(1);
        var data = Data([.. Enumerable.Range(0, 5000 * 7).Select(_ => (float)((random.NextDouble() * 1e3) + 1e6))], 7);

        var one = Standardizer.Apply(data, method, new Execution { ThreadCount = 1 });

        Assert.True(
            one.GetRows().Values.SequenceEqual(Standardizer.Apply(data, method, new Execution { ThreadCount = 5 }).GetRows().Values));
        Assert.True(one.GetRows().Values.SequenceEqual(one.GetStages()[0].Refit(data, 3, Execution.Default).GetRows().Values));
        Assert.True(one.GetRows().Values.SequenceEqual(one.GetStages()[0].Transform(data.GetRows(), Execution.Default).Values));
    }

    [Fact]
    public void ColumnsFarFromZero_AreScaledToTheLastBits()
    {
        // The mean of squares minus the square of the mean would have no correct digit.
        var embedding = Standardizer.Apply(Data([16_000_000, 16_000_001, 16_000_002], 1), Standardization.ZScore, Execution.Default);

        Assert.Equal([-MathF.Sqrt(1.5f), 0, MathF.Sqrt(1.5f)], embedding.GetRows().Values.ToArray());
    }

    [Fact]
    public void LargestNumbers_DoNotOverflow()
    {
        var data = Data([float.MinValue, float.MaxValue, 0], 1);

        Assert.Equal([0, 1, 0.5f], Standardizer.Apply(data, Standardization.MinMax, Execution.Default).GetRows().Values.ToArray());
        Assert.All(
            Standardizer.Apply(data, Standardization.ZScore, Execution.Default).GetRows().Values.ToArray(),
            value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Images_StayImages_AndIdsStayWithTheirRows()
    {
        var data = new Dataset("x", Matrix.Own([0, 1, 2, 3], 2), imageShape: new ImageShape(1, 2)) { Ids = ["a", "b"] };

        var embedding = Standardizer.Apply(data, Standardization.MinMax, Execution.Default);

        Assert.Equal(new ImageShape(1, 2), embedding.GetImageShape());
        Assert.Equal(["a", "b"], embedding.GetIds());
    }

    [Fact]
    public void OtherRowsThanFittedTo_AreRefused()
    {
        var stage = Standardizer.Apply(Data([1, 2, 3, 4], 2), Standardization.ZScore, Execution.Default).GetStages()[0];

        Assert.Equal("DimensionMismatch", Assert.Throws<N2DException>(() => stage.Transform(Matrix.Own([1], 1), Execution.Default)).Id);
        Assert.Equal("NotFinite", Assert.Throws<N2DException>(() => stage.Transform(Matrix.Own([1, float.NaN], 2), Execution.Default)).Id);
    }

    private static Dataset Data(float[] values, int columnCount) => new("x", Matrix.Own(values, columnCount));
}
