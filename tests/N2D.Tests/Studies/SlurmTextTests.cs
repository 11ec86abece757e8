using System.Collections;
using N2D.Studies;

namespace N2D.Tests.Studies;

/// <summary>What is sent to Slurm, and what it answers.</summary>
public sealed class SlurmTextTests
{
    [Fact]
    public void Options_AreInPascalCase_OrAsSbatchWritesThem()
    {
        var options = SlurmOptions.Of(new Hashtable
        {
            ["CpusPerTask"] = 8,
            ["mem-per-cpu"] = "2G",
            ["--partition"] = "gpu",
            ["QOS"] = "high",
            ["Nodelist"] = new object[] { "n1", "n2" },
            ["Exclusive"] = true,
            ["WaitAllNodes"] = 1,
            ["Spread"] = false,
            ["Account"] = null,
            ["Nice"] = 0.5,
            ["Comment"] = "a 'b' $(id)",
            ["Signal"] = "",
        });

        Assert.Equal(
            [
                "--comment=a 'b' $(id)", "--cpus-per-task=8", "--exclusive", "--mem-per-cpu=2G", "--nice=0.5", "--nodelist=n1,n2",
                "--partition=gpu", "--qos=high", "--signal=", "--wait-all-nodes=1",
            ],
            options.Arguments);
    }

    [Theory]
    [InlineData("Array", "SlurmOptionReserved")]
    [InlineData("JobName", "SlurmOptionReserved")]
    [InlineData("--output", "SlurmOptionReserved")]
    [InlineData("NoRequeue", "SlurmOptionReserved")]
    [InlineData("Clusters", "SlurmOptionReserved")]
    [InlineData("Dependency", "SlurmOptionReserved")]
    [InlineData("Version", "SlurmOptionReserved")]
    [InlineData("dep", "SlurmOptionReserved")]
    [InlineData("Cluster", "SlurmOptionReserved")]
    [InlineData("job", "SlurmOptionReserved")]
    [InlineData("-p", "SlurmOptionInvalid")]
    [InlineData("", "SlurmOptionInvalid")]
    [InlineData("--", "SlurmOptionInvalid")]
    [InlineData("mem=1 --wrap", "SlurmOptionInvalid")]
    [InlineData("größe", "SlurmOptionInvalid")]
    public void ANameThatCannotBeAnOption_OrThatTheStudySets_IsAnError(string name, string id) =>
        Assert.Equal(id, Assert.Throws<N2DException>(() => SlurmOptions.Of(new Hashtable { [name] = "x" })).Id);

    [Theory]
    [InlineData(1, null, "--array=0-0")]
    [InlineData(8, null, "--array=0-7")]
    [InlineData(8, 3, "--array=0-7%3")]
    [InlineData(8, 8, "--array=0-7")]
    public void AnArray_HasAllPlaces_AndTheLimit(int placeCount, int? limit, string expected) =>
        Assert.Contains(expected, Job(placeCount) with { ThrottleLimit = limit } is var job ? job.ToArguments() : []);

    [Fact]
    public void TheArguments_AreInOrder_AndUnchanged()
    {
        string[] odd = ["/usr/bin/env", "N2D_STUDY=/a b'`$(id)%j\"é", "pwsh", "-Command", "x; y"];
        var job = Job(2) with { Program = odd, After = "5", Options = SlurmOptions.Of(new Hashtable { ["Signal"] = "B:USR1@45" }) };

        Assert.Equal(
            [
                "--parsable", "--job-name=n2d-1-2", "--array=0-1", "--output=/logs/1-%a.log", "--open-mode=append", "--requeue",
                "--signal=B:USR1@120", "--dependency=afterany:5", "--signal=B:USR1@45", "/dev/stdin", .. odd,
            ],
            job.ToArguments());
        Assert.Equal("--test-only", job.ToArguments(testOnly: true)[0]);
        Assert.DoesNotContain("--parsable", job.ToArguments(testOnly: true));
    }

    [Fact]
    public void ThePatternOfALog_MeansThePath()
    {
        Assert.Equal("/a b'`$(id)%%j\"é/logs/12-%a.log", SlurmJob.LogPatternIn("/a b'`$(id)%j\"é/logs", 12));
        Assert.Equal("StudyPathUnusable", Assert.Throws<N2DException>(() => SlurmJob.LogPatternIn("/a\\b/logs", 1)).Id);
    }

    [Fact]
    public void ALineOfTheQueue_IsAPlaceOfAnArray()
    {
        Assert.Equal(
            new SlurmEntry("n2d-01ab-1", 3, "12_3", "RUNNING", null, "n1"), SlurmEntry.Parse("12_3|3|RUNNING|n1|n2d-01ab-1|None"));
        Assert.Equal(
            new SlurmEntry("n2d-01ab-1", 0, "12_0", "PENDING", "Priority | (x)", null),
            SlurmEntry.Parse("12_0|0|PENDING||n2d-01ab-1|Priority | (x)"));
        Assert.True(SlurmEntry.Parse("12_0|0|PENDING||x|None")!.IsAlive);
        Assert.False(SlurmEntry.Parse("12_0|0|CANCELLED||x|None")!.IsAlive);
        Assert.All(["", "12|N/A|RUNNING|n1|x|None", "12_3|3|RUNNING|n1"], line => Assert.Null(SlurmEntry.Parse(line)));
    }

    private static SlurmJob Job(int placeCount) =>
        new("n2d-1-2", placeCount, "/logs/1-%a.log", SlurmOptions.Of(new Hashtable()), ["pwsh"]);
}
