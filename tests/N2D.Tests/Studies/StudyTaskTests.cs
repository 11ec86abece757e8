using System.Text.Json.Nodes;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Studies;

namespace N2D.Tests.Studies;

public sealed class StudyTaskTests
{
    [Fact]
    public void Key_IgnoresTheOrderOfProperties_AndWhereTheFilesAre()
    {
        var task = Task("""{ "data": "0a", "seed": 1, "parameter": { "Epoch": 50, "HiddenUnit": [30, 20] } }""");

        Assert.Matches("^[0-9a-f]{32}$", task.Key);
        Assert.Equal(
            task.Key,
            Task("""{ "parameter": { "HiddenUnit": [30, 20], "Epoch": 50 }, "seed": 1, "data": "0a" }""", "other", "/elsewhere").Key);
    }

    [Theory]
    [InlineData("""{ "data": "0b", "seed": 1, "parameter": { "HiddenUnit": [30, 20] } }""")]
    [InlineData("""{ "data": "0a", "seed": 2, "parameter": { "HiddenUnit": [30, 20] } }""")]
    [InlineData("""{ "data": "0a", "seed": 1, "parameter": { "HiddenUnit": [20, 30] } }""")]
    [InlineData("""{ "data": "0a", "seed": 1, "parameter": { "HiddenUnit": "30,20" } }""")]
    [InlineData("""{ "data": "0a", "seed": 1, "parameter": { "Epoch": 50, "HiddenUnit": [30, 20] } }""")]
    [InlineData("""{ "data": "0a", "seed": 1, "parameter": { } }""")]
    public void Key_DependsOnData_Seed_AndParameters(string spec) =>
        Assert.NotEqual(Task("""{ "data": "0a", "seed": 1, "parameter": { "HiddenUnit": [30, 20] } }""").Key, Task(spec).Key);

    [Fact]
    public void Key_DependsOnTheKind()
    {
        var keys = Enum.GetValues<StudyTaskKind>().Select(kind => StudyTask.Create("x", new TaskSpec(kind, "0a") { Seed = 0 }, []).Key);
        Assert.Equal(3, keys.Distinct().Count());
    }

    [Fact]
    public void DigestOfRows_DependsOnValues_Shape_Labels_Weights_AndColumns_NotOnTheName()
    {
        float[] values = [1, 2, 3, 4, 5, 6];
        Dataset[] different =
        [
            Rows(values, 2),
            Rows([1, 2, 3, 4, 5, 7], 2),
            Rows(values, 3),
            Rows(values, 2, new Labels([0, 1, 0], ["a", "b"])),
            Rows(values, 2, new Labels([0, 1, 1], ["a", "b"])),
            Rows(values, 2, new Labels([0, 1, 0], ["a", "c"])),
            Rows(values, 2, weights: [1, 1, 2]),
            Rows(values, 2, weights: [1, 2, 1]),
            new Dataset("x", Matrix.Own([.. values], 2), columnNames: ["a", "b"]),
        ];

        Assert.Equal(different.Length, different.Select(Digest).Distinct().Count());
        Assert.Equal(Digest(different[0]), Digest(new Dataset("other name", Matrix.Own([.. values], 2))));

        static Dataset Rows(float[] values, int columnCount, Labels? labels = null, double[]? weights = null) =>
            new Dataset("x", Matrix.Own([.. values], columnCount), labels).WithWeights(weights);

        static string Digest(Dataset rows) => StudyData.DigestOf(rows, Execution.Default);
    }

    private static StudyTask Task(string spec, string dataset = "x", string path = "/data/x.csv")
    {
        var json = (JsonObject)JsonNode.Parse(spec)!;
        json["kind"] = nameof(StudyTaskKind.Compare);
        return StudyTask.Create(dataset, TaskSpec.Of(json), new JsonObject { ["LiteralPath"] = path });
    }
}
