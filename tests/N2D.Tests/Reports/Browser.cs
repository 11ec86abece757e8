using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace N2D.Tests.Reports;

/// <summary>A headless Chromium with one page, driven by the DevTools protocol.</summary>
internal sealed partial class Browser : IAsyncDisposable
{
    /// <summary>The environment variable that makes tests fail, instead of being skipped, without a browser.</summary>
    private const string RequireVariable = "N2D_REQUIRE_BROWSER";

    private const string WhyNone = "needs Chromium, such as the package 'chromium' of Debian, on the PATH";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome"];

    private static readonly string[] SoftwareGraphics = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode?>> _waiting = new();
    private readonly ConcurrentQueue<string> _complaints = new();
    private Task _reading = Task.CompletedTask;
    private string? _session;
    private int _lastId;

    private Browser(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>The path of the browser; null if there is none.</summary>
    public static string? Executable { get; } = Names
        .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name)))
        .FirstOrDefault(File.Exists);

    /// <summary>Why tests are skipped; null if they run.</summary>
    public static string? WhySkipped { get; } =
        Executable is null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(RequireVariable)) ? WhyNone : null;

    /// <summary>Errors and warnings of the console, and exceptions.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Starts a browser.</summary>
    /// <param name="hasWebGl">Whether pages can use WebGL, in software.</param>
    public static async Task<Browser> StartAsync(bool hasWebGl = true)
    {
        var profile = Directory.CreateTempSubdirectory("n2d-browser-").FullName;
        var start = new ProcessStartInfo(
            Executable ?? throw new InvalidOperationException($"{RequireVariable} is set, and the test {WhyNone}."),
            [
                "--headless", "--no-sandbox", "--hide-scrollbars", "--remote-debugging-port=0", $"--user-data-dir={profile}",
                .. hasWebGl ? SoftwareGraphics : ["--disable-gpu", "--disable-3d-apis"], "about:blank",
            ])
        { RedirectStandardError = true };
        var browser = new Browser(Process.Start(start)!, profile);
        await browser.ConnectAsync();
        return browser;
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
            Assert.True(attempt < 600, $"'{condition}' does not hold. {string.Join('\n', Complaints)}");
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
    public async Task<JsonNode?> SendAsync(string method, JsonObject? parameters = null)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = _waiting[id] = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var command = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (_session is not null)
        {
            command["sessionId"] = _session;
        }

        await _socket.SendAsync(Encoding.UTF8.GetBytes(command.ToJsonString()), WebSocketMessageType.Text, true, _closing.Token);
        return await answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _reading;
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _closing.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

    private async Task ConnectAsync()
    {
        string? line;
        do
        {
            line = await _process.StandardError.ReadLineAsync();
        }
        while (line is not null && !Listening().IsMatch(line));
        await _socket.ConnectAsync(new Uri(Listening().Match(line ?? "").Groups[1].Value), _closing.Token);
        _ = _process.StandardError.ReadToEndAsync();
        _reading = ReadAsync();
        var target = await SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        var attached = await SendAsync(
            "Target.attachToTarget", new JsonObject { ["targetId"] = target!["targetId"]!.GetValue<string>(), ["flatten"] = true });
        _session = attached!["sessionId"]!.GetValue<string>();
        foreach (var domain in (string[])["Page", "Runtime", "Log"])
        {
            await SendAsync($"{domain}.enable");
        }
    }

    private async Task ReadAsync()
    {
        var (buffer, message) = (new byte[1 << 16], new MemoryStream());
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(), _closing.Token);
                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    Receive(JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length))!);
                    message.SetLength(0);
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or JsonException)
        {
            foreach (var waiting in _waiting.Values)
            {
                waiting.TrySetException(error);
            }
        }
    }

    private void Receive(JsonNode message)
    {
        if (message["id"] is { } id)
        {
            _waiting.TryRemove(id.GetValue<int>(), out var waiting);
            waiting?.TrySetResult(message["result"]);
        }
        else if (message["method"]?.GetValue<string>() is "Runtime.exceptionThrown" or "Log.entryAdded" or "Runtime.consoleAPICalled")
        {
            _complaints.Enqueue(message["params"]!.ToJsonString());
        }
    }

    [GeneratedRegex(@"listening on (ws://\S+)")]
    private static partial Regex Listening();
}
