using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace N2D.Tests.Reports;

/// <summary>A headless Chromium that is driven by the DevTools protocol.</summary>
internal sealed partial class BrowserProcess : IAsyncDisposable
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
    private readonly ConcurrentDictionary<string, Action<string>> _listeners = new();
    private Task _reading = Task.CompletedTask;
    private int _lastId;

    private BrowserProcess(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>The path of the browser; null if there is none.</summary>
    public static string? Executable { get; } = Names
        .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name)))
        .FirstOrDefault(File.Exists);

    /// <summary>Why tests are skipped; null if they run.</summary>
    public static string? WhySkipped { get; } =
        Executable is null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(RequireVariable)) ? WhyNone : null;

    /// <summary>Starts a browser.</summary>
    /// <param name="hasWebGl">Whether pages can use WebGL, in software.</param>
    public static async Task<BrowserProcess> StartAsync(bool hasWebGl = true)
    {
        var profile = Directory.CreateTempSubdirectory("n2d-browser-").FullName;
        var start = new ProcessStartInfo(
            Executable ?? throw new InvalidOperationException($"{RequireVariable} is set, and the test {WhyNone}."),
            [
                "--headless", "--no-sandbox", "--hide-scrollbars", "--remote-debugging-port=0", $"--user-data-dir={profile}",
                .. hasWebGl ? SoftwareGraphics : ["--disable-gpu", "--disable-3d-apis"], "about:blank",
            ])
        { RedirectStandardError = true };
        var browser = new BrowserProcess(Process.Start(start)!, profile);
        await browser.ConnectAsync();
        return browser;
    }

    /// <summary>Sends a command of the protocol.</summary>
    /// <param name="method">The command.</param>
    /// <param name="parameters">The parameters of the command; null for none.</param>
    /// <param name="session">The session of a page; null for the browser.</param>
    public async Task<JsonNode?> SendAsync(string method, JsonObject? parameters = null, string? session = null)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = _waiting[id] = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var command = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null)
        {
            command["sessionId"] = session;
        }

        await _socket.SendAsync(Encoding.UTF8.GetBytes(command.ToJsonString()), WebSocketMessageType.Text, true, _closing.Token);
        return await answer.Task;
    }

    /// <summary>Receives the errors and warnings of a page.</summary>
    /// <param name="session">The session of the page.</param>
    /// <param name="listener">Receives each.</param>
    public void Listen(string session, Action<string> listener) => _listeners[session] = listener;

    /// <summary>Ends what <see cref="Listen"/> began.</summary>
    /// <param name="session">The session of the page.</param>
    public void Forget(string session) => _listeners.TryRemove(session, out _);

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
            if (message["sessionId"] is { } session && _listeners.TryGetValue(session.GetValue<string>(), out var listener))
            {
                listener(message["params"]!.ToJsonString());
            }
        }
    }

    [GeneratedRegex(@"listening on (ws://\S+)")]
    private static partial Regex Listening();
}
