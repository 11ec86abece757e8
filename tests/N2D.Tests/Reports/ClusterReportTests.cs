using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using N2D.Clustering;
using N2D.Comparison;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Plotting;
using N2D.Profiles;
using N2D.Reports;

namespace N2D.Tests.Reports;

public sealed partial class ClusterReportTests
{
    [Fact]
    public void HostileTexts_BecomeNoMarkup()
    {
        var page = ReportSamples.PageOf(
            ReportSamples.HostileBlobs(), new ReportOptions { Title = ReportSamples.Hostile[0], CommandsOf = _ => ReportSamples.Hostile });
        Assert.DoesNotContain("<script>window", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\" onload=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.Contains("&lt;/script&gt;&lt;script&gt;window.hacked", page, StringComparison.Ordinal);
    }

    [Fact]
    public void LineSeparators_AreNotInTheJson()
    {
        var page = ReportSamples.PageOf(ReportSamples.Blobs(classNames: ["a\u2028b", "c\u2029d", "\u202ee"], columnNames: ["f\u2028", "g\u202e"]));
        Assert.DoesNotMatch(@"[\u2028\u2029\u202e]|\\u20(28|29|2E|2e)", page);
    }

    [Fact]
    public void ThePolicy_AllowsItsScriptAndStyle_AndNothingElse()
    {
        var page = ReportSamples.PageOf(ReportSamples.Blobs());
        var policy = System.Net.WebUtility.HtmlDecode(Policy().Match(page).Groups[1].Value);
        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains($"script-src {DigestOf(Script().Match(page).Groups[1].Value)};", policy, StringComparison.Ordinal);
        Assert.Contains($"style-src {DigestOf(Style().Match(page).Groups[1].Value)};", policy, StringComparison.Ordinal);
        Assert.True(page.IndexOf("Content-Security-Policy", StringComparison.Ordinal) < page.IndexOf("<style>", StringComparison.Ordinal));
        Assert.DoesNotMatch("<[^>]+ (style|on[a-z]+)=", Script().Replace(page, ""));
    }

    [Fact]
    public void ThePage_LoadsNothing()
    {
        var page = ReportSamples.PageOf(ReportSamples.Blobs());
        Assert.DoesNotMatch("""(src|href)="(?!data:|#)""", page);
        Assert.DoesNotMatch(@"url\(|@import|\bimport\s|fetch\(|XMLHttpRequest|WebSocket|sendBeacon", page);
        Assert.Equal(["http://www.w3.org/2000/svg"], Address().Matches(page).Select(match => match.Value).Distinct());
    }

    [Fact]
    public void TheSameClustering_GivesTheSamePage()
    {
        var first = ReportSamples.PageOf(ReportSamples.Blobs(idOf: row => $"r{row}"));
        Assert.Equal(first, ReportSamples.PageOf(ReportSamples.Blobs(idOf: row => $"r{row}")));
        Assert.NotEqual(first, ReportSamples.PageOf(ReportSamples.Blobs()));
    }

    [Fact]
    public void SeveralClusterings_AreParts_WithTheirOwnData()
    {
        using var stream = new MemoryStream();
        ClusterReport.Of([ReportSamples.Blobs(60), ReportSamples.Blobs(90)], new ReportOptions(), Execution.Default).Write(stream);
        var page = Encoding.UTF8.GetString(stream.ToArray());
        Assert.Contains("href=\"#r2-part\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"r1-data\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"r2-data\"", page, StringComparison.Ordinal);
        var ids = Id().Matches(page).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void AThousandRowsMore_CostAFewBytesEach()
    {
        var (small, large) = (ReportSamples.PageOf(ReportSamples.Blobs(1000)).Length, ReportSamples.PageOf(ReportSamples.Blobs(26_000)).Length);

        // Two coordinates, two columns and a confidence of 16 bits, and codes of a few bits, by 4/3 in base64.
        Assert.InRange((large - small) / 25_000.0, 4, 16);
    }

    [Fact]
    public void OnlyTheRowsThatAreDrawnFirst_PrecedeTheScript()
    {
        var page = ReportSamples.PageOf(ReportSamples.Blobs(idOf: row => $"r{row}", classNames: ["a", "b", "c"]));
        var script = page.IndexOf(Script().Match(page).Value, StringComparison.Ordinal);
        var arrays = Packed().Matches(page);
        Assert.Equal(2, arrays.Count(array => array.Index < script));
        Assert.InRange(arrays.Count(array => array.Index > script), 5, 10);
    }

    [Fact]
    public void ManyColumnsOfExemplars_AreCut_AndCounted()
    {
        string[] names = [.. Enumerable.Range(1, 20).Select(number => $"c{number}")];
        string PageOf(string[] columns) => ReportSamples.PageOf(ReportSamples.Blobs(columnNames: columns));
        Assert.Contains("The tables show 16 of 20 columns.", PageOf(names), StringComparison.Ordinal);
        Assert.DoesNotContain("The tables show", PageOf(names[..16]), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_HaveTheirConfidence() =>
        Assert.Contains("\"name\":\"Confidence\"", ReportSamples.PageOf(ReportSamples.Blobs()), StringComparison.Ordinal);

    [Fact]
    public void Columns_AreThoseThatWereAskedFor()
    {
        var page = ReportSamples.PageOf(ReportSamples.Blobs(), new ReportOptions { Columns = ["sec*"] });
        Assert.Contains("\"name\":\"second\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"name\":\"first\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void AColumnThatDoesNotExist_IsRefused() => Assert.Equal(
        "ColumnNotFound",
        Assert.Throws<N2DException>(() => ReportSamples.PageOf(ReportSamples.Blobs(), new ReportOptions { Columns = ["third"] })).Id);

    [Fact]
    public void AGroupForScaling_IsNotAColumn()
    {
        var (rows, groups) = RandomRows.Blobs(60, 2, 3, 0.4f);
        var dataset = new Dataset("blobs", rows, null, ["first", "second"]).WithGroups("patient", [.. groups.Select(group => $"p{group}")]);
        Assert.Equal(["first", "second"], ReportColumns.Of(dataset, null, []).Names);
    }

    [Fact]
    public void Values_AreThoseOfTheSource()
    {
        var scaled = new Dataset("scaled", Matrix.Own([0.25f, 1], 1), null, ["x"]) { Divisor = 100 };
        Assert.Equal(["25"], new ReportColumns(scaled, [0]).TextsOf(0, [0.25f]));
        var times = Dataset.FromArray("times", Matrix.Own([0, 25], 1), null, ["time"], null, "", [1_700_000_000], Execution.Default);
        Assert.Equal(["1700000025"], new ReportColumns(times, [0]).TextsOf(0, [25]));
    }

    [Theory]
    [InlineData(0, "red")]
    [InlineData(-1, "")]
    [InlineData(float.NaN, "")]
    public void ACategoryThatTheModelDoesNotKnow_IsEmpty(float code, string expected)
    {
        var dataset = Dataset.FromArray(
            "colors", Matrix.Own([0, 1], 1), null, ["color"], null, "", null, Execution.Default, [["red", "blue"]]);
        Assert.Equal([expected], new ReportColumns(dataset, [0]).TextsOf(0, [code]));
    }

    [Fact]
    public void ManyLabels_AreCut()
    {
        var names = Enumerable.Range(0, 100).Select(number => $"class{number}").ToArray();
        using var stream = new MemoryStream();
        using (var html = new HtmlWriter(stream, CancellationToken.None))
        {
            ConfusionPart.Write(html, new ConfusionCells(names, [0, 1], ["0", "1"], new int[100, 2], new int[100], new bool[100, 2]), ["a", "b", "noise"]);
        }

        var part = Encoding.UTF8.GetString(stream.ToArray());
        Assert.Contains(">class59<", part, StringComparison.Ordinal);
        Assert.DoesNotContain(">class60<", part, StringComparison.Ordinal);
        Assert.Contains("and 40 more labels<", part, StringComparison.Ordinal);
    }

    [Fact]
    public void ASource_IsShownInsteadOfTheColumns_WithItsTexts()
    {
        var result = ReportSamples.Blobs();
        string[] messages = [.. result.GetAssignments().Select((cluster, row) => $"{(cluster == 0 ? "login" : "disk")} number{row}")];
        var other = new Dataset("other", RandomRows.Uniform(300, 1), null, ["height"]);
        var page = ReportSamples.PageOf(result, new ReportOptions { SourceOf = (_, _) => new ReportSource(other, "message", messages) });
        Assert.Contains("\"name\":\"height\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"name\":\"first\"", page, StringComparison.Ordinal);
        Assert.Matches("<th scope=\"col\" class=\"text\">message</th>", page);
        Assert.Matches("<td class=\"text\">login number[0-9]+</td>", page);
        Assert.Contains("<td data-name=\"Words\">login", page, StringComparison.Ordinal);
    }

    [Fact]
    public void ASourceWithoutColumns_HasNone()
    {
        var page = ReportSamples.PageOf(
            ReportSamples.Blobs(), new ReportOptions { SourceOf = (_, _) => new ReportSource(null, "message", new string?[300]) });
        Assert.DoesNotContain("\"name\":\"first\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Effect size", page, StringComparison.Ordinal);
    }

    [Fact]
    public void LongTexts_AreCut_BetweenCharacters()
    {
        var (start, whole) = (new string('a', 499), new string('b', 500));
        var texts = RowTexts.Of(new ReportSource(null, "message", [null, $"{start}\ud83d\ude00b", whole]))!.Texts;
        Assert.Equal(["", $"{start}…", whole], texts);
    }

    [Fact]
    public void SeveralClusterings_AreCompared_WithTheBestMarked()
    {
        string[] classes = ["a", "b", "c"];
        var (good, bad) = (ReportSamples.Blobs(classNames: classes), ReportSamples.Blobs(classNames: classes, clusterCount: 2));
        using var stream = new MemoryStream();
        ClusterReport.Of([bad, good], new ReportOptions(), Execution.Default).Write(stream);
        var part = Encoding.UTF8.GetString(stream.ToArray()).Split("<article")[0].Split("<section class=\"comparison\">")[1];
        Assert.Contains($"<td class=\"number best\" data-name=\"ACC\">{good.Acc:F3}</td>", part, StringComparison.Ordinal);
        Assert.Matches($"<td class=\"number\" data-name=\"ACC\">{bad.Acc:F3}</td>", part);
        var agreement = PartitionComparison.Compute(Partition.Of(bad), Partition.Of(good), Execution.Default);
        Assert.Equal(2, Regex.Count(part, Regex.Escape(FormattableString.Invariant($">{agreement.Ari:F3} / {agreement.Ami:F3}<"))));
        Assert.DoesNotContain("comparison\">", ReportSamples.PageOf(good), StringComparison.Ordinal);
    }

    [Fact]
    public void Silhouettes_OfDifferentSpaces_HaveNoBest()
    {
        var first = ReportSamples.Blobs();
        var same = new ClusterResult[] { first, ReportSamples.Blobs(clusterCount: 2) };
        var (rows, _) = RandomRows.Blobs(60, 4, 3, 20);
        var other = ClusterResult.Create(
            new Dataset("other", rows), KMeans.Fit(rows, new KMeansOptions(3), Execution.Default), Execution.Default);
        Assert.Contains("<td class=\"number best\" data-name=\"Silhouette\">", ComparisonOf(same), StringComparison.Ordinal);
        var part = ComparisonOf(first, other);
        Assert.DoesNotContain("best\" data-name=\"Silhouette\"", part, StringComparison.Ordinal);
        Assert.Contains("except for Silhouette: the clusterings are of different spaces", part, StringComparison.Ordinal);
        Assert.DoesNotContain("data-name=\"DBCV\"", part, StringComparison.Ordinal);
    }

    private static string ComparisonOf(params ClusterResult[] results)
    {
        using var stream = new MemoryStream();
        ClusterReport.Of(results, new ReportOptions(), Execution.Default).Write(stream);
        return Encoding.UTF8.GetString(stream.ToArray()).Split("<article")[0].Split("<section class=\"comparison\">")[1];
    }

    [Fact]
    public void Names_AreWhole_AndWordsInThem_AreExplained()
    {
        const string Long = "a name that is much longer than the sixteen characters of a plot";
        var page = ReportSamples.PageOf(ReportSamples.Blobs(classNames: [$"{Long} one", "b", "c"]).WithClusterNames([null, Long, null]));
        Assert.Contains($">1: {Long}<", page, StringComparison.Ordinal);
        Assert.Contains("names the label of more than half of the labeled rows of a cluster", page, StringComparison.Ordinal);
        Assert.DoesNotContain("not matched with", page, StringComparison.Ordinal);
        Assert.DoesNotContain("the labeled rows of a cluster", ReportSamples.PageOf(ReportSamples.Blobs()), StringComparison.Ordinal);
    }

    [Fact]
    public void ABoundaryRow_NamesTheOtherCluster()
    {
        var result = ReportSamples.Blobs().WithClusterNames(["red", "green", "blue"]);
        var boundary = ClusterExemplars.Of(result, new ExemplarOptions { Count = 8 }, Execution.Default)
            .First(one => one.Kind == ExemplarKind.Boundary);
        var name = result.GetClusterNames()[boundary.NearestCluster!.Value];
        Assert.Contains(
            $" title=\"Boundary to {boundary.NearestCluster}: {name}\">Boundary to {boundary.NearestCluster}</td>",
            ReportSamples.PageOf(result),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 13.7, 2.35, 4 }, new[] { "13.70", "2.35", "4.00" })]
    [InlineData(new[] { 100, -7, double.NaN }, new[] { "100", "-7", "" })]
    [InlineData(new[] { 1e-7, 2 }, new[] { "1E-07", "2" })]
    [InlineData(new[] { 2.5e9, 1 }, new[] { "2.5E+09", "1" })]
    public void NumbersOfAColumn_HaveTheSameDecimals(double[] values, string[] expected)
    {
        var format = FigureFormat.Exact(values);
        Assert.Equal(expected, values.Select(format.TextOf));
    }

    [Fact]
    public void ScoresThatTreatNoiseDifferently_SaySo()
    {
        // Two groups on a line, and two rows far from both.
        var rows = Matrix.Own([.. Enumerable.Range(0, 40).Select(row => row % 2 == 0 ? row : 1000f + row), 5000, -5000], 1);
        var labels = new Labels([.. Enumerable.Range(0, 42).Select(row => row % 2)], ["a", "b"]);
        var options = new HdbscanOptions { MinimumClusterSize = 5, MinimumSamples = 2 };
        var result = ClusterResult.Create(
            new Dataset("noisy", rows, labels, ["x"]), Hdbscan.Fit(rows, options, Execution.Default), Execution.Default);
        Assert.Equal(2, result.NoiseCount);
        var figures = ReportFigures.Of(result).ToDictionary(figure => figure.Name);
        Assert.Equal("without noise", figures["Silhouette"].Note);
        Assert.Equal("with noise", figures["DBCV"].Note);
        Assert.Equal("with noise", figures["Accuracy"].Note);
        Assert.EndsWith("count as wrong", figures["Accuracy"].Meaning, StringComparison.Ordinal);
        Assert.All(ReportFigures.Of(ReportSamples.Blobs()), figure => Assert.Null(figure.Note));
    }

    [Fact]
    public void ManyClusters_AreCut()
    {
        var page = ReportSamples.PageOf(ReportSamples.Blobs(600, clusterCount: 230));
        Assert.Contains("and 30 smaller clusters<", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">199</th>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<th scope=\"row\">200</th>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void AClusterInTwoParts_HasItsNameWhereItIsDensest_NotBetweenThem()
    {
        (ushort X, ushort Y)[] left = [.. Enumerable.Range(0, 30).Select(row => ((ushort)(1000 + row), (ushort)2000))];
        (ushort X, ushort Y)[] right = [.. Enumerable.Range(0, 40).Select(row => ((ushort)(60_000 + row), (ushort)50_000))];
        var center = MapCenter.Of([.. left, .. right]);
        Assert.Equal(60_019.5 / Quantization.Largest, center.X, 1e-9);
        Assert.Equal(50_000.0 / Quantization.Largest, center.Y, 1e-9);
        Assert.Equal(70, center.RowCount);
    }

    [Fact]
    public void AStoppedReport_IsNotWritten()
    {
        var report = ClusterReport.Of([ReportSamples.Blobs()], new ReportOptions(), Execution.Default);
        Assert.Throws<OperationCanceledException>(() => report.Write(Stream.Null, new CancellationToken(canceled: true)));
        Assert.Throws<OperationCanceledException>(() => PackedArray.Of([1f], new CancellationToken(canceled: true)));
    }

    [Fact]
    public void TheProgress_NeverGoesBack()
    {
        var images = Matrix.Own([.. Enumerable.Range(0, 200 * 64).Select(value => value % 97f)], 64);
        var fractions = new Fractions();
        MapThumbnails.Of(new Dataset("images", images, imageShape: new ImageShape(8, 8)), new Execution { Progress = fractions });
        Assert.NotEmpty(fractions.Values);
        Assert.Equal(fractions.Values.Order(), fractions.Values);
    }

    [Fact]
    public void MoreExemplarsThanAPageHolds_AreRefused() => Assert.Equal(
        "ExemplarCountOutOfRange",
        Assert.Throws<N2DException>(() => ReportSamples.PageOf(ReportSamples.Blobs(), new ReportOptions { ExemplarCount = 51 })).Id);

    [Theory]
    [InlineData(100, 28, 28)]
    [InlineData(70_000, 28, 14)]
    [InlineData(100, 64, 32)]
    public void Thumbnails_AreSmallEnoughForAllRows(int rowCount, int side, int expected)
    {
        var images = Matrix.Own(new float[rowCount * side * side], side * side);
        var dataset = new Dataset("images", images, imageShape: new ImageShape(side, side));
        Assert.Equal(new ImageShape(expected, expected), MapThumbnails.Of(dataset, Execution.Default)!.Shape);
    }

    [Fact]
    public void Quantization_KeepsTheEnds_AndMissingValues() => Assert.Equal(
        [0, Quantization.Largest / 2, Quantization.Largest, Quantization.Missing],
        Quantization.Of([-2, 0, 2, float.NaN], -2, 2).Select(code => (int)code));

    [Fact]
    public void Quantization_TreatsInfinityAsMissing()
    {
        float[] values = [float.NegativeInfinity, 1, 3, float.PositiveInfinity];
        Assert.Equal((1f, 3f), Quantization.RangeOf(values));
        Assert.Equal([Quantization.Missing, 0, Quantization.Largest, Quantization.Missing], Quantization.Of(values, 1, 3));
        Assert.Equal((1f, 3f), MapField.OfNumbers("x", values, CancellationToken.None).Range);
    }

    [Fact]
    public void TheModules_ShareAScope_WithoutNamesInCommon()
    {
        var names = TopLevelName().Matches(PageCode.Script).Select(match => match.Groups[1].Value).ToArray();
        Assert.InRange(names.Length, 30, 300);
        Assert.Empty(names.CountBy(name => name).Where(name => name.Value > 1).Select(name => name.Key));
        Assert.DoesNotMatch(@"(?m)^\s*(im|ex)port\b|\bimport\s*\(|</script|<!--", PageCode.Script);
    }

    private static string DigestOf(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    [GeneratedRegex(@"^(?:async )?(?:class|function\*?|const|let|var) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelName();

    [GeneratedRegex("Content-Security-Policy\" content=\"([^\"]*)\"")]
    private static partial Regex Policy();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex(@"(https?|wss?)://[^""'\s<>]*")]
    private static partial Regex Address();

    [GeneratedRegex("<script type=\"application/octet-stream\"")]
    private static partial Regex Packed();

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Id();

    private sealed class Fractions : IProgress<StageProgress>
    {
        public List<double> Values { get; } = [];

        public void Report(StageProgress value) => Values.Add(value.Fraction);
    }
}
