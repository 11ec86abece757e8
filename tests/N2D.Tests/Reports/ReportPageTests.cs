using System.Text.Json.Nodes;
using N2D.Models;
using N2D.Reports;

namespace N2D.Tests.Reports;

/// <summary>The page in a browser.</summary>
public sealed class ReportPageTests : IDisposable
{
    private const string Map = "document.querySelector('.map').map";
    private const string Stage = "document.querySelector('.stage').getBoundingClientRect()";

    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [BrowserFact]
    public async Task TheMap_DrawsAllRows_AndComplainsAboutNothing()
    {
        await using var browser = await OpenAsync(ReportSamples.Blobs(classNames: ["a", "b", "c"]));
        Assert.Equal("300", await DataAsync(browser, "shown"));
        Assert.Null(await DataAsync(browser, "renderer"));
        Assert.InRange(await ColoredPixelsAsync(browser), 500, 100_000);
        Assert.Empty(browser.Complaints);
    }

    [BrowserFact]
    public async Task WithoutWebGl_TheMap_IsDrawnByACanvas()
    {
        await using var browser = await OpenAsync(ReportSamples.Blobs(), hasWebGl: false);
        Assert.Equal("canvas", await DataAsync(browser, "renderer"));
        Assert.InRange(await ColoredPixelsAsync(browser), 500, 100_000);
    }

    [BrowserFact]
    public async Task ThePointer_ShowsTheRowBelowIt()
    {
        await using var browser = await OpenAsync(ReportSamples.Blobs(idOf: row => $"id-{row}"));
        foreach (var row in (int[])[0, 41, 299])
        {
            var (x, y) = await PlaceOfAsync(browser, row);
            await browser.MouseAsync("mouseMoved", x, y);
            await browser.WaitForAsync($"document.querySelector('.card').dataset.row === '{row}'");
            var card = await TextAsync(browser, ".card strong");
            Assert.Equal($"id id-{row}", card);
        }
    }

    [BrowserFact]
    public async Task AFilter_ShowsTheRowsOfItsCluster()
    {
        var result = ReportSamples.Blobs();
        await using var browser = await OpenAsync(result);
        await browser.EvaluateAsync("document.querySelector('.legend .only').click()");
        Assert.Equal(SizeOf(result, 0), await DataAsync(browser, "shown"));
        await browser.EvaluateAsync("[...document.querySelectorAll('.legend-head button')].find((one) => one.textContent === 'All').click()");
        Assert.Equal("300", await DataAsync(browser, "shown"));
    }

    [BrowserFact]
    public async Task ARangeOfNumbers_ShowsTheRowsInIt()
    {
        var result = ReportSamples.Blobs();
        await using var browser = await OpenAsync(result);
        await ColorByAsync(browser, "first");
        await LimitAsync(browser, 0, "0");
        var rows = result.GetEmbedding().GetRows();
        var expected = Enumerable.Range(0, rows.RowCount).Count(row => rows[row, 0] >= 0);
        Assert.InRange(expected, 1, 299);
        Assert.Equal($"{expected}", await DataAsync(browser, "shown"));
    }

    [BrowserFact]
    public async Task ARangeOfTimes_KeepsItsEnds_AndCutsWhereItWasAsked()
    {
        await using var browser = await OpenAsync(
            ReportSamples.Column(Enumerable.Range(0, 300).Select(row => row + 0.5f), 1_700_000_000), options: new() { Columns = ["number"] });
        await ColorByAsync(browser, "number");
        await browser.EvaluateAsync("document.querySelector('.limits input').dispatchEvent(new Event('change'))");
        Assert.Equal("300", await DataAsync(browser, "shown"));
        await LimitAsync(browser, 0, "1700000010.5");
        Assert.Equal("290", await DataAsync(browser, "shown"));
        await LimitAsync(browser, 1, "1700000019.5");
        Assert.Equal("10", await DataAsync(browser, "shown"));
        await LimitAsync(browser, 0, "");
        Assert.Equal("20", await DataAsync(browser, "shown"));
    }

    [BrowserFact]
    public async Task RoundedNumbers_AreExactToAPartOfTheirRange()
    {
        await using var browser = await OpenAsync(
            ReportSamples.Column(Enumerable.Range(0, 20_100).Select(row => 3f * row)), options: new() { Columns = ["number"] });
        Assert.EndsWith(",51234\r\n", await CsvOfAsync(browser, "17078"), StringComparison.Ordinal);
        await ColorByAsync(browser, "number");
        await LimitAsync(browser, 0, "51234");
        Assert.Equal($"{20_100 - 17_078}", await DataAsync(browser, "shown"));
    }

    [BrowserFact]
    public async Task AMapThatFails_SaysSo()
    {
        await using var browser = await OpenAsync(ReportSamples.Blobs());
        await browser.SendAsync(
            "Page.addScriptToEvaluateOnNewDocument", new JsonObject { ["source"] = "delete window.DecompressionStream" });
        await browser.SendAsync("Page.reload");
        await browser.WaitForAsync("document.querySelector('.map')?.dataset.failed === 'true'");
        Assert.StartsWith("The browser cannot draw the map", await TextAsync(browser, ".map p"), StringComparison.Ordinal);
        Assert.Empty(browser.Complaints);
    }

    [BrowserTheory]
    [InlineData("-17", "-17,")]
    [InlineData("plain", "\"plain\",")]
    [InlineData("=1+1", "\"'=1+1\",")]
    [InlineData("+cmd", "\"'+cmd\",")]
    [InlineData("-2+3", "\"'-2+3\",")]
    [InlineData("@sum", "\"'@sum\",")]
    [InlineData("＝1", "\"'＝1\",")]
    public async Task AFormula_IsText_InTheFile(string id, string expected)
    {
        await using var browser = await OpenAsync(ReportSamples.Blobs(idOf: row => row == 0 ? id : $"r{row}"));
        var csv = await CsvOfAsync(browser, id);
        Assert.StartsWith(expected, csv.Split("\r\n")[1], StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task ALasso_SelectsTheRowsInside_AndTheFileHasThem()
    {
        var result = ReportSamples.Blobs(idOf: row => $"=id,{row}");
        await using var browser = await OpenAsync(result);
        var places = new List<(double X, double Y)>();
        for (var row = 0; row < result.RowCount; row++)
        {
            places.Add(await PlaceOfAsync(browser, row));
        }

        var (left, right) = (GapAfter(places.Select(place => place.X), 30), GapAfter(places.Select(place => place.X), 210));
        var (top, bottom) = (GapAfter(places.Select(place => place.Y), 30), GapAfter(places.Select(place => place.Y), 210));
        var members = places.Index()
            .Where(place => place.Item.X > left && place.Item.X < right && place.Item.Y > top && place.Item.Y < bottom)
            .Select(place => place.Index)
            .ToArray();
        Assert.InRange(members.Length, 10, 290);
        await browser.MouseAsync("mousePressed", left, top, isShifted: true);
        foreach (var (x, y) in ((double, double)[])[(right, top), (right, bottom), (left, bottom)])
        {
            await browser.MouseAsync("mouseMoved", x, y, isShifted: true);
        }

        await browser.MouseAsync("mouseReleased", left, bottom, isShifted: true);
        await browser.WaitForAsync("document.querySelector('.selection .selection-head')");
        Assert.Equal($"{members.Length} rows selected", await TextAsync(browser, ".selection strong"));
        var csv = (await browser.EvaluateAsync($"{Map}.selectedCsv()"))!.GetValue<string>().Split("\r\n");
        Assert.Equal(members.Length + 2, csv.Length);
        Assert.StartsWith("\ufeff\"id\",\"Cluster\",", csv[0], StringComparison.Ordinal);
        Assert.StartsWith($"\"'=id,{members[0]}\",{result.GetAssignments()[members[0]]},", csv[1], StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task ASearch_FindsIds()
    {
        await using var browser = await OpenAsync(ReportSamples.Blobs(idOf: row => $"id-{row}"));
        await SearchAsync(browser, "ID-77");
        await browser.WaitForAsync("document.querySelector('.found bdi')?.textContent === 'id-77'");
        await browser.EvaluateAsync("document.querySelector('.found bdi').closest('button').click()");
        await browser.WaitForAsync("document.querySelector('.card').dataset.row === '77'");
    }

    [BrowserFact]
    public async Task HostileTexts_AreShownAsText()
    {
        await using var browser = await OpenAsync(ReportSamples.HostileBlobs());
        var (x, y) = await PlaceOfAsync(browser, 3);
        await browser.MouseAsync("mouseMoved", x, y);
        await browser.WaitForAsync("document.querySelector('.card').dataset.row === '3'");
        Assert.Equal($"id {ReportSamples.Hostile[0]}3", await TextAsync(browser, ".card strong"));
        Assert.Equal("undefined", (await browser.EvaluateAsync("typeof window.hacked"))!.GetValue<string>());
        Assert.Equal(0, (await browser.EvaluateAsync("document.querySelectorAll('img[src=x], [onload], [onerror]').length"))!.GetValue<int>());
        Assert.Empty(browser.Complaints);
    }

    [BrowserTheory]
    [InlineData(390, 844)]
    [InlineData(820, 1180)]
    [InlineData(1440, 900)]
    public async Task ThePage_FitsTheWindow(int width, int height)
    {
        await using var browser = await OpenAsync(ReportSamples.HostileBlobs(), width: width, height: height);
        Assert.Equal(width, (await browser.EvaluateAsync("document.documentElement.scrollWidth"))!.GetValue<int>());
        var stage = (await browser.EvaluateAsync($"[{Stage}.width, {Stage}.height, {Stage}.left]"))!.AsArray();
        Assert.InRange(stage[0]!.GetValue<double>(), 0.55 * Math.Min(width, 1240), width);
        Assert.InRange(stage[1]!.GetValue<double>(), 340, 0.75 * height);
        Assert.InRange(stage[2]!.GetValue<double>(), 8, width);
    }

    [BrowserTheory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Texts_HaveEnoughContrast_AndControlsHaveNames(string scheme)
    {
        await using var browser = await OpenAsync(ReportSamples.Blobs(classNames: ["a", "b", "c"]), scheme: scheme);

        // 4.5 is the least contrast of text in WCAG 2.2, level AA.
        Assert.InRange((await browser.EvaluateAsync("""
            (() => {
              const linear = (part) => part <= 10.31 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4;
              const luminance = (color) => [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => sum + weight * linear(color[at]), 0);
              const parts = (color) => color.match(/[\d.]+/g).map(Number);
              const ground = (at) => { const c = parts(getComputedStyle(at).backgroundColor); return (c[3] ?? 1) === 1 ? c : ground(at.parentElement); };
              return Math.min(...[...document.querySelectorAll("h1, h2, h3, p, dt, dd, th, button, summary, figcaption, code")]
                .filter((at) => at.offsetWidth > 0).map((at) => {
                  const [one, two] = [luminance(parts(getComputedStyle(at).color)), luminance(ground(at))];
                  return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
                }));
            })()
            """))!.GetValue<double>(), 4.5, 21);
        Assert.Equal(0, (await browser.EvaluateAsync("""
            [...document.querySelectorAll("img")].filter((image) => image.alt === "").length
              + [...document.querySelectorAll("input, select")].filter((control) => control.labels.length === 0).length
              + [...document.querySelectorAll("button")].filter((button) => button.textContent === "").length
            """))!.GetValue<int>());
    }

    [BrowserFact]
    public async Task TheSwitch_ChangesTheTheme()
    {
        await using var browser = await OpenAsync(ReportSamples.Blobs());
        var light = await GroundAsync(browser);
        await browser.EvaluateAsync("document.getElementById('theme').click()");
        Assert.NotEqual(light, await GroundAsync(browser));
        await browser.PreferAsync("dark");
        await browser.EvaluateAsync("document.getElementById('theme').click()");
        Assert.Equal(light, await GroundAsync(browser));
    }

    private async Task<Browser> OpenAsync(
        ClusterResult result, bool hasWebGl = true, int width = 1280, int height = 900, string scheme = "light",
        ReportOptions? options = null)
    {
        var path = Path.Combine(_folder, "report.html");
        ClusterReport.Of([result], options ?? new ReportOptions(), Execution.Default).Save(path);
        var browser = await Browser.StartAsync(hasWebGl);
        await browser.ResizeAsync(width, height);
        await browser.PreferAsync(scheme);
        await browser.OpenAsync(path);
        return browser;
    }

    private static async Task ColorByAsync(Browser browser, string column)
    {
        await browser.EvaluateAsync($$"""
            {
              const color = document.querySelector(".tools select");
              color.value = [...color.options].findIndex((option) => option.text === "{{column}}");
              color.dispatchEvent(new Event("change"));
            }
            """);
        await browser.WaitForAsync("document.querySelector('.limits input')");
    }

    private static async Task SearchAsync(Browser browser, string text) => await browser.EvaluateAsync($$"""
        {
          const input = document.querySelector("input[type=search]");
          input.value = "{{text}}";
          input.dispatchEvent(new Event("input"));
        }
        """);

    /// <summary>Selects the rows that a search finds, and returns their file.</summary>
    private static async Task<string> CsvOfAsync(Browser browser, string text)
    {
        await SearchAsync(browser, text);
        await browser.WaitForAsync("document.querySelector('.found .all')");
        await browser.EvaluateAsync("document.querySelector('.found .all').click()");
        await browser.WaitForAsync("document.querySelector('.selection .selection-head')");
        return (await browser.EvaluateAsync($"{Map}.selectedCsv()"))!.GetValue<string>();
    }

    /// <summary>Sets an end of the range: 0 for the lower one, 1 for the upper one.</summary>
    private static async Task LimitAsync(Browser browser, int end, string value) => await browser.EvaluateAsync($$"""
        {
          const input = document.querySelectorAll(".limits input")[{{end}}];
          input.value = "{{value}}";
          input.dispatchEvent(new Event("change"));
        }
        """);

    private static async Task<(double X, double Y)> PlaceOfAsync(Browser browser, int row)
    {
        var place = (await browser.EvaluateAsync($$"""
            (() => {
              document.querySelector(".stage").scrollIntoView();
              const [left, top] = {{Map}}.placeOf({{row}});
              return [{{Stage}}.left + left, {{Stage}}.top + top];
            })()
            """))!.AsArray();
        return (place[0]!.GetValue<double>(), place[1]!.GetValue<double>());
    }

    /// <summary>The middle of the first gap of three pixels: the pointer has whole pixels.</summary>
    private static double GapAfter(IEnumerable<double> places, int first)
    {
        double[] sorted = [.. places.Order()];
        var next = Enumerable.Range(first, sorted.Length - first).First(place => sorted[place] - sorted[place - 1] > 3);
        return (sorted[next] + sorted[next - 1]) / 2;
    }

    private static async Task<int> ColoredPixelsAsync(Browser browser) => (await browser.EvaluateAsync("""
        (() => {
          const source = document.querySelector(".stage canvas");
          const copy = new OffscreenCanvas(source.width, source.height).getContext("2d");
          copy.drawImage(source, 0, 0);
          return copy.getImageData(0, 0, source.width, source.height).data.filter((value, at) => at % 4 === 3 && value > 100).length;
        })()
        """))!.GetValue<int>();

    private static async Task<string?> DataAsync(Browser browser, string name) =>
        (await browser.EvaluateAsync($"document.querySelector('.map').dataset.{name} ?? null"))?.GetValue<string>();

    private static async Task<string?> TextAsync(Browser browser, string selector) =>
        (await browser.EvaluateAsync($"document.querySelector('{selector}').textContent"))?.GetValue<string>();

    private static async Task<string?> GroundAsync(Browser browser) =>
        (await browser.EvaluateAsync("getComputedStyle(document.body).backgroundColor"))?.GetValue<string>();

    private static string SizeOf(ClusterResult result, int cluster) => $"{result.GetAssignments().Count(one => one == cluster)}";
}
