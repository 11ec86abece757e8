using System.Text.Json.Nodes;
using N2D.Models;
using N2D.Numerics;
using N2D.Reports;

namespace N2D.Tests.Reports;

/// <summary>The page in a browser.</summary>
public sealed class ReportPageTests(BrowserFixture browsers) : IClassFixture<BrowserFixture>, IDisposable
{
    private const string Map = "document.querySelector('.map').map";
    private const string Stage = "document.querySelector('.stage').getBoundingClientRect()";

    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [BrowserFact]
    public async Task TheMap_DrawsAllRows_AndComplainsAboutNothing()
    {
        await using var page = await OpenAsync(ReportSamples.Blobs(classNames: ["a", "b", "c"]));
        Assert.Equal("300", await DataAsync(page, "shown"));
        Assert.Null(await DataAsync(page, "renderer"));
        Assert.InRange(await ColoredPixelsAsync(page), 500, 100_000);
        Assert.Empty(page.Complaints);
    }

    [BrowserFact]
    public async Task WithoutWebGl_TheMap_IsDrawnByACanvas()
    {
        await using var page = await OpenAsync(ReportSamples.Blobs(), hasWebGl: false);
        Assert.Equal("canvas", await DataAsync(page, "renderer"));
        Assert.InRange(await ColoredPixelsAsync(page), 500, 100_000);
    }

    [BrowserFact]
    public async Task ThePointer_ShowsTheRowBelowIt()
    {
        await using var page = await OpenAsync(ReportSamples.Blobs(idOf: row => $"id-{row}"));
        foreach (var row in (int[])[0, 41, 299])
        {
            var (x, y) = await PlaceOfAsync(page, row);
            await page.MouseAsync("mouseMoved", x, y);
            await page.WaitForAsync($"document.querySelector('.card').dataset.row === '{row}'");
            var card = await TextAsync(page, ".card strong");
            Assert.Equal($"id id-{row}", card);
        }
    }

    [BrowserFact]
    public async Task AFilter_ShowsTheRowsOfItsCluster()
    {
        var result = ReportSamples.Blobs();
        await using var page = await OpenAsync(result);
        await page.EvaluateAsync("document.querySelector('.legend .only').click()");
        Assert.Equal(SizeOf(result, 0), await DataAsync(page, "shown"));
        await page.EvaluateAsync("[...document.querySelectorAll('.legend-head button')].find((one) => one.textContent === 'All').click()");
        Assert.Equal("300", await DataAsync(page, "shown"));
    }

    [BrowserFact]
    public async Task ARangeOfNumbers_ShowsTheRowsInIt()
    {
        var result = ReportSamples.Blobs();
        await using var page = await OpenAsync(result);
        await ColorByAsync(page, "first");
        await LimitAsync(page, 0, "0");
        var rows = result.GetEmbedding().GetRows();
        var expected = Enumerable.Range(0, rows.RowCount).Count(row => rows[row, 0] >= 0);
        Assert.InRange(expected, 1, 299);
        Assert.Equal($"{expected}", await DataAsync(page, "shown"));
    }

    [BrowserFact]
    public async Task ARangeOfTimes_KeepsItsEnds_AndCutsWhereItWasAsked()
    {
        await using var page = await OpenAsync(
            ReportSamples.Column(Enumerable.Range(0, 300).Select(row => row + 0.5f), 1_700_000_000), options: new() { Columns = ["number"] });
        await ColorByAsync(page, "number");
        await page.EvaluateAsync("document.querySelector('.limits input').dispatchEvent(new Event('change'))");
        Assert.Equal("300", await DataAsync(page, "shown"));
        await LimitAsync(page, 0, "1700000010.5");
        Assert.Equal("290", await DataAsync(page, "shown"));
        await LimitAsync(page, 1, "1700000019.5");
        Assert.Equal("10", await DataAsync(page, "shown"));
        await LimitAsync(page, 0, "");
        Assert.Equal("20", await DataAsync(page, "shown"));
    }

    [BrowserFact]
    public async Task RoundedNumbers_AreExactToAPartOfTheirRange()
    {
        await using var page = await OpenAsync(
            ReportSamples.Column(Enumerable.Range(0, 20_100).Select(row => 3f * row)), options: new() { Columns = ["number"] });
        Assert.EndsWith(",51234\r\n", await CsvOfAsync(page, "17078"), StringComparison.Ordinal);
        await ColorByAsync(page, "number");
        await LimitAsync(page, 0, "51234");
        Assert.Equal($"{20_100 - 17_078}", await DataAsync(page, "shown"));
    }

    [BrowserFact]
    public async Task AMapThatFails_SaysSo()
    {
        await using var page = await OpenAsync(ReportSamples.Blobs());
        await page.SendAsync(
            "Page.addScriptToEvaluateOnNewDocument", new JsonObject { ["source"] = "delete window.DecompressionStream" });
        await page.SendAsync("Page.reload");
        await page.WaitForAsync("document.querySelector('.map')?.dataset.failed === 'true'");
        Assert.StartsWith("The browser cannot draw the map", await TextAsync(page, ".map p"), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [BrowserFact]
    public async Task AFormula_IsText_InTheFile()
    {
        (string Id, string Cell)[] cells =
        [
            ("-17", "-17"), ("plain", "\"plain\""), ("=1+1", "\"'=1+1\""), ("+cmd", "\"'+cmd\""), ("-2+3", "\"'-2+3\""), ("@sum", "\"'@sum\""),
            ("＝1", "\"'＝1\""),
        ];
        await using var page = await OpenAsync(ReportSamples.Blobs(idOf: row => row < cells.Length ? cells[row].Id : $"r{row}"));
        foreach (var (id, cell) in cells)
        {
            var lines = (await CsvOfAsync(page, id)).Split("\r\n");
            Assert.StartsWith($"{cell},", lines[1], StringComparison.Ordinal);
        }
    }

    [BrowserFact]
    public async Task ALasso_SelectsTheRowsInside_AndTheFileHasThem()
    {
        var result = ReportSamples.Blobs(idOf: row => $"=id,{row}");
        await using var page = await OpenAsync(result);
        var places = new List<(double X, double Y)>();
        for (var row = 0; row < result.RowCount; row++)
        {
            places.Add(await PlaceOfAsync(page, row));
        }

        var (left, right) = (GapAfter(places.Select(place => place.X), 30), GapAfter(places.Select(place => place.X), 210));
        var (top, bottom) = (GapAfter(places.Select(place => place.Y), 30), GapAfter(places.Select(place => place.Y), 210));
        var members = places.Index()
            .Where(place => place.Item.X > left && place.Item.X < right && place.Item.Y > top && place.Item.Y < bottom)
            .Select(place => place.Index)
            .ToArray();
        Assert.InRange(members.Length, 10, 290);
        await page.MouseAsync("mousePressed", left, top, isShifted: true);
        foreach (var (x, y) in ((double, double)[])[(right, top), (right, bottom), (left, bottom)])
        {
            await page.MouseAsync("mouseMoved", x, y, isShifted: true);
        }

        await page.MouseAsync("mouseReleased", left, bottom, isShifted: true);
        await page.WaitForAsync("document.querySelector('.selection .selection-head')");
        Assert.Equal($"{members.Length} rows selected", await TextAsync(page, ".selection strong"));
        var csv = (await page.EvaluateAsync($"{Map}.selectedCsv()"))!.GetValue<string>().Split("\r\n");
        Assert.Equal(members.Length + 2, csv.Length);
        Assert.StartsWith("\ufeff\"id\",\"Cluster\",", csv[0], StringComparison.Ordinal);
        Assert.StartsWith($"\"'=id,{members[0]}\",{result.GetAssignments()[members[0]]},", csv[1], StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task ASearch_FindsIds()
    {
        await using var page = await OpenAsync(ReportSamples.Blobs(idOf: row => $"id-{row}"));
        await SearchAsync(page, "ID-77");
        await page.WaitForAsync("document.querySelector('.found bdi')?.textContent === 'id-77'");
        await page.EvaluateAsync("document.querySelector('.found bdi').closest('button').click()");
        await page.WaitForAsync("document.querySelector('.card').dataset.row === '77'");
    }

    [BrowserFact]
    public async Task ASearch_FindsWordsOfTheTexts_WhichTheCardShows()
    {
        var options = new ReportOptions
        {
            SourceOf = (result, _) => new ReportSource(null, "message", [.. result.GetAssignments().Select((_, row) => $"Disk {row} full")]),
        };
        await using var page = await OpenAsync(ReportSamples.Blobs(), options: options);
        await SearchAsync(page, "disk 77 f");
        await page.WaitForAsync("document.querySelectorAll('.found bdi').length === 1");
        await page.EvaluateAsync("document.querySelector('.found bdi').closest('button').click()");
        await page.WaitForAsync("document.querySelector('.card').dataset.row === '77'");
        Assert.Equal("Disk 77 full", await TextAsync(page, ".card dd.text"));
        Assert.DoesNotContain("message", await TextAsync(page, ".tools select"), StringComparison.Ordinal);
    }

    [BrowserTheory]
    [InlineData(1280, 900)]
    [InlineData(390, 844)]
    public async Task TheNamesOfClusters_AreAllShown_ApartFromEachOther_WithLinesFromThoseThatMoved(int width, int height)
    {
        const int Count = 25;
        var result = ReportSamples.Blobs(2000, clusterCount: Count).WithClusterNames([.. Enumerable.Range(0, Count).Select(one => $"name {one}")]);
        await using var page = await OpenAsync(result, width: width, height: height);
        var boxes = (await page.EvaluateAsync("""
            [...document.querySelectorAll(".labels span")].filter((one) => one.style.visibility === "visible")
              .map((one) => one.getBoundingClientRect()).map((box) => [box.left, box.top, box.right, box.bottom])
            """))!.AsArray().Select(box => box!.AsArray().Select(side => side!.GetValue<double>()).ToArray()).ToArray();
        Assert.InRange(boxes.Length, width > 1000 ? Count : Count / 2, Count);
        Assert.All(boxes.Index(), one => Assert.DoesNotContain(boxes[..one.Index], other =>
            one.Item[0] < other[2] - 1 && other[0] < one.Item[2] - 1 && one.Item[1] < other[3] - 1 && other[1] < one.Item[3] - 1));
        var lines = await page.EvaluateAsync("[...document.querySelectorAll('.labels line')].filter((one) => one.style.visibility === 'visible').length");
        Assert.InRange(lines!.GetValue<int>(), 1, Count - 1);
        Assert.Equal($"name 0{SizeOf(result, 0)}", (await TextAsync(page, ".labels span"))![3..]);
    }

    [BrowserFact]
    public async Task ALongName_IsWhole_BelowThePointer()
    {
        var name = string.Join(' ', Enumerable.Repeat("long", 30));
        await using var page = await OpenAsync(ReportSamples.Blobs().WithClusterNames([name, null, null]));
        const string Cut = "document.querySelector('.labels .cut bdi')";
        const string IsWhole = $"{Cut}.scrollWidth <= {Cut}.clientWidth";
        Assert.False((await page.EvaluateAsync(IsWhole))!.GetValue<bool>());
        var box = (await page.EvaluateAsync($"(({Cut}.scrollIntoView()), [{Cut}.getBoundingClientRect().x, {Cut}.getBoundingClientRect().y])"))!.AsArray();
        await page.MouseAsync("mouseMoved", box[0]!.GetValue<double>() + 5, box[1]!.GetValue<double>() + 5);
        await page.WaitForAsync(IsWhole);
    }

    [BrowserFact]
    public async Task TheMap_HasTheShapeOfItsRows_AndOneScale()
    {
        var result = ReportSamples.Blobs();
        await using var page = await OpenAsync(result, width: 700, height: 1100);
        var rows = result.GetEmbedding().GetRows();
        var aspect = SpreadOf(rows, 0) / SpreadOf(rows, 1);
        var (first, last) = (await PlaceOfAsync(page, 0), await PlaceOfAsync(page, 299));
        Assert.Equal(
            Math.Abs((rows[0, 0] - rows[299, 0]) / (rows[0, 1] - rows[299, 1])),
            Math.Abs((first.X - last.X) / (first.Y - last.Y)),
            0.01);

        // The style limits the height to 240 pixels, and to 682 (62 % of the window). Sides are rounded to pixels.
        var sides = (await page.EvaluateAsync($"[{Stage}.width, {Stage}.height]"))!.AsArray();
        var height = sides[0]!.GetValue<double>() / aspect;
        Assert.InRange(height, 241, 681);
        Assert.Equal(height, sides[1]!.GetValue<double>(), 1.0);
    }

    [BrowserFact]
    public async Task AZoomThatKeepsThePixelsOfTheScreen_MovesTheRows()
    {
        await using var page = await OpenAsync(ReportSamples.Blobs());
        await ShowStageAsync(page, 600, 400, 1);
        var (x, y) = await PlaceOnStageAsync(page);
        await ShowStageAsync(page, 300, 200, 2);
        var (newX, newY) = await PlaceOnStageAsync(page);
        Assert.Equal(x / 2, newX, 0.001);
        Assert.Equal(y / 2, newY, 0.001);
    }

    /// <summary>Gives the stage a size of the page's pixels, each of which has some pixels of the screen in a row.</summary>
    private static async Task ShowStageAsync(BrowserPage page, int width, int height, int ratio)
    {
        await page.EvaluateAsync($$"""
            {
              Object.defineProperty(window, "devicePixelRatio", { value: {{ratio}}, configurable: true });
              const { style } = document.querySelector(".stage");
              [style.boxSizing, style.minHeight] = ["content-box", 0];
              [style.width, style.height] = ["{{width}}px", "{{height}}px"];
              document.querySelector(".map").dataset.frames = 0;
              requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector(".map").dataset.frames = 2));
            }
            """);
        await page.WaitForAsync("document.querySelector('.map').dataset.frames === '2'");
        Assert.Equal(
            [width, height, width * ratio],
            (await page.EvaluateAsync("""
                (([stage, canvas]) => [stage.clientWidth, stage.clientHeight, canvas.width])(document.querySelectorAll(".stage, .stage canvas"))
                """))!.AsArray().Select(side => side!.GetValue<int>()));
    }

    /// <summary>The place of the first row on the stage, in pixels of the page.</summary>
    private static async Task<(double X, double Y)> PlaceOnStageAsync(BrowserPage page)
    {
        var place = (await page.EvaluateAsync($"{Map}.placeOf(0)"))!.AsArray();
        return (place[0]!.GetValue<double>(), place[1]!.GetValue<double>());
    }

    [BrowserFact]
    public async Task OnAPhone_TheTableOfClusters_IsNotCut()
    {
        await using var page = await OpenAsync(ReportSamples.Blobs(classNames: ["a", "b", "c"]), width: 390, height: 844);
        Assert.True((await page.EvaluateAsync("""
            [...document.querySelectorAll(".wide")].every((table) => table.parentElement.scrollWidth <= table.parentElement.clientWidth)
            """))!.GetValue<bool>());
        Assert.Equal("Rows", (await page.EvaluateAsync("document.querySelector('.wide td').dataset.name"))!.GetValue<string>());
    }

    [BrowserFact]
    public async Task HostileTexts_AreShownAsText()
    {
        await using var page = await OpenAsync(ReportSamples.HostileBlobs());
        var (x, y) = await PlaceOfAsync(page, 3);
        await page.MouseAsync("mouseMoved", x, y);
        await page.WaitForAsync("document.querySelector('.card').dataset.row === '3'");
        Assert.Equal($"id {ReportSamples.Hostile[0]}3", await TextAsync(page, ".card strong"));
        Assert.Equal("undefined", (await page.EvaluateAsync("typeof window.hacked"))!.GetValue<string>());
        Assert.Equal(0, (await page.EvaluateAsync("document.querySelectorAll('img[src=x], [onload], [onerror]').length"))!.GetValue<int>());
        Assert.Empty(page.Complaints);
    }

    [BrowserTheory]
    [InlineData(390, 844)]
    [InlineData(820, 1180)]
    [InlineData(1440, 900)]
    public async Task ThePage_FitsTheWindow(int width, int height)
    {
        await using var page = await OpenAsync(ReportSamples.HostileBlobs(), width: width, height: height);
        Assert.Equal(width, (await page.EvaluateAsync("document.documentElement.scrollWidth"))!.GetValue<int>());
        var stage = (await page.EvaluateAsync($"[{Stage}.width, {Stage}.height, {Stage}.left]"))!.AsArray();
        Assert.InRange(stage[0]!.GetValue<double>(), 0.55 * Math.Min(width, 1240), width);
        Assert.InRange(stage[1]!.GetValue<double>(), 240, 0.75 * height);
        Assert.InRange(stage[2]!.GetValue<double>(), 8, width);
    }

    [BrowserTheory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Texts_HaveEnoughContrast_AndControlsHaveNames(string scheme)
    {
        await using var page = await OpenAsync(ReportSamples.Blobs(classNames: ["a", "b", "c"]), scheme: scheme);

        // 4.5 is the least contrast of text in WCAG 2.2, level AA.
        Assert.InRange((await page.EvaluateAsync("""
            (() => {
              const linear = (part) => part <= 10.31 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4;
              const luminance = (color) => [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => sum + weight * linear(color[at]), 0);
              const parts = (color) => color.match(/[\d.]+/g).map(Number);
              const ground = (at) => { const c = parts(getComputedStyle(at).backgroundColor); return (c[3] ?? 1) === 1 ? c : ground(at.parentElement); };
              return Math.min(...[...document.querySelectorAll("h1, h2, h3, p, dt, dd, th, small, button, summary, figcaption, code")]
                .filter((at) => at.offsetWidth > 0).map((at) => {
                  const [one, two] = [luminance(parts(getComputedStyle(at).color)), luminance(ground(at))];
                  return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
                }));
            })()
            """))!.GetValue<double>(), 4.5, 21);
        Assert.Equal(0, (await page.EvaluateAsync("""
            [...document.querySelectorAll("img")].filter((image) => image.alt === "").length
              + [...document.querySelectorAll("input, select")].filter((control) => control.labels.length === 0).length
              + [...document.querySelectorAll("button")].filter((button) => button.textContent === "").length
            """))!.GetValue<int>());
    }

    [BrowserFact]
    public async Task TheSwitch_ChangesTheTheme()
    {
        await using var page = await OpenAsync(ReportSamples.Blobs());
        var light = await GroundAsync(page);
        await page.EvaluateAsync("document.getElementById('theme').click()");
        Assert.NotEqual(light, await GroundAsync(page));
        await page.PreferAsync("dark");
        await page.EvaluateAsync("document.getElementById('theme').click()");
        Assert.Equal(light, await GroundAsync(page));
    }

    private async Task<BrowserPage> OpenAsync(
        ClusterResult result, bool hasWebGl = true, int width = 1280, int height = 900, string scheme = "light",
        ReportOptions? options = null)
    {
        var path = Path.Combine(_folder, "report.html");
        ClusterReport.Of([result], options ?? new ReportOptions(), Execution.Default).Save(path);
        var page = await browsers.OpenPageAsync(hasWebGl);
        await page.ResizeAsync(width, height);
        await page.PreferAsync(scheme);
        await page.OpenAsync(path);
        return page;
    }

    private static async Task ColorByAsync(BrowserPage page, string column)
    {
        await page.EvaluateAsync($$"""
            {
              const color = document.querySelector(".tools select");
              color.value = [...color.options].findIndex((option) => option.text === "{{column}}");
              color.dispatchEvent(new Event("change"));
            }
            """);
        await page.WaitForAsync("document.querySelector('.limits input')");
    }

    private static async Task SearchAsync(BrowserPage page, string text) => await page.EvaluateAsync($$"""
        {
          const input = document.querySelector("input[type=search]");
          input.value = "{{text}}";
          input.dispatchEvent(new Event("input"));
        }
        """);

    /// <summary>Selects the rows that a search finds, and returns their file.</summary>
    private static async Task<string> CsvOfAsync(BrowserPage page, string text)
    {
        // What an earlier search found is not taken for the answer.
        await page.EvaluateAsync("for (const panel of document.querySelectorAll('.found, .selection')) panel.replaceChildren()");
        await SearchAsync(page, text);
        await page.WaitForAsync("document.querySelector('.found .all')");
        await page.EvaluateAsync("document.querySelector('.found .all').click()");
        await page.WaitForAsync("document.querySelector('.selection .selection-head')");
        return (await page.EvaluateAsync($"{Map}.selectedCsv()"))!.GetValue<string>();
    }

    /// <summary>Sets an end of the range: 0 for the lower one, 1 for the upper one.</summary>
    private static async Task LimitAsync(BrowserPage page, int end, string value) => await page.EvaluateAsync($$"""
        {
          const input = document.querySelectorAll(".limits input")[{{end}}];
          input.value = "{{value}}";
          input.dispatchEvent(new Event("change"));
        }
        """);

    private static async Task<(double X, double Y)> PlaceOfAsync(BrowserPage page, int row)
    {
        var place = (await page.EvaluateAsync($$"""
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

    private static async Task<int> ColoredPixelsAsync(BrowserPage page) => (await page.EvaluateAsync("""
        (() => {
          const source = document.querySelector(".stage canvas");
          const copy = new OffscreenCanvas(source.width, source.height).getContext("2d");
          copy.drawImage(source, 0, 0);
          return copy.getImageData(0, 0, source.width, source.height).data.filter((value, at) => at % 4 === 3 && value > 100).length;
        })()
        """))!.GetValue<int>();

    private static async Task<string?> DataAsync(BrowserPage page, string name) =>
        (await page.EvaluateAsync($"document.querySelector('.map').dataset.{name} ?? null"))?.GetValue<string>();

    private static async Task<string?> TextAsync(BrowserPage page, string selector) =>
        (await page.EvaluateAsync($"document.querySelector('{selector}').textContent"))?.GetValue<string>();

    private static async Task<string?> GroundAsync(BrowserPage page) =>
        (await page.EvaluateAsync("getComputedStyle(document.body).backgroundColor"))?.GetValue<string>();

    private static double SpreadOf(Matrix rows, int column)
    {
        float[] values = [.. Enumerable.Range(0, rows.RowCount).Select(row => rows[row, column])];
        return values.Max() - values.Min();
    }

    private static string SizeOf(ClusterResult result, int cluster) => $"{result.GetAssignments().Count(one => one == cluster)}";
}
