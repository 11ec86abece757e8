using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace N2D.Tests.Reports;

/// <summary>A page of a browser, with storage and settings of its own, driven by the DevTools protocol.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private const int MaxAttempts = 600;

    private readonly BrowserProcess _browser;
    private readonly string _context;
    private readonly string _session;
    private readonly ConcurrentQueue<string> _complaints = new();

    private BrowserPage(BrowserProcess browser, string context, string session) =>
        (_browser, _context, _session) = (browser, context, session);

    /// <summary>Errors and warnings of the console, and exceptions.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Opens an empty page in a browser.</summary>
    /// <param name="browser">The browser, which other tests use too.</param>
    public static async Task<BrowserPage> CreateAsync(BrowserProcess browser)
    {
        var context = await browser.SendAsync("Target.createBrowserContext");
        var contextId = context!["browserContextId"]!.GetValue<string>();
        var target = await browser.SendAsync(
            "Target.createTarget", new JsonObject { ["url"] = "about:blank", ["browserContextId"] = contextId });
        var attached = await browser.SendAsync(
            "Target.attachToTarget", new JsonObject { ["targetId"] = target!["targetId"]!.GetValue<string>(), ["flatten"] = true });
        var page = new BrowserPage(browser, contextId, attached!["sessionId"]!.GetValue<string>());
        browser.Listen(page._session, page._complaints.Enqueue);
        foreach (var domain in (string[])["Page", "Runtime", "Log"])
        {
            await page.SendAsync($"{domain}.enable");
        }

        return page;
    }

    /// <summary>Opens a file and waits until its maps are drawn.</summary>
    /// <param name="path">Full path.</param>
    public async Task OpenAsync(string path)
    {
        await SendAsync("Page.navigate", new JsonObject { ["url"] = new Uri(path).AbsoluteUri });
        await WaitForAsync("document.querySelector('.map')?.dataset.ready === 'true'");
    }

    /// <summary>Sets the size of the window, and whether the device has a touch screen.</summary>
    public Task ResizeAsync(int width, int height, bool isPhone = false) => SendAsync(
        "Emulation.setDeviceMetricsOverride",
        new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = isPhone ? 2 : 1, ["mobile"] = isPhone });

    /// <summary>Sets the color scheme of the system.</summary>
    public Task PreferAsync(string scheme) => SendAsync(
        "Emulation.setEmulatedMedia",
        new JsonObject { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }) });

    /// <summary>Evaluates an expression in the page; a promise is awaited.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var answer = await SendAsync(
            "Runtime.evaluate", new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        return answer!["exceptionDetails"] is { } error
            ? throw new InvalidOperationException(error.ToJsonString())
            : answer["result"]!["value"]?.DeepClone();
    }

    /// <summary>Waits until a condition holds in the page.</summary>
    public async Task WaitForAsync(string condition)
    {
        for (var attempt = 0; !(await EvaluateAsync($"Boolean({condition})"))!.GetValue<bool>(); attempt++)
        {
            if (attempt == MaxAttempts)
            {
                throw new TimeoutException($"'{condition}' does not hold. {string.Join('\n', Complaints)}");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>Sends an event of the mouse. Places are pixels from the corner of the window.</summary>
    public Task MouseAsync(string type, double x, double y, bool isShifted = false) => SendAsync(
        "Input.dispatchMouseEvent",
        new JsonObject
        {
            ["type"] = type,
            ["x"] = x,
            ["y"] = y,
            ["button"] = type == "mouseMoved" ? "none" : "left",
            ["buttons"] = type == "mouseReleased" ? 0 : 1,
            ["clickCount"] = 1,
            ["modifiers"] = isShifted ? 8 : 0,
        });

    /// <summary>Sends a command of the protocol.</summary>
    public Task<JsonNode?> SendAsync(string method, JsonObject? parameters = null) => _browser.SendAsync(method, parameters, _session);

    public async ValueTask DisposeAsync()
    {
        _browser.Forget(_session);
        await _browser.SendAsync("Target.disposeBrowserContext", new JsonObject { ["browserContextId"] = _context });
    }
}
