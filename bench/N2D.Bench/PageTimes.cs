using System.Globalization;
using System.Text.Json.Nodes;
using N2D.Tests.Reports;

namespace N2D.Bench;

/// <summary>
/// Opens reports in a headless Chromium, in alternation, and measures by the marks of the pages: when the script starts, when the map is
/// drawn and follows the pointer, and when all columns are unpacked. WebGL runs in software.
/// </summary>
internal static class PageTimes
{
    private const string Window = "1280 x 900";

    private static readonly string[] Steps = ["started", "unpacked", "ready", "complete"];

    /// <summary>Measures reports.</summary>
    /// <param name="results">The CSV file to write: a row for each load.</param>
    /// <param name="pages">The paths of the reports.</param>
    /// <param name="loads">The number of loads of each report, after one that is not counted.</param>
    public static async Task<int> RunAsync(string results, IReadOnlyList<string> pages, int loads)
    {
        await using var browser = await BrowserProcess.StartAsync();
        var times = pages.Select(_ => new List<double[]>()).ToArray();
        using var file = new StreamWriter(results);
        await file.WriteLineAsync(
            $"Page,Rows,Bytes,Load,{string.Join(',', Steps.Select(step => $"{char.ToUpperInvariant(step[0])}{step[1..]}Ms"))}");
        Console.WriteLine(
            $"{Window} pixels, load average {LoadAverage()}, milliseconds from the start of navigation: median (least to most)");
        for (var load = -1; load < loads; load++)
        {
            for (var number = 0; number < pages.Count; number++)
            {
                var (rows, marks) = await OpenAsync(browser, Path.GetFullPath(pages[number]));
                if (load >= 0)
                {
                    times[number].Add(marks);
                    await file.WriteLineAsync(Text(
                        $"{Path.GetFileNameWithoutExtension(pages[number])},{rows},{new FileInfo(pages[number]).Length},{load},")
                        + string.Join(',', marks.Select(mark => Text($"{mark:F0}"))));
                }
            }
        }

        foreach (var (page, ofPage) in pages.Zip(times))
        {
            Console.WriteLine(Text($"{Path.GetFileName(page)}, {new FileInfo(page).Length / 1e6:F1} MB: ")
                + string.Join("; ", Steps.Select((step, place) => Summary(step, [.. ofPage.Select(marks => marks[place]).Order()]))));
        }

        Console.WriteLine($"load average {LoadAverage()}");
        return 0;
    }

    private static async Task<(int Rows, double[] Marks)> OpenAsync(BrowserProcess browser, string path)
    {
        await using var page = await BrowserPage.CreateAsync(browser);
        await page.ResizeAsync(1280, 900);
        await page.OpenAsync(path);
        await page.WaitForAsync("performance.getEntriesByName('r1-map-complete').length > 0");
        var marks = (await page.EvaluateAsync(
            $"{new JsonArray([.. Steps.Select(step => JsonValue.Create(step))]).ToJsonString()}.map((step) => "
                + "performance.getEntriesByName(`r1-map-${step}`)[0].startTime)"))!.AsArray();
        var rows = (await page.EvaluateAsync("document.querySelector('.map').dataset.shown"))!.GetValue<string>();
        return (int.Parse(rows, CultureInfo.InvariantCulture), [.. marks.Select(mark => mark!.GetValue<double>())]);
    }

    private static string Summary(string step, double[] sorted) =>
        Text($"{step} {sorted[sorted.Length / 2]:F0} ({sorted[0]:F0} to {sorted[^1]:F0})");

    private static string LoadAverage() => OperatingSystem.IsLinux() ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
