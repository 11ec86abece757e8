using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using N2D.Files;

namespace N2D.Autoencoders;

/// <summary>Downloads packages from a NuGet feed (NuGet Server API, version 3).</summary>
internal sealed partial class PackageFeed : IDisposable
{
    private const int BufferLength = 1 << 20;
    private const int MaxDocumentLength = 1 << 26;

    /// <summary>The number of packages of CUDA, for the progress until it is known.</summary>
    private const int UsualCudaPackages = 24;

    /// <summary>Only packages of libtorch are downloaded. Their names become file names.</summary>
    private const string Prefix = "libtorch-";

    /// <summary>The time without data after which a download fails.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly HttpClient _client = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = MaxDocumentLength,
    };

    private readonly Uri _index;
    private readonly Execution _execution;

    /// <summary>Prepares downloads.</summary>
    /// <param name="index">The address of the feed's index.</param>
    /// <param name="execution">Progress and cancellation.</param>
    public PackageFeed(Uri index, Execution execution) => (_index, _execution) = (index, execution);

    private CancellationToken Token => _execution.CancellationToken;

    /// <summary>Rejects an address that is not encrypted, unless it is on this machine.</summary>
    /// <param name="address">The address.</param>
    /// <exception cref="N2DException">The address is not encrypted (<c>AddressNotSecure</c>).</exception>
    public static void ThrowIfNotSecure(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        {
            throw new N2DException(
                "AddressNotSecure",
                ErrorKind.InvalidArgument,
                $"'{address}' is not encrypted. Use an address that begins with https:.",
                address);
        }
    }

    /// <summary>Downloads the packages of a kind for this system.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="folder">Full path of an empty folder.</param>
    /// <returns>The paths of the packages.</returns>
    /// <exception cref="N2DException">
    /// The feed does not have a package (<c>PackageNotFound</c>), cannot be read or ends early (<c>DownloadFailed</c>), or sends a
    /// package that does not match its hash (<c>HashMismatch</c>), or there is not enough free space (<c>NotEnoughSpace</c>).
    /// </exception>
    public IReadOnlyList<string> Download(LibtorchKind kind, string folder)
    {
        try
        {
            return DownloadAsync(kind, folder).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException error) when (!Token.IsCancellationRequested)
        {
            throw Failed($"no answer within {Patience.TotalSeconds} seconds", error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException or XmlException or InvalidDataException)
        {
            throw Failed(error.Message.TrimEnd('.'), error);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Failed("its answer is not that of a NuGet feed", error);
        }
        catch (N2DException error) when (error.Id == "HashNotReadable")
        {
            throw Failed("its hash of a package cannot be read", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<IReadOnlyList<string>> DownloadAsync(LibtorchKind kind, string folder)
    {
        using var index = await ReadDocumentAsync(_index).ConfigureAwait(false)
            ?? throw Failed("the address has no index of a feed, such as https://api.nuget.org/v3/index.json", null);
        var packages = ResourceOf(index, "PackageBaseAddress/3.0.0") ?? throw Failed("the index names no address of packages", null);
        var registrations = ResourceOf(index, "RegistrationsBaseUrl");
        List<string> ids = [LibtorchRelease.PackageOf(kind).ToLowerInvariant()];
        var paths = new List<string>();
        while (paths.Count < ids.Count)
        {
            var id = ids[paths.Count];
            var path = Path.Combine(folder, $"{id}.{LibtorchRelease.Version}.nupkg");
            var total = kind == LibtorchKind.Cuda && paths.Count == 0 ? UsualCudaPackages : ids.Count;
            var part = _execution.Part(paths.Count / (double)total, (paths.Count + 1) / (double)total);
            var hash = registrations is null ? null : await HashOfAsync(registrations, id).ConfigureAwait(false);
            if (hash is null)
            {
                _execution.Warn?.Invoke($"The feed '{_index}' has no hash for {id}, so the download is not checked.");
            }

            var address = new Uri(packages, $"{id}/{LibtorchRelease.Version}/{id}.{LibtorchRelease.Version}.nupkg");
            await DownloadFileAsync(address, path, hash, part).ConfigureAwait(false);
            ids.AddRange(DependenciesOf(path).Except(ids));
            paths.Add(path);
        }

        return paths;
    }

    private async Task DownloadFileAsync(Uri address, string path, byte[]? expectedHash, Execution part)
    {
        ThrowIfNotSecure(address);
        var name = Path.GetFileNameWithoutExtension(path);
        part.Report($"downloading {name}", 0);
        using var response = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, Token).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            throw new N2DException(
                "PackageNotFound", ErrorKind.NotFound, $"The feed '{_index}' does not have the package {name}.", _index.ToString());
        }

        response.EnsureSuccessStatusCode();
        var length = response.Content.Headers.ContentLength;
        OutputPlace.ThrowIfNoSpace(path, Path.GetDirectoryName(path)!, length ?? 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var input = await response.Content.ReadAsStreamAsync(timeout.Token).ConfigureAwait(false);
        using var output = NewFile.Create(path);
        var buffer = new byte[BufferLength];
        while (true)
        {
            timeout.CancelAfter(Patience);
            var read = await input.ReadAsync(buffer, timeout.Token).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            hash.AppendData(buffer, 0, read);
            await output.WriteAsync(buffer.AsMemory(0, read), Token).ConfigureAwait(false);
            part.Report(
                $"downloading {name}, {MachineMemory.TextOf(output.Position)} of {MachineMemory.TextOf(length ?? output.Position)}",
                length is > 0 ? output.Position / (double)length.Value : 0);
        }

        if (expectedHash is not null && !hash.GetHashAndReset().AsSpan().SequenceEqual(expectedHash))
        {
            throw new N2DException(
                "HashMismatch",
                ErrorKind.InvalidData,
                $"The package {name} from '{_index}' does not match the feed's hash. Try again, or use another feed.",
                _index.ToString());
        }
    }

    /// <summary>Returns the SHA-512 that the feed has for a package; null if it has none.</summary>
    private async Task<byte[]?> HashOfAsync(Uri registrations, string id)
    {
        var address = new Uri(registrations, $"{id}/{LibtorchRelease.Version}.json");
        using var registration = await ReadDocumentAsync(address).ConfigureAwait(false);
        if (registration is null || !registration.RootElement.TryGetProperty("catalogEntry", out var entry))
        {
            return null;
        }

        using var catalog = entry.ValueKind == JsonValueKind.String
            ? await ReadDocumentAsync(new Uri(registrations, entry.GetString())).ConfigureAwait(false)
            : null;
        var found = catalog?.RootElement ?? entry;
        return found.ValueKind == JsonValueKind.Object
            && found.TryGetProperty("packageHash", out var value)
            && found.TryGetProperty("packageHashAlgorithm", out var algorithm)
            && algorithm.GetString() == "SHA512"
            && value.GetString() is { } hash
            ? FileHash.Parse(hash)
            : null;
    }

    /// <summary>Reads a JSON document; null if there is none.</summary>
    private async Task<JsonDocument?> ReadDocumentAsync(Uri address)
    {
        ThrowIfNotSecure(address);
        using var response = await _client.GetAsync(address, Token).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token).ConfigureAwait(false));
    }

    /// <summary>Returns the address of a resource of the feed. The last version is the one for all packages.</summary>
    private Uri? ResourceOf(JsonDocument index, string type)
    {
        var address = index.RootElement.GetProperty("resources").EnumerateArray()
            .Where(resource => resource.GetProperty("@type").GetString()?.StartsWith(type, StringComparison.Ordinal) == true)
            .OrderBy(resource => resource.GetProperty("@type").GetString(), StringComparer.Ordinal)
            .Select(resource => resource.GetProperty("@id").GetString())
            .LastOrDefault();
        return address is null ? null : new Uri(_index, address.EndsWith('/') ? address : address + "/");
    }

    /// <summary>Returns the packages of libtorch that a package requires.</summary>
    private static IEnumerable<string> DependenciesOf(string path)
    {
        using var zip = new ZipArchive(SharedFile.Open(path));
        var description = zip.Entries.FirstOrDefault(entry => entry.FullName.EndsWith(LibtorchVersion.OfPackage, StringComparison.Ordinal))
            ?? throw new InvalidDataException($"'{Path.GetFileName(path)}' is not a NuGet package.");
        using var content = description.Open();
        return [.. (LibtorchVersion.MetadataOf(content)?.Descendants() ?? [])
            .Where(element => element.Name.LocalName == "dependency")
            .Select(element => element.Attribute("id")?.Value.ToLowerInvariant() ?? "")
            .Where(id => id.StartsWith(Prefix, StringComparison.Ordinal) && PackageId().IsMatch(id))
            .Distinct()];
    }

    private N2DException Failed(string reason, Exception? error) => new(
        "DownloadFailed",
        ErrorKind.Unavailable,
        $"The download from '{_index}' failed: {reason}. Try again, or download the packages with another program and give their paths.",
        _index.ToString(),
        error);

    [GeneratedRegex(@"^[a-z0-9._-]+$")]
    private static partial Regex PackageId();
}
