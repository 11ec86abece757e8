using System.Text.Json.Nodes;
using N2D.Studies;
using N2D.Tests.Data;

namespace N2D.Tests.Studies;

public sealed class StudyFolderTests : IDisposable
{
    private readonly TestStudy _study = new();
    private readonly TemporaryFiles _files = new();

    private string TaskFile => Path.Combine(_study.Folder.Path, "tasks.jsonl");

    public void Dispose()
    {
        _study.Dispose();
        _files.Dispose();
    }

    [Fact]
    public void Tasks_ReadAsTheyWereWritten()
    {
        var written = StudyTask.Create(
            "a 'b' \"é\"\n😀",
            new TaskSpec(StudyTaskKind.Score, "0a")
            {
                Model = "0b",
                Parameters = new JsonObject { ["number"] = 0.1, ["large"] = long.MaxValue, ["tiny"] = 1e-300, ["flag"] = true, ["none"] = null },
            },
            new JsonObject { ["LiteralPath"] = "C:\\x\\$(id)" });
        _study.Folder.Add([written], []);

        var read = Assert.Single(StudyFolder.Open(_study.Folder.Path).ReadTasks());
        Assert.Equal((0, written.Key, written.Kind, written.Dataset), (read.Index, read.Key, read.Kind, read.Dataset));
        Assert.Equal(("0a", "0b", null, null), (read.GetSpec().Data, read.GetSpec().Model, read.GetSpec().Seed, read.GetSpec().Methods));
        Assert.True(JsonNode.DeepEquals(written.GetSpec().Parameters, read.GetSpec().Parameters));
        Assert.True(JsonNode.DeepEquals(written.GetSource(), read.GetSource()));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"dataset\":\"x\",\"source\":{}}")]
    [InlineData("{\"dataset\":5,\"source\":{},\"spec\":{\"kind\":\"Fit\"}}")]
    [InlineData("{\"dataset\":\"x\",\"source\":{},\"spec\":{\"kind\":\"Format\"}}")]
    [InlineData("{\"dataset\":\"x\",\"source\":{},\"spec\":{\"kind\":\"Fit\",\"a\":1,\"a\":2}}")]
    public void ADamagedLine_IsNamed(string line)
    {
        _study.AddTasks(3);
        var lines = File.ReadAllLines(TaskFile);
        lines[1] = line;
        File.WriteAllLines(TaskFile, lines);

        var error = Assert.Throws<N2DException>(_study.Folder.ReadTasks);
        Assert.Equal(("StudyUnreadable", ErrorKind.InvalidData), (error.Id, error.Kind));
        Assert.Contains("line 2 ", error.Message, StringComparison.Ordinal);
        Assert.Contains(TaskFile, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_KeepsWhatIsThere_AndReturnsTheRequest()
    {
        var first = _study.AddTasks(2);
        var before = File.ReadAllText(TaskFile);
        var again = _study.AddTasks(2);
        Assert.Equal(before, File.ReadAllText(TaskFile));
        Assert.Equal(first.Select(task => (task.Index, task.Key)), again.Select(task => (task.Index, task.Key)));

        var more = _study.Folder.Add([TestStudy.Compare(5), TestStudy.Compare(1), TestStudy.Compare(5)], new JsonObject { ["Seed"] = 5 });
        Assert.Equal([2, 1], more.Select(task => task.Index));
        Assert.StartsWith(before, File.ReadAllText(TaskFile), StringComparison.Ordinal);
        Assert.Equal([0, 1, 2], _study.Folder.ReadTasks().Select(task => task.Index));

        // A request that added nothing is not recorded.
        var requests = (JsonArray)StudyFolder.ReadJson(_study.Folder.StudyFile)["requests"]!;
        Assert.Equal(2, requests.Count);
        Assert.Equal(5, (int)requests[1]!["Seed"]!);
    }

    [Fact]
    public void MoreMethods_AddATaskOfTheseMethodsOnly()
    {
        var first = Assert.Single(_study.Folder.Add([TestStudy.Compare(methods: ["N2D", "KM"])], []));
        var more = _study.Folder.Add([TestStudy.Compare(methods: ["N2D", "KM", "UMAP+KM"])], []);

        Assert.Equal([first.Key, TestStudy.Compare(methods: ["UMAP+KM"]).Key], more.Select(task => task.Key));
        Assert.Equal(2, _study.Folder.ReadTasks().Count);

        // Methods that are covered add nothing, in any order; other seeds and data are not covered.
        Assert.Equal(more.Select(task => task.Key), Keys(_study.Folder.Add([TestStudy.Compare(methods: ["UMAP+KM", "KM"])], [])));
        Assert.Equal([first.Key], Keys(_study.Folder.Add([TestStudy.Compare(methods: ["KM"])], [])));
        Assert.Equal([2], _study.Folder.Add([TestStudy.Compare(seed: 1, methods: ["KM"])], []).Select(task => task.Index));
        Assert.Equal([3], _study.Folder.Add([TestStudy.Compare(data: "0b", methods: ["KM"])], []).Select(task => task.Index));

        static IEnumerable<string> Keys(IReadOnlyList<StudyTask> tasks) => tasks.Select(task => task.Key);
    }

    [Fact]
    public void AnExistingStudy_IsOpened_WithItsId()
    {
        Assert.Matches("^[0-9a-f]{8}$", _study.Folder.Id);
        Assert.Equal(_study.Folder.Id, StudyFolder.OpenOrCreate(_study.Folder.Path, "2.0").Id);
        Assert.Equal(_study.Folder.Id, StudyFolder.Open(_study.Folder.Path).Id);
    }

    [Fact]
    public void AFolderOfOtherFiles_IsNoStudy_AndStaysAsItIs()
    {
        _files.Text("notes.txt", "mine");

        AssertFails("FolderNotEmpty", () => StudyFolder.OpenOrCreate(_files.Folder, "1.0"));
        AssertFails("StudyNotFound", () => StudyFolder.Open(_files.Folder));
        AssertFails("StudyNotFound", () => StudyFolder.Open(Path.Combine(_files.Folder, "none")));
        AssertFails("FolderNotWritable", () => StudyFolder.OpenOrCreate(Path.Combine(_files.Folder, "notes.txt"), "1.0"));
        Assert.Single(Directory.GetFileSystemEntries(_files.Folder));
    }

    [Theory]
    [InlineData("""{ "schema": "n2d-study-2", "id": "01234567", "requests": [] }""")]
    [InlineData("""{ "schema": 1, "id": "01234567", "requests": [] }""")]
    [InlineData("""{ "schema": "n2d-study-1", "id": 5 }""")]
    [InlineData("""{ "schema": "n2d-study-1" }""")]
    [InlineData("""{ "schema": "n2d""")]
    [InlineData("[]")]
    [InlineData("")]
    public void AStudyOfALaterVersion_OrADamagedOne_IsAnError(string text)
    {
        File.WriteAllText(_study.Folder.StudyFile, text);
        AssertFails("StudyUnreadable", () => StudyFolder.Open(_study.Folder.Path));
        AssertFails("StudyUnreadable", () => StudyFolder.OpenOrCreate(_study.Folder.Path, "1.0"));
    }

    [Fact]
    public void WhileOneProcessStartsTasks_AnotherIsRefused()
    {
        using (_study.Folder.Lock())
        {
            AssertFails("StudyInUse", () => _study.AddTasks(1));
        }

        Assert.Single(_study.AddTasks(1));
    }

    private static void AssertFails(string id, Func<object> work) => Assert.Equal(id, Assert.Throws<N2DException>(work).Id);
}
