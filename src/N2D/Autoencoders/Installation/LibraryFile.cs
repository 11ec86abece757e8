using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using N2D.Files;

namespace N2D.Autoencoders;

/// <summary>
/// A native library. NuGet limits the size of packages, so large libraries are split: the package with the first part also has the SHA-256
/// of the whole, and each other package has one fragment.
/// </summary>
/// <param name="Name">The name of the file.</param>
/// <param name="Parts">The parts, in order.</param>
/// <param name="Digest">The file with the SHA-256; null if there is none.</param>
internal sealed partial record LibraryFile(string Name, IReadOnlyList<TreeFile> Parts, TreeFile? Digest)
{
    private const string DigestExtension = ".sha";
    private const int BufferLength = 1 << 20;

    /// <summary>The path of the folder or the archive with the first part.</summary>
    public string Source => Parts[0].Source;

    /// <summary>The length of the whole, in bytes.</summary>
    public long Length => Parts.Sum(part => part.Length);

    /// <summary>Whether a file is a fragment of a library.</summary>
    /// <param name="name">Its name.</param>
    public static bool IsFragment(string name) => Fragment().IsMatch(name);

    /// <summary>Finds the native libraries of this system among files, and joins their parts.</summary>
    /// <param name="files">The files.</param>
    /// <exception cref="N2DException">
    /// A part of a library is missing, or there are two files of a name (<c>LibtorchIncomplete</c>).
    /// </exception>
    public static IReadOnlyList<LibraryFile> Find(IReadOnlyList<TreeFile> files)
    {
        var fragments = files.Select(file => (File: file, Match: Fragment().Match(file.Name)))
            .Where(found => found.Match.Success)
            .ToLookup(
                found => found.Match.Groups[1].Value,
                found => (found.File, Number: int.Parse(found.Match.Groups[2].Value, CultureInfo.InvariantCulture)));
        var digests = files.Where(file => file.Name.EndsWith(DigestExtension, StringComparison.Ordinal)).ToLookup(file => file.Name);
        var libraries = files.Where(file => IsLibrary(file.Name)).GroupBy(file => file.Name).Select(group =>
        {
            var others = fragments[group.Key].OrderBy(fragment => fragment.Number).ToArray();
            if (group.Count() > 1 || others.Where((fragment, index) => fragment.Number != index + 1).Any())
            {
                throw Incomplete(group.Key);
            }

            // Without the digest of the whole, a missing last part would not be noticed.
            var digest = digests[group.Key + DigestExtension].FirstOrDefault();
            return others.Length > 0 && digest is null
                ? throw Incomplete(group.Key)
                : new LibraryFile(group.Key, [group.Single(), .. others.Select(fragment => fragment.File)], digest);
        }).OrderBy(library => library.Name, StringComparer.Ordinal).ToArray();
        return fragments.FirstOrDefault(fragment => libraries.All(library => library.Name != fragment.Key)) is { } rest
            ? throw Incomplete(rest.Key)
            : libraries;
    }

    /// <summary>Reads the first bytes.</summary>
    /// <param name="count">The largest number of bytes.</param>
    public byte[] Head(int count) => Parts[0].Read(content =>
    {
        var head = new byte[count];
        return head[..content.ReadAtLeast(head, count, throwOnEndOfStream: false)];
    });

    /// <summary>Writes the library to a file.</summary>
    /// <param name="path">Full path of a new file.</param>
    /// <param name="written">Receives the number of bytes that were written since the last call.</param>
    /// <param name="token">Cancels the work.</param>
    /// <exception cref="N2DException">The content differs from its SHA-256 (<c>LibtorchIncomplete</c>).</exception>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    public void WriteTo(string path, Action<long> written, CancellationToken token)
    {
        using var hash = Digest is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var output = NewFile.Create(path);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            foreach (var part in Parts)
            {
                using var input = part.Open();
                for (int read; (read = input.Read(buffer, 0, BufferLength)) > 0;)
                {
                    token.ThrowIfCancellationRequested();
                    output.Write(buffer, 0, read);
                    hash?.AppendData(buffer, 0, read);
                    written(read);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (hash is not null)
        {
            using var content = Digest!.Open();
            using var reader = new StreamReader(content);
            if (!string.Equals(reader.ReadToEnd().Trim(), Convert.ToHexString(hash.GetHashAndReset()), StringComparison.OrdinalIgnoreCase))
            {
                throw Incomplete(Name);
            }
        }
    }

    /// <summary>Whether a file is a native library. The one for Python requires Python, and is never loaded.</summary>
    private static bool IsLibrary(string name) =>
        (OperatingSystem.IsWindows() ? name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            : OperatingSystem.IsMacOS() ? name.EndsWith(".dylib", StringComparison.Ordinal)
            : SharedObject().IsMatch(name))
        && !name.Contains("torch_python", StringComparison.Ordinal);

    private static N2DException Incomplete(string name) => new(
        "LibtorchIncomplete",
        ErrorKind.InvalidData,
        $"The library '{name}' is incomplete, damaged, or found twice. If it comes from NuGet packages, give all packages of one version: "
            + "large libraries are split into several.",
        name);

    [GeneratedRegex(@"^(.+)\.fragment([1-9]\d{0,2})$")]
    private static partial Regex Fragment();

    [GeneratedRegex(@"\.so(\.[\d.]+)?$")]
    private static partial Regex SharedObject();
}
