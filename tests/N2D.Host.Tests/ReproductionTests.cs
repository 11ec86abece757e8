using System.Globalization;
using System.Text.RegularExpressions;

namespace N2D.Host.Tests;

/// <summary>The script that repeats the study, on a small generated data set in the published format.</summary>
public sealed class ReproductionTests : IDisposable
{
    private static readonly string Script = Path.Combine(HostProcess.RepositoryRoot, "examples", "reproduce.ps1");

    private readonly HostProcess _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void AStudy_IsReportedBesideThePaper_AndResumed_AndAMissingSetIsTold()
    {
        WritePendigits();

        var first = Run("0,1");
        Assert.True(first.ExitCode == 0, first.Output + first.Error);
        var rows = File.ReadAllLines(_host.FileOf("out/runs.csv"));
        Assert.Equal(3, rows.Length);
        Assert.StartsWith(
            "\"Dataset\",\"Method\",\"Preset\",\"Epoch\",\"Seed\",\"ClusterCount\",\"Acc\",", rows[0], StringComparison.Ordinal);
        Assert.StartsWith("\"Pendigits\",\"N2D\",\"Paper\",\"2\",\"0\",\"10\",", rows[1], StringComparison.Ordinal);
        Assert.Contains("StartCount=1; ", rows[1], StringComparison.Ordinal);
        Assert.Contains("Usps needs the files 'usps", first.Said, StringComparison.Ordinal);
        var report = File.ReadAllLines(_host.FileOf("out/report.md"));
        AssertReported(report, rows[1..]);
        Assert.Contains(
            report,
            line => line.StartsWith("- Usps is missing: ", StringComparison.Ordinal)
                && line.Contains("rwth-aachen", StringComparison.Ordinal));
        Assert.Contains("![Pendigits: clusters](Pendigits-Paper2-clusters.png)", report);
        Assert.Equal(
            ["Pendigits-Paper2-clusters.png", "Pendigits-Paper2-confusion.png", "Pendigits-Paper2-silhouette.png", "Pendigits-Paper2-training.png", "report.md", "runs.csv"],
            Directory.GetFiles(_host.FileOf("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        // Existing output stays byte for byte, including its seconds. New output is added.
        var more = Run("0..2");
        Assert.True(more.ExitCode == 0, more.Output + more.Error);
        Assert.Contains("Pendigits: 2 of 3 seeds are done.", more.Lines);
        var grown = File.ReadAllLines(_host.FileOf("out/runs.csv"));
        Assert.Equal(rows, grown[..3]);
        Assert.Equal(4, grown.Length);
        AssertReported(File.ReadAllLines(_host.FileOf("out/report.md")), grown[1..]);

        var again = Run("0..2");
        Assert.True(again.ExitCode == 0, again.Output + again.Error);
        Assert.Contains("Pendigits: 3 of 3 seeds are done.", again.Lines);
        Assert.DoesNotContain(
            again.Lines, line => line.Contains("ACC", StringComparison.Ordinal) && line.Contains("seed", StringComparison.Ordinal));
        Assert.Equal(grown, File.ReadAllLines(_host.FileOf("out/runs.csv")));
    }

    [Fact]
    public void StoppedBeforeItsPictures_TheSameCommandMakesThemOfTheSameRun_AndCleansUp()
    {
        WritePendigits();
        var whole = Run("0,1");
        Assert.True(whole.ExitCode == 0, whole.Output + whole.Error);
        var runs = File.ReadAllBytes(_host.FileOf("out/runs.csv"));
        var pictures = Directory.GetFiles(_host.FileOf("out"), "*.png").ToDictionary(path => path, File.ReadAllBytes);
        Assert.Equal(4, pictures.Count);

        // The last plot is missing, another is a partial file, and there are temporary files as after a killed process.
        File.Delete(_host.FileOf("out/Pendigits-Paper2-clusters.png"));
        File.WriteAllText(_host.FileOf("out/Pendigits-Paper2-confusion.png"), "another run's");
        foreach (var left in new[] { "Pendigits-Paper2-1.training", "runs.csv.new", "report.md.new" })
        {
            File.WriteAllText(_host.FileOf($"out/{left}"), "left");
        }

        var again = Run("0,1");
        Assert.True(again.ExitCode == 0, again.Output + again.Error);
        Assert.Contains("Pendigits: the plots are missing. Seed 0 is run again for them.", again.Lines);
        Assert.Equal(runs, File.ReadAllBytes(_host.FileOf("out/runs.csv")));
        Assert.Equal(
            ["Pendigits-Paper2-clusters.png", "Pendigits-Paper2-confusion.png", "Pendigits-Paper2-silhouette.png", "Pendigits-Paper2-training.png", "report.md", "runs.csv"],
            Directory.GetFiles(_host.FileOf("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        // The plot of a training shows its seconds, which differ.
        Assert.All(
            pictures.Where(picture => !picture.Key.EndsWith("-training.png", StringComparison.Ordinal)),
            picture => Assert.Equal(picture.Value, File.ReadAllBytes(picture.Key)));
    }

    [Fact]
    public void ADamagedSet_IsSkipped_AndAFailedMethod_IsSavedOnce()
    {
        WritePendigits();
        Directory.CreateDirectory(_host.FileOf("data/usps"));
        _host.Write("data/usps/usps.h5", "damaged");
        var result = _host.Run(
            Script, "-DataPath", "data", "-Name", "Usps,Pendigits", "-Seed", "0..2", "-Method", "KM,LLE+KM", "-Preset", "Default",
            "-OutputPath", "out", "-SkipPlot");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        var report = File.ReadAllLines(_host.FileOf("out/report.md"));
        Assert.Contains("'usps.h5' cannot be read", Assert.Single(report, line => line.StartsWith("- Usps is missing: ", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.Contains(report, line => line.StartsWith("| Pendigits | KM | 3 | ", StringComparison.Ordinal));

        // The classes of the data lie apart, so LLE has no path between them.
        Assert.All(
            Enumerable.Range(0, 3),
            seed => Assert.Single(Regex.Matches(result.Said, $"Pendigits, LLE\\+KM, seed {seed} failed: With 20 neighbors")));
        Assert.Equal(3, report.Count(line => line.StartsWith("- Pendigits, LLE+KM, seed ", StringComparison.Ordinal)));
    }

    [Fact]
    public void TheOptimizedRecipe_IsReportedBesideThePaper_AndNotRunAgain()
    {
        WritePendigits();
        string[] arguments = [Script, "-DataPath", "data", "-Name", "Pendigits", "-Seed", "10", "-Preset", "Optimized", "-OutputPath", "out", "-SkipPlot"];

        var first = _host.Run(arguments);
        Assert.True(first.ExitCode == 0, first.Output + first.Error);
        var rows = File.ReadAllLines(_host.FileOf("out/runs.csv"));
        Assert.Equal(2, rows.Length);
        Assert.StartsWith("\"Pendigits\",\"Optimized\",\"Optimized\",\"\",\"10\",\"10\",", rows[1], StringComparison.Ordinal);
        Assert.Contains(
            File.ReadAllLines(_host.FileOf("out/report.md")),
            line => line.StartsWith("| Pendigits | Optimized | 1 | ", StringComparison.Ordinal)
                && line.Contains("| .885 |", StringComparison.Ordinal));

        Assert.Contains("Pendigits: 1 of 1 seeds are done.", _host.Run(arguments).Lines);
        Assert.Equal(rows, File.ReadAllLines(_host.FileOf("out/runs.csv")));
    }

    [Fact]
    public void ASetThatIsNotTheStudys_IsRefused() =>
        Assert.Contains(
            "-Name accepts the data sets of the study: Fashion Har HarByPerson Mnist",
            _host.Run(Script, "-Name", "Iris", "-OutputPath", "out").Said,
            StringComparison.Ordinal);

    [Fact]
    public void AFolderThatIsNotThere_IsRefused_BeforeAnythingIsMade()
    {
        Assert.Contains(
            "-DataPath: the folder 'nowhere' does not exist",
            _host.Run(Script, "-DataPath", "nowhere", "-OutputPath", "out").Said,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(_host.FileOf("out")));
    }

    private HostProcess.Result Run(string seeds) =>
        _host.Run(Script, "-DataPath", "data", "-Name", "Pendigits,usps", "-Seed", seeds, "-Epoch", "2", "-OutputPath", "out");

    /// <summary>The row of the data set in the report has the mean of the runs, their spread, and the published figure.</summary>
    private static void AssertReported(string[] report, string[] runs)
    {
        double[] accuracies = [.. runs.Select(run => double.Parse(run.Split(',')[6].Trim('"'), CultureInfo.InvariantCulture))];
        var cells = Assert.Single(report, line => line.StartsWith("| Pendigits | N2D | ", StringComparison.Ordinal))
            .Split('|')
            .Select(cell => cell.Trim())
            .ToArray();
        Assert.Equal(runs.Length.ToString(CultureInfo.InvariantCulture), cells[3]);
        Assert.Equal(
            string.Create(
                CultureInfo.InvariantCulture, $"{accuracies.Average():.000} ({accuracies.Min():.000} to {accuracies.Max():.000})"),
            cells[4]);
        Assert.Equal(".885", cells[5]);
        Assert.Equal((accuracies.Average() - 0.885).ToString("+.000;-.000;.000", CultureInfo.InvariantCulture), cells[6]);
        Assert.Equal(".863", cells[8]);
    }

    /// <summary>Ten classes of 16 coordinates from 0 to 100, in the format of the UCI repository.</summary>
    private void WritePendigits()
    {
        Directory.CreateDirectory(_host.FileOf("data/pendigits"));
        foreach (var (name, start, count) in new[] { ("pendigits.tra", 0, 140), ("pendigits.tes", 140, 70) })
        {
            _host.Write($"data/pendigits/{name}", string.Concat(Enumerable.Range(start, count).Select(row =>
                string.Join(
                    ", ",
                    Enumerable.Range(0, 16).Select(column => ((row % 10 * 37 * (column + 1)) + (row * row * (column + 3) % 17)) % 101))
                        + $", {row % 10}\n")));
        }
    }
}
