using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace N2D.Tests.Autoencoders;

/// <summary>A NuGet feed on this machine, which has the packages of a folder.</summary>
internal sealed class FakeFeed : IDisposable
{
    private readonly string _folder;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    /// <summary>Starts the feed.</summary>
    /// <param name="folder">The folder with the packages.</param>
    public FakeFeed(string folder)
    {
        _folder = folder;
        _listener.Start();
        // Not in the context of the test, whose threads wait for the download.
        _ = Task.Run(ServeAsync);
    }

    /// <summary>The address of its index.</summary>
    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v3/index.json";

    /// <summary>The packages that were asked for, in order.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Whether the feed states hashes.</summary>
    public bool HasHashes { get; init; } = true;

    /// <summary>Whether packages have other content than the hashes say.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>Whether packages begin, but never end.</summary>
    public bool IsEndless { get; init; }

    /// <summary>The content of the index, for a feed that is none.</summary>
    public string Index { get; init; } = """
        { "resources": [
          { "@id": "/packages", "@type": "PackageBaseAddress/3.0.0" },
          { "@id": "/plain/", "@type": "RegistrationsBaseUrl" },
          { "@id": "/hashes/", "@type": "RegistrationsBaseUrl/3.6.0" }
        ] }
        """;

    /// <summary>The media type of all answers.</summary>
    public string MediaType { get; init; } = "application/json";

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The feed is closed.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using var stream = client.GetStream();
            using var reader = new StreamReader(stream);
            var path = (await reader.ReadLineAsync())?.Split(' ')[1] ?? "";
            while (await reader.ReadLineAsync() is { Length: > 0 })
            {
            }

            var body = BodyOf(path);
            var length = (body?.Length ?? 0) + (IsEndless && path.StartsWith("/packages/", StringComparison.Ordinal) ? 1 << 30 : 0);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 {(body is null ? "404 Not Found" : "200 OK")}\r\nContent-Type: {MediaType}\r\nContent-Length: {length}\r\n"
                    + "Connection: close\r\n\r\n"));
            await stream.WriteAsync(body ?? []);
            if (length > (body?.Length ?? 0))
            {
                // Until the other side closes the connection.
                await reader.ReadLineAsync();
            }
        }
        catch (IOException)
        {
            // The download was canceled.
        }
        finally
        {
            client.Dispose();
        }
    }

    private byte[]? BodyOf(string path)
    {
        var file = Path.Combine(_folder, Path.GetFileName(path));
        if (path == "/v3/index.json")
        {
            return Encoding.UTF8.GetBytes(Index);
        }

        if (path.StartsWith("/packages/", StringComparison.Ordinal) && File.Exists(file))
        {
            Requests.Add(Path.GetFileName(path));
            return IsDamaged ? [.. File.ReadAllBytes(file), 0] : File.ReadAllBytes(file);
        }

        if (path.StartsWith("/hashes/", StringComparison.Ordinal) && HasHashes)
        {
            // /hashes/ID/VERSION.json refers to /catalog/ID.VERSION.nupkg.
            var parts = path.Split('/');
            return Encoding.UTF8.GetBytes(
                $"{{ \"catalogEntry\": \"/catalog/{parts[2]}.{Path.GetFileNameWithoutExtension(parts[3])}.nupkg\" }}");
        }

        return path.StartsWith("/catalog/", StringComparison.Ordinal) && File.Exists(file)
            ? Encoding.UTF8.GetBytes(
                $"{{ \"packageHash\": \"{Convert.ToBase64String(SHA512.HashData(File.ReadAllBytes(file)))}\", "
                    + "\"packageHashAlgorithm\": \"SHA512\" }")
            : null;
    }
}
