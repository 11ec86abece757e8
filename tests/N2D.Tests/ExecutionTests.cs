namespace N2D.Tests;

public sealed class ExecutionTests
{
    [Fact]
    public void PartsOfParts_ReportTheirShareOfTheWhole()
    {
        var reports = new Reports();
        var whole = new Execution { Progress = reports };

        whole.Part(0.5, 1, "outer: ").Part(0, 0.5, "inner: ").Report("step", 0.5);

        Assert.Equal(new StageProgress("outer: inner: step", 0.625), Assert.Single(reports.All));
    }

    [Fact]
    public void PartsOfSilentWork_AreSilent() => Assert.Null(Execution.Default.Part(0.5, 1, "outer: ").Progress);

    private sealed class Reports : IProgress<StageProgress>
    {
        public List<StageProgress> All { get; } = [];

        public void Report(StageProgress value) => All.Add(value);
    }
}
