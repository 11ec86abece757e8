using N2D.Data;
using N2D.Manifolds;
using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Manifolds;

/// <summary>The divergence of t-SNE with few rows. Expected divergences come from Expected/tsne-few.py.</summary>
public sealed class TsneFewRowsTests
{
    [Theory]
    [InlineData("normal")]
    [InlineData("digits")]
    public void DivergenceOfFewRows_IsNoMoreThanScikitLearns(string name)
    {
        var expected = ExpectedValues.Load("tsne-few.json");
        var rows = name == "normal" ? expected.GetProperty("normal").ToMatrix() : DatasetCatalog.Find("Digits")!.Read().GetRows();
        var ratios = new List<double>();
        foreach (var item in expected.GetProperty("cases").EnumerateArray().Where(item => item[0].GetString() == name))
        {
            var (count, rate) =
                (item[1].GetInt32(), item[3].ValueKind == System.Text.Json.JsonValueKind.Null ? (double?)null : item[3].GetDouble());
            var some = Matrix.Own(rows.Values[..(count * rows.ColumnCount)].ToArray(), rows.ColumnCount);
            var options = new TsneOptions { Perplexity = item[2].GetDouble(), LearningRate = rate };
            var divergence = ((Tsne)options.Fit(some, Execution.Default)).Divergence;
            Assert.True(divergence <= 1.02 * item[4].GetDouble(), $"{item}: {divergence}");
            ratios.Add(divergence / item[4].GetDouble());
        }

        // scikit-learn's automatic rate is too large for few rows, so that the average is below.
        Assert.InRange(ratios.Average(), 0.5, 0.98);
    }
}
