using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using N2D.Numerics;
using N2D.Pipeline;
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
        var page = ReportSamples.PageOf(ReportSamples.Blobs(classNames: ["a\u2028b", "c\u2029d", "\u202ee"]));
        Assert.DoesNotMatch("[\u2028\u2029\u202e]", page);
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

        // Two coordinates, two columns of 16 bits, and codes of a few bits, by 4/3 in base64.
        Assert.InRange((large - small) / 25_000.0, 4, 13);
    }

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

    private static string DigestOf(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    [GeneratedRegex("Content-Security-Policy\" content=\"([^\"]*)\"")]
    private static partial Regex Policy();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex(@"(https?|wss?)://[^""'\s<>]*")]
    private static partial Regex Address();

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Id();
}
