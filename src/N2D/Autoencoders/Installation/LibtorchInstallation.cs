using System.Globalization;
using N2D.Files;

namespace N2D.Autoencoders;

/// <summary>
/// Installs a libtorch for the user, in a folder outside of this library's, so that other versions of the library find it, too. Nothing is
/// loaded.
/// </summary>
public sealed class LibtorchInstallation
{
    /// <summary>The share of the progress for a download.</summary>
    private const double DownloadShare = 0.7;

    /// <summary>The share of the progress for the checks of hashes.</summary>
    private const double CheckShare = 0.1;

    private readonly string _root;

    /// <summary>Creates an installation in another folder.</summary>
    /// <param name="root">Full path of the folder for all kinds.</param>
    internal LibtorchInstallation(string root) => _root = root;

    /// <summary>The installation of the current user.</summary>
    public static LibtorchInstallation OfUser => new(Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "N2D",
        "libtorch"));

    /// <summary>The folders of the installed kinds, first that with CUDA.</summary>
    internal IReadOnlyList<string> Folders =>
        [.. new[] { LibtorchKind.Cuda, LibtorchKind.Cpu }.Where(IsInstalled).Select(FolderOf)];

    /// <summary>Returns the folder of a kind, whether it is installed or not.</summary>
    /// <param name="kind">The kind.</param>
    public string FolderOf(LibtorchKind kind) =>
        Path.Combine(_root, $"{LibtorchRelease.Series}-{(kind == LibtorchKind.Cuda ? "cuda" : "cpu")}");

    /// <summary>Whether a kind is installed.</summary>
    /// <param name="kind">The kind.</param>
    public bool IsInstalled(LibtorchKind kind) => Path.IsPathRooted(_root) && Directory.Exists(FolderOf(kind));

    /// <summary>
    /// Rejects an installation that cannot succeed, before any work. Files are opened to see what they contain, but their hashes are not
    /// computed, and nothing is downloaded.
    /// </summary>
    /// <param name="options">What to install, and from where.</param>
    /// <exception cref="N2DException">
    /// <list type="bullet">
    /// <item>This system has no LibTorchSharp (<c>TorchUnavailable</c>), or no CUDA (<c>DeviceUnavailable</c>).</item>
    /// <item>There is no source (<c>LibtorchSourceRequired</c>), it does not exist (<c>FileNotFound</c>), is an address without permission
    /// to download (<c>DownloadNotAllowed</c>), or is one of several (<c>LibtorchSourceMixed</c>).</item>
    /// <item>A source is damaged (<c>NotAnArchive</c>, <c>LibtorchIncomplete</c>), or contains no libtorch (<c>LibtorchNotFound</c>) or one
    /// of another version, system or kind (<c>LibtorchVersion</c>, <c>LibtorchSystem</c>, <c>LibtorchKind</c>).</item>
    /// <item>The number of hashes differs from that of the sources (<c>HashCount</c>), or a hash is not readable
    /// (<c>HashNotReadable</c>).</item>
    /// <item>The user has no folder for the data of programs (<c>FolderNotWritable</c>).</item>
    /// <item>The kind is installed already (<c>LibtorchInstalled</c>), or loaded (<c>LibtorchLoaded</c>).</item>
    /// </list>
    /// </exception>
    public void ThrowIfNotPossible(LibtorchInstallOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ThrowIfSystemUnsupported(options.Kind);
        if (!Path.IsPathRooted(_root))
        {
            throw new N2DException(
                "FolderNotWritable",
                ErrorKind.AccessDenied,
                "The user has no folder for the data of programs (LocalApplicationData). Set the environment variable "
                    + $"{LibtorchFolder.Variable} to the folder of a libtorch instead.",
                _root);
        }

        if (options.Sources.Count == 0 && !options.Download)
        {
            throw SourceRequired(options.Kind);
        }

        ThrowIfSourcesMixed(options);
        if (options.Hashes.Count > 0 && (options.Hashes.Count != options.Sources.Count || !options.Sources.All(File.Exists)))
        {
            throw new N2DException(
                "HashCount",
                ErrorKind.InvalidArgument,
                $"{nameof(options.Hashes)} needs one hash for each file in {nameof(options.Sources)}. Folders and addresses have none.")
            { Options = [nameof(options.Hashes), nameof(options.Sources)] };
        }

        foreach (var hash in options.Hashes)
        {
            FileHash.Parse(hash);
        }

        if (IsInstalled(options.Kind) && !options.Force)
        {
            throw new N2DException(
                "LibtorchInstalled",
                ErrorKind.InvalidArgument,
                $"A libtorch is installed already in '{FolderOf(options.Kind)}'. Use {nameof(options.Force)} to replace it.",
                FolderOf(options.Kind))
            { Options = [nameof(options.Force)] };
        }

        ThrowIfLoaded(options.Kind);
        if (options.Feed is null)
        {
            LibtorchContents.Open(options.Sources, hashes: null, options.Kind, Execution.Default).Dispose();
        }
    }

    /// <summary>Installs a libtorch. An installed one of the same kind is kept until the new one is complete.</summary>
    /// <param name="options">What to install, and from where.</param>
    /// <param name="execution">Progress, messages and cancellation. After a cancellation, nothing has changed.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="N2DException">
    /// See <see cref="ThrowIfNotPossible"/>, also for what a download contains; or a source has another hash (<c>HashMismatch</c>), or its
    /// content is damaged (<c>LibtorchIncomplete</c>, <c>InstallationFailed</c>); or the download fails (<c>DownloadFailed</c>,
    /// <c>PackageNotFound</c>, <c>AddressNotSecure</c>), there is not enough space (<c>NotEnoughSpace</c>), or the folder cannot be written
    /// (<c>FolderNotWritable</c>, <c>InstallationFailed</c>), is in use (<c>LibtorchInUse</c>), or is being changed by another process
    /// (<c>InstallationRunning</c>).
    /// </exception>
    public string Install(LibtorchInstallOptions options, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        ThrowIfNotPossible(options);
        var target = FolderOf(options.Kind);
        using var staging = StagingFolder.Create(_root);
        var (sources, done) = (options.Sources, 0.0);
        if (options.Feed is { } address)
        {
            using var feed = new PackageFeed(address, execution.Part(0, DownloadShare));
            (sources, done) = (feed.Download(options.Kind, staging.Downloads), DownloadShare);
        }

        var copied = done + ((1 - done) * CheckShare);
        using (var contents = LibtorchContents.Open(sources, options.Hashes, options.Kind, execution.Part(done, copied)))
        {
            if (contents.Version is null)
            {
                execution.Warn?.Invoke(
                    $"The version of the libtorch in '{contents.Source}' is not known, because the files that name it are missing. N2D "
                        + $"works with libtorch {LibtorchRelease.Series}; another version can end the process.");
            }

            OutputPlace.ThrowIfNoSpace(target, _root, contents.Length);
            Copy(contents, staging.New, execution.Part(copied, 1));
            execution.Explain?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"Installed libtorch {contents.Version ?? "of an unknown version"}: {Quantity.Of(contents.Libraries.Count, "file")}, "
                    + $"{MachineMemory.TextOf(contents.Length)}, in '{target}'."));
        }

        execution.CancellationToken.ThrowIfCancellationRequested();
        staging.MoveTo(target);
        if (LibtorchFolder.Problem is not null || !FilePaths.Comparer.Equals(LibtorchFolder.Find(), target))
        {
            execution.Warn?.Invoke(LibtorchFolder.Chosen is { } chosen
                ? $"The environment variable {LibtorchFolder.Variable} is '{chosen}', and comes before the installed libtorch. Unset it."
                : $"'{LibtorchFolder.Find()}' comes before the installed libtorch. To use the installed one, set the environment variable "
                    + $"{LibtorchFolder.Variable} to '{target}'.");
        }

        return target;
    }

    /// <summary>Removes an installed libtorch.</summary>
    /// <param name="kind">The kind.</param>
    /// <exception cref="N2DException">
    /// It is not installed (<c>LibtorchNotInstalled</c>), loaded by this process (<c>LibtorchLoaded</c>) or in use by another one
    /// (<c>LibtorchInUse</c>), or the folder cannot be written (<c>FolderNotWritable</c>, <c>InstallationRunning</c>).
    /// </exception>
    public void Uninstall(LibtorchKind kind)
    {
        ThrowIfNotRemovable(kind);
        using var staging = StagingFolder.Create(_root);
        staging.Remove(FolderOf(kind));
    }

    /// <summary>Rejects the removal of a libtorch that is not installed, or loaded.</summary>
    /// <param name="kind">The kind.</param>
    /// <exception cref="N2DException">
    /// It is not installed (<c>LibtorchNotInstalled</c>), or loaded by this process (<c>LibtorchLoaded</c>).
    /// </exception>
    public void ThrowIfNotRemovable(LibtorchKind kind)
    {
        if (!IsInstalled(kind))
        {
            var others = Enum.GetValues<LibtorchKind>().Where(IsInstalled).ToArray();
            throw new N2DException(
                "LibtorchNotInstalled",
                ErrorKind.NotFound,
                $"There is no installed libtorch in '{FolderOf(kind)}'. A libtorch in other folders is not removed."
                    + (others is [var other] ? $" To remove the installed one, set {nameof(LibtorchInstallOptions.Kind)} to {other}." : ""),
                FolderOf(kind))
            { Options = others.Length > 0 ? [nameof(LibtorchInstallOptions.Kind)] : [] };
        }

        ThrowIfLoaded(kind);
    }

    private void ThrowIfLoaded(LibtorchKind kind)
    {
        if (FilePaths.Comparer.Equals(TorchRuntime.LoadedFolder, FolderOf(kind)))
        {
            throw new N2DException(
                "LibtorchLoaded",
                ErrorKind.Unavailable,
                $"This process has loaded the libtorch in '{FolderOf(kind)}', and cannot unload it. Start a new session, and try again "
                    + "there before the first training.",
                FolderOf(kind));
        }
    }

    private static void ThrowIfSystemUnsupported(LibtorchKind kind)
    {
        if (!File.Exists(Path.Combine(LibtorchFolder.OfLibTorchSharp, LibtorchFolder.FileNameOf("LibTorchSharp"))))
        {
            throw new N2DException(
                "TorchUnavailable",
                ErrorKind.Unavailable,
                $"N2D cannot use a libtorch on {LibtorchRelease.System}, because TorchSharp does not support it.",
                LibtorchRelease.System);
        }

        if (kind == LibtorchKind.Cuda && LibtorchRelease.System is not ("linux-x64" or "win-x64"))
        {
            throw new N2DException(
                "DeviceUnavailable",
                ErrorKind.Unavailable,
                $"There is no libtorch with CUDA for {LibtorchRelease.System}. Set {nameof(LibtorchInstallOptions.Kind)} to Cpu.",
                LibtorchRelease.System)
            { Options = [nameof(LibtorchInstallOptions.Kind)] };
        }
    }

    private static void ThrowIfSourcesMixed(LibtorchInstallOptions options)
    {
        if (options.Sources.FirstOrDefault(LibtorchInstallOptions.IsAddress) is { } address)
        {
            if (options.Sources.Count > 1)
            {
                throw new N2DException(
                    "LibtorchSourceMixed", ErrorKind.InvalidArgument, $"The feed '{address}' must be the only source.", address)
                { Options = [nameof(options.Sources)] };
            }

            if (!options.Download)
            {
                throw new N2DException(
                    "DownloadNotAllowed",
                    ErrorKind.InvalidArgument,
                    $"'{address}' is an address. Set {nameof(options.Download)} to download {SizeOf(options.Kind)} from it.",
                    address)
                { Options = [nameof(options.Download)] };
            }

            PackageFeed.ThrowIfNotSecure(options.Feed!);
        }
        else
        {
            foreach (var path in options.Sources)
            {
                LibtorchContents.ThrowIfMissing(path);
            }
        }
    }

    private static N2DException SourceRequired(LibtorchKind kind) => new(
        "LibtorchSourceRequired",
        ErrorKind.InvalidArgument,
        $"Nothing is downloaded unless {nameof(LibtorchInstallOptions.Download)} is set: it gets {SizeOf(kind)} from "
            + $"{LibtorchRelease.Feed}. Otherwise, download libtorch {LibtorchRelease.Series} for C++ from {LibtorchRelease.Page}, or the "
            + $"NuGet package {LibtorchRelease.PackageOf(kind)} {LibtorchRelease.Version}"
            + $"{(kind == LibtorchKind.Cuda ? " with its dependencies" : "")}, and set {nameof(LibtorchInstallOptions.Sources)} to the "
            + "archive, its folder, the packages, or a folder with them.")
    {
        Options = [nameof(LibtorchInstallOptions.Download), nameof(LibtorchInstallOptions.Sources)],
    };

    private static string SizeOf(LibtorchKind kind) => kind == LibtorchKind.Cuda ? "several gigabytes" : "about 130 MB";

    private static void Copy(LibtorchContents contents, string folder, Execution execution)
    {
        var (written, total) = (0L, Math.Max(1, contents.Length));
        foreach (var library in contents.Libraries)
        {
            try
            {
                library.WriteTo(
                    Path.Combine(folder, library.Name),
                    count =>
                    {
                        written += count;
                        execution.Report($"copying {library.Name}", Math.Min(1, written / (double)total));
                    },
                    execution.CancellationToken);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                throw new N2DException(
                    "InstallationFailed",
                    error is InvalidDataException ? ErrorKind.InvalidData : ErrorKind.OutOfResources,
                    $"'{library.Name}' in '{library.Source}' could not be copied to '{folder}': {error.Message}",
                    library.Name,
                    error);
            }
        }
    }
}
