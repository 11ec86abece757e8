using System.Security.Cryptography;
using System.Text;
using N2D.Autoencoders;

namespace N2D.Tests.Autoencoders;

/// <summary>The installation of libtorch from files and feeds. The libraries are fakes that are never loaded.</summary>
public sealed class LibtorchInstallationTests : IDisposable
{
    private static readonly string[] CpuFiles = [FakeLibtorch.FileOf("c10"), FakeLibtorch.FileOf("torch_cpu")];

    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-install-").FullName;
    private readonly LibtorchInstallation _installation;
    private readonly List<string> _explanations = [];
    private readonly List<string> _warnings = [];

    public LibtorchInstallationTests() => _installation = new LibtorchInstallation(Path.Combine(_folder, "data", "N2D", "libtorch"));

    /// <summary>Every other system, and what it calls the library that every libtorch contains.</summary>
    public static IEnumerable<object[]> OtherSystems =>
        from system in (string[])["linux-x64", "linux-arm64", "win-x64", "win-arm64", "osx-x64", "osx-arm64"]
        where system != FakeLibtorch.System
        select new object[] { system, system[0] switch { 'l' => "libtorch_cpu.so", 'w' => "torch_cpu.dll", _ => "libtorch_cpu.dylib" } };

    private string Target => _installation.FolderOf(LibtorchKind.Cpu);

    private Execution Execution => new() { Explain = _explanations.Add, Warn = _warnings.Add };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("libraries")]
    [InlineData("unpacked")]
    [InlineData("above")]
    [InlineData("python")]
    [InlineData("archive")]
    [InlineData("wheel")]
    [InlineData("package")]
    [InlineData("packages")]
    [InlineData("cache")]
    [InlineData("unpacked package")]
    public void ALibtorch_IsInstalled_FromEverySource(string source)
    {
        var version = ("version.py", Encoding.UTF8.GetBytes("debug = False\n__version__ = '2.10.1+cpu'\n"));
        var place = FileOf("source");
        var path = source switch
        {
            "libraries" => FakeLibtorch.WriteFolder(place, FakeLibtorch.Archive(FakeLibtorch.Cpu)) + "/libtorch/lib",
            "unpacked" => FakeLibtorch.WriteFolder(place, FakeLibtorch.Archive(FakeLibtorch.Cpu)) + "/libtorch",
            "above" => FakeLibtorch.WriteFolder(place, FakeLibtorch.Archive(FakeLibtorch.Cpu)),
            "python" => FakeLibtorch.WriteFolder(place, [version, .. FakeLibtorch.Below("lib/", FakeLibtorch.Cpu)]) + "/lib",
            "archive" => FakeLibtorch.WriteArchive(place + ".zip", FakeLibtorch.Archive(FakeLibtorch.Cpu)),
            "wheel" => FakeLibtorch.WriteArchive(
                place + ".whl", FakeLibtorch.Below("torch/", [version, .. FakeLibtorch.Below("lib/", FakeLibtorch.Cpu)])),
            "package" => FakeLibtorch.WriteCpuPackage(place),
            "packages" => Path.GetDirectoryName(FakeLibtorch.WriteCpuPackage(place))!,
            "cache" => FakeLibtorch.WriteCpuPackage($"{place}/libtorch-cpu-{FakeLibtorch.System}/2.10.0") is not null ? place : "",
            _ => FakeLibtorch.WriteFolder(
                place,
                [
                    ("x.nuspec", Encoding.UTF8.GetBytes("<package><metadata><version>2.10.0</version></metadata></package>")),
                    .. FakeLibtorch.Below($"runtimes/{FakeLibtorch.System}/native/", FakeLibtorch.Cpu),
                ]),
        };

        Assert.Equal(Target, Install(path));

        Assert.Equal(CpuFiles, FilesOf(Target));
        Assert.All(CpuFiles, name => Assert.Equal(
            FakeLibtorch.Cpu.Single(file => file.Name == name).Content, File.ReadAllBytes(Path.Combine(Target, name))));
        Assert.StartsWith(
            $"Installed libtorch 2.10.{(source is "python" or "wheel" ? 1 : 0)}: 2 files, 0.1 MiB", Assert.Single(_explanations), StringComparison.Ordinal);
        Assert.Equal([Target], Directory.GetFileSystemEntries(Path.GetDirectoryName(Target)!));
        Assert.Equal([Target], _installation.Folders);
    }

    [CudaSystemFact]
    public void SplitPackages_AreJoined()
    {
        var packages = FakeLibtorch.WriteCudaPackages(FileOf("packages"));
        var target = Install(LibtorchKind.Cuda, [.. packages.Reverse()]);
        var (name, content) = FakeLibtorch.Cuda[0];
        Assert.Equal(content, File.ReadAllBytes(Path.Combine(target, name)));
        Assert.Equal(4, FilesOf(target).Length);

        // A folder with packages of other versions and kinds, too.
        FakeLibtorch.WriteCpuPackage(FileOf("packages"));
        FakeLibtorch.WritePackage(FileOf("packages"), $"libtorch-cuda-12.8-{FakeLibtorch.System}", [], "2.9.0");
        FakeLibtorch.WritePackage(FileOf("packages"), $"libtorch-cuda-12.1-{FakeLibtorch.System}", []);
        Directory.Delete(target, recursive: true);
        Install(LibtorchKind.Cuda, FileOf("packages"));
        Assert.Equal(content, File.ReadAllBytes(Path.Combine(target, name)));
    }

    [CudaSystemFact]
    public void APartThatIsMissing_OrDamaged_IsRefused()
    {
        var packages = FakeLibtorch.WriteCudaPackages(FileOf("packages"));
        Assert.All(Enumerable.Range(2, 3), missing => AssertFails(
            "LibtorchIncomplete", LibtorchKind.Cuda, [.. packages.Where((_, index) => index != missing)]));
        AssertFails("LibtorchIncomplete", LibtorchKind.Cuda, FakeLibtorch.WriteCudaPackages(FileOf("damaged"), damaged: true));
        AssertFails(
            "LibtorchIncomplete", LibtorchKind.Cuda, FakeLibtorch.WriteCudaPackages(FileOf("noDigest"), hasDigest: false));
        Assert.DoesNotContain(".fragment", AssertFails("LibtorchIncomplete", LibtorchKind.Cuda, [.. packages, packages[1]]), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileWhoseNameLeadsOutOfTheFolder_IsNotWritten()
    {
        var files = FakeLibtorch.Archive([.. FakeLibtorch.Cpu, ($"..\\..\\{FakeLibtorch.Cpu[0].Name}", FakeLibtorch.Cpu[0].Content)]);
        var error = Xunit.Record.Exception(() => Install(FakeLibtorch.WriteArchive(FileOf("x.zip"), files)));

        // An archive that is made on Windows has no such names: they are read as folders, which are not those of libraries.
        Assert.True(OperatingSystem.IsWindows() ? error is null : error is N2DException { Id: "NotAnArchive" }, error?.ToString());
    }

    [Fact]
    public void AnotherVersion_IsRefused() => Assert.Contains(
        "contains libtorch 2.9.1, but N2D works with libtorch 2.10.",
        AssertFails("LibtorchVersion", FakeLibtorch.WriteArchive(FileOf("x.zip"), FakeLibtorch.Archive(FakeLibtorch.Cpu, "2.9.1+cpu"))),
        StringComparison.Ordinal);

    [Fact]
    public void AnUnknownVersion_IsWarnedOf()
    {
        Install(FakeLibtorch.WriteFolder(FileOf("x"), FakeLibtorch.Cpu));

        Assert.Contains("is not known", _warnings[0], StringComparison.Ordinal);
        Assert.StartsWith("Installed libtorch of an unknown version", Assert.Single(_explanations), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OtherSystems))]
    public void ALibtorchForAnotherSystem_IsRefused(string system, string file)
    {
        var content = FakeLibtorch.Archive([(file, FakeLibtorch.Library(system, 5000))]);
        Assert.EndsWith(
            $"is for {system}. This process needs one for {FakeLibtorch.System}.",
            AssertFails("LibtorchSystem", FakeLibtorch.WriteArchive(FileOf("x.zip"), content)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void ALibraryForSeveralProcessors_HasThemAll()
    {
        byte[] x64 = [1, 0, 0, 7, .. new byte[16]];
        byte[] arm64 = [1, 0, 0, 12, .. new byte[16]];
        Assert.Equal(["osx-x64", "osx-arm64"], LibraryHeader.SystemsOf([0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 2, .. x64, .. arm64]));
        Assert.Equal(["linux-other"], LibraryHeader.SystemsOf([0x7F, .. "ELF"u8, 1, 1, .. new byte[12], 3, 0]));
        Assert.Empty(LibraryHeader.SystemsOf("MZ"u8));
        Assert.Empty(LibraryHeader.SystemsOf([.. "MZ"u8, .. new byte[58], 255, 255, 255, 127]));
        Assert.Empty(LibraryHeader.SystemsOf([]));
    }

    [Fact]
    public void SomethingElse_IsRefused()
    {
        var empty = Directory.CreateDirectory(FileOf("empty")).FullName;
        File.WriteAllText(FileOf("text.zip"), "text");
        var truncated = FakeLibtorch.WriteArchive(FileOf("truncated.zip"), FakeLibtorch.Archive(FakeLibtorch.Cpu));
        File.WriteAllBytes(truncated, File.ReadAllBytes(truncated)[..^100]);
        var damaged = FakeLibtorch.WriteArchive(FileOf("damaged.zip"), FakeLibtorch.Archive(FakeLibtorch.Cpu));
        var bytes = File.ReadAllBytes(damaged);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(damaged, bytes);
        var noLibrary = FakeLibtorch.WriteFolder(FileOf("noLibrary"), [(FakeLibtorch.FileOf("torch_cpu"), "text"u8.ToArray())]);

        AssertFails("FileNotFound", FileOf("nothing"));
        AssertFails("LibtorchNotFound", empty);
        AssertFails("LibtorchNotFound", FakeLibtorch.WriteArchive(FileOf("other.zip"), [("readme.txt", [1])]));
        AssertFails("NotAnArchive", FileOf("text.zip"));
        AssertFails("NotAnArchive", truncated);
        AssertFails("InstallationFailed", damaged);
        Assert.Contains("is not a library", AssertFails("LibtorchSystem", noLibrary), StringComparison.Ordinal);
    }

    [Fact]
    public void CudaInsteadOfCpu_IsRefused()
    {
        var cuda = FakeLibtorch.WriteArchive(FileOf("cuda.zip"), FakeLibtorch.Archive([.. FakeLibtorch.Cpu, .. FakeLibtorch.Cuda]));

        Assert.Contains("has CUDA. Set Kind to Cuda", AssertFails("LibtorchKind", cuda), StringComparison.Ordinal);
    }

    [CudaSystemFact]
    public void CpuInsteadOfCuda_IsRefused()
    {
        var cpu = FakeLibtorch.WriteArchive(FileOf("cpu.zip"), FakeLibtorch.Archive(FakeLibtorch.Cpu));
        var python = FakeLibtorch.WriteArchive(FileOf("python.zip"), FakeLibtorch.Archive([.. FakeLibtorch.Cpu, FakeLibtorch.Cuda[0]]));

        Assert.Contains("has no CUDA. Set Kind to Cpu", AssertFails("LibtorchKind", LibtorchKind.Cuda, cpu), StringComparison.Ordinal);
        Assert.Contains("cudart", AssertFails("LibtorchIncomplete", LibtorchKind.Cuda, python), StringComparison.Ordinal);
    }

    [Fact]
    public void AHash_IsChecked()
    {
        var package = FakeLibtorch.WriteCpuPackage(FileOf("x"));
        var content = File.ReadAllBytes(package);
        string[] right =
        [
            Convert.ToHexString(SHA256.HashData(content)),
            Convert.ToHexStringLower(SHA512.HashData(content)),
            Convert.ToBase64String(SHA512.HashData(content)),
        ];
        Assert.All(right, hash => _installation.Install(
            new LibtorchInstallOptions { Sources = [package], Hashes = [hash], Force = true }, Execution));
        _installation.Uninstall(LibtorchKind.Cpu);

        AssertFails("HashMismatch", new LibtorchInstallOptions { Sources = [package], Hashes = [Convert.ToHexString(SHA256.HashData([]))] });
        AssertFails("HashNotReadable", new LibtorchInstallOptions { Sources = [package], Hashes = ["x"] });
        AssertFails("HashCount", new LibtorchInstallOptions { Sources = [package], Hashes = right });
        AssertFails("HashCount", new LibtorchInstallOptions { Sources = [FileOf("x")], Hashes = right[..1] });

        File.WriteAllText(package + ".sha512", right[2]);
        Install(package);
        _installation.Uninstall(LibtorchKind.Cpu);
        File.WriteAllText(package + ".sha512", Convert.ToBase64String(SHA512.HashData([])));
        AssertFails("HashMismatch", package);
    }

    [UnixFact]
    public void AFileThatIsReplacedAfterItsHashIsChecked_IsNotInstalled()
    {
        var source = FakeLibtorch.WriteArchive(FileOf("x.zip"), FakeLibtorch.Archive(FakeLibtorch.Cpu));
        var other = FakeLibtorch.WriteArchive(FileOf("other.zip"), FakeLibtorch.Archive([FakeLibtorch.Cpu[1]]));
        var hash = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(source)));
        var replace = new ActAt("checking", () => File.Move(other, source, overwrite: true));

        _installation.Install(new LibtorchInstallOptions { Sources = [source], Hashes = [hash] }, Execution with { Progress = replace });

        Assert.False(File.Exists(other));
        Assert.Equal(CpuFiles, FilesOf(Target));
    }

    [Fact]
    public void AFileThatIsChangedInPlaceAfterItsHashIsChecked_IsNotInstalled()
    {
        var source = FakeLibtorch.WriteArchive(FileOf("x.zip"), FakeLibtorch.Archive(FakeLibtorch.Cpu));
        var hash = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(source)));
        var options = new LibtorchInstallOptions { Sources = [source], Hashes = [hash] };
        Exception? refusal = null;
        var change = new ActAt("checking", () => refusal = Xunit.Record.Exception(() =>
        {
            using var file = new FileStream(source, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            file.Position = file.Length / 2;
            var value = file.ReadByte();
            file.Position--;
            file.WriteByte((byte)~value);
        }));

        var error = Xunit.Record.Exception(() => _installation.Install(options, Execution with { Progress = change }));

        // Only Windows keeps other programs from writing. Elsewhere, the checksums in the archive detect the change.
        Assert.True(change.IsDone);
        Assert.Equal(OperatingSystem.IsWindows(), refusal is IOException);
        Assert.Equal(OperatingSystem.IsWindows() ? null : "InstallationFailed", (error as N2DException)?.Id);
    }

    [Fact]
    public void TheCheckBeforeTheWork_SeesWhatSourcesContain_ButNotTheirHashes()
    {
        var source = FakeLibtorch.WriteCpuPackage(FileOf("x"));
        File.WriteAllText(source + ".sha512", Convert.ToBase64String(SHA512.HashData([])));
        _installation.ThrowIfNotPossible(new LibtorchInstallOptions { Sources = [source] });

        File.WriteAllText(FileOf("text.zip"), "text");
        var error = Assert.Throws<N2DException>(
            () => _installation.ThrowIfNotPossible(new LibtorchInstallOptions { Sources = [FileOf("text.zip")] }));
        Assert.Equal("NotAnArchive", error.Id);
    }

    [Fact]
    public void AnInstalledLibtorch_IsReplacedOnlyByForce_AndKeptUntilTheNewOneIsComplete()
    {
        var first = FakeLibtorch.WriteArchive(FileOf("first.zip"), FakeLibtorch.Archive(FakeLibtorch.Cpu));
        var second = FakeLibtorch.WriteArchive(FileOf("second.zip"), FakeLibtorch.Archive([FakeLibtorch.Cpu[1]]));
        Install(first);

        var error = Assert.Throws<N2DException>(() => Install(second));
        Assert.Equal("LibtorchInstalled", error.Id);
        Assert.Equal(["Force"], error.Options);
        File.WriteAllText(FileOf("text.zip"), "text");
        Assert.Throws<N2DException>(() => _installation.Install(
            new LibtorchInstallOptions { Sources = [FileOf("text.zip")], Force = true }, Execution));
        Assert.Equal(CpuFiles, FilesOf(Target));

        _installation.Install(new LibtorchInstallOptions { Sources = [second], Force = true }, Execution);
        Assert.Equal(CpuFiles[1..], FilesOf(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public void ACancellation_LeavesNothingBehind()
    {
        var source = FakeLibtorch.WriteArchive(FileOf("x.zip"), FakeLibtorch.Archive(FakeLibtorch.Cpu));
        using var stop = new CancellationTokenSource();
        var execution = new Execution { CancellationToken = stop.Token, Progress = new StopAt(stop, "copying") };

        Assert.Throws<OperationCanceledException>(
            () => _installation.Install(new LibtorchInstallOptions { Sources = [source] }, execution));

        Assert.False(Directory.Exists(FileOf("data/N2D")));
    }

    [Fact]
    public void OnlyOneProcess_Installs_AndTheNextOneDeletesWhatAKilledOneLeft()
    {
        var source = FakeLibtorch.WriteArchive(FileOf("x.zip"), FakeLibtorch.Archive(FakeLibtorch.Cpu));
        var root = Directory.CreateDirectory(Path.GetDirectoryName(Target)!).FullName;
        using (new FileStream(Path.Combine(root, ".n2d.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Equal("InstallationRunning", Assert.Throws<N2DException>(() => Install(source)).Id);
        }

        FakeLibtorch.WriteFolder(Path.Combine(root, ".n2d-abcdefgh.tmp"), FakeLibtorch.Below("new/", FakeLibtorch.Cpu));
        Install(source);
        Assert.Equal([Target], Directory.GetFileSystemEntries(root));
    }

    [Fact]
    public void AnUninstalledLibtorch_LeavesNoFolders()
    {
        Install(FakeLibtorch.WriteArchive(FileOf("x.zip"), FakeLibtorch.Archive(FakeLibtorch.Cpu)));
        _installation.Uninstall(LibtorchKind.Cpu);

        Assert.False(Directory.Exists(FileOf("data/N2D")));
        Assert.Equal("LibtorchNotInstalled", Assert.Throws<N2DException>(() => _installation.Uninstall(LibtorchKind.Cpu)).Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AFeed_IsDownloadedFrom_IfThisIsAllowed(bool hasHashes)
    {
        FakeLibtorch.WriteCpuPackage(FileOf("packages"));
        using var feed = new FakeFeed(FileOf("packages")) { HasHashes = hasHashes };
        var options = new LibtorchInstallOptions { Sources = [feed.Address] };

        Assert.Contains("Set Download to download about 130 MB", AssertFails("DownloadNotAllowed", options), StringComparison.Ordinal);
        Assert.Empty(feed.Requests);
        _installation.Install(options with { Download = true }, Execution);

        Assert.Equal(CpuFiles, FilesOf(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(Path.GetDirectoryName(Target)!));
        Assert.Equal(hasHashes ? 0 : 1, _warnings.Count(warning => warning.Contains("has no hash for", StringComparison.Ordinal)));
    }

    [CudaSystemFact]
    public void SplitPackages_AreFoundByTheirDependencies()
    {
        var packages = FakeLibtorch.WriteCudaPackages(FileOf("packages"));
        using var feed = new FakeFeed(FileOf("packages"));
        var fractions = new List<double>();
        var target = _installation.Install(
            new LibtorchInstallOptions { Kind = LibtorchKind.Cuda, Sources = [feed.Address], Download = true },
            Execution with { Progress = new Record(fractions) });

        Assert.Equal(packages.Select(Path.GetFileName), feed.Requests);
        Assert.Equal(FakeLibtorch.Cuda[0].Content, File.ReadAllBytes(Path.Combine(target, FakeLibtorch.Cuda[0].Name)));
        Assert.Equal(fractions.Order(), fractions);
        Assert.InRange(fractions[^1], 0.999, 1);
    }

    [Fact]
    public void AFailedDownload_LeavesNothingBehind()
    {
        FakeLibtorch.WriteCpuPackage(FileOf("packages"));
        using var empty = new FakeFeed(FileOf("nowhere"));
        using var damaged = new FakeFeed(FileOf("packages")) { IsDamaged = true };

        AssertFails("PackageNotFound", Download(empty.Address));
        AssertFails("HashMismatch", Download(damaged.Address));
        AssertFails("DownloadFailed", Download(damaged.Address.Replace("index", "other", StringComparison.Ordinal)));
        AssertFails("DownloadFailed", Download("http://127.0.0.1:1/v3/index.json"));
        AssertFails("AddressNotSecure", Download("http://example.org/v3/index.json"));
        AssertFails("LibtorchSourceMixed", new LibtorchInstallOptions { Sources = [empty.Address, FileOf("packages")], Download = true });

        static LibtorchInstallOptions Download(string address) => new() { Sources = [address], Download = true };
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>Sign in</body></html>")]
    [InlineData("<?xml version=\"1.0\"?><service xmlns=\"http://www.w3.org/2007/app\" />")]
    [InlineData("{ \"resources\": [ { \"@id\": \"/packages\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{ \"resources\": {} }")]
    [InlineData("{ \"resources\": [] }")]
    [InlineData("{ \"resources\": [ {} ] }")]
    [InlineData("{ \"resources\": [ { \"@id\": \"/packages\", \"@type\": null } ] }")]
    [InlineData("{ \"resources\": [ { \"@id\": 1, \"@type\": \"PackageBaseAddress/3.0.0\" } ] }")]
    [InlineData("{ \"resources\": [ { \"@id\": \"http://[\", \"@type\": \"PackageBaseAddress/3.0.0\" } ] }")]
    [InlineData("{ \"resources\": [ { \"@id\": \"/packages\", \"@type\": \"SearchQueryService\" } ] }")]
    [InlineData("{ \"resources\": [ { \"@id\": \"/nowhere\", \"@type\": \"PackageBaseAddress/3.0.0\" } ] }", "PackageNotFound")]
    [InlineData("{ \"resources\": [ { \"@id\": \"http://example.org\", \"@type\": \"PackageBaseAddress/3.0.0\" } ] }", "AddressNotSecure")]
    [InlineData("{ \"resources\": [ { \"@id\": \"file:///\", \"@type\": \"PackageBaseAddress/3.0.0\" } ] }", "AddressNotSecure")]
    public void AnAddressThatIsNoFeed_IsRefused(string index, string id = "DownloadFailed")
    {
        FakeLibtorch.WriteCpuPackage(FileOf("packages"));
        using var feed = new FakeFeed(FileOf("packages")) { Index = index };

        AssertFails(id, new LibtorchInstallOptions { Sources = [feed.Address], Download = true });
        Assert.Empty(feed.Requests);
    }

    [Theory]
    [InlineData("text/html", false)]
    [InlineData("image/png", false)]
    [InlineData("application/json; charset=unknown", true)]
    public void OnlyTheContentOfAFeedCounts_NotItsMediaType(string type, bool fails)
    {
        FakeLibtorch.WriteCpuPackage(FileOf("packages"));
        using var feed = new FakeFeed(FileOf("packages")) { MediaType = type };
        var options = new LibtorchInstallOptions { Sources = [feed.Address], Download = true };

        if (fails)
        {
            Assert.Contains("not that of a NuGet feed", AssertFails("DownloadFailed", options), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(Target, _installation.Install(options, Execution));
        }
    }

    [Fact]
    public void ACanceledDownload_LeavesNothingBehind()
    {
        FakeLibtorch.WriteCpuPackage(FileOf("packages"));
        using var feed = new FakeFeed(FileOf("packages")) { IsEndless = true };
        using var stop = new CancellationTokenSource();
        var execution = new Execution { CancellationToken = stop.Token, Progress = new StopAt(stop, "MiB of 1024") };

        Assert.ThrowsAny<OperationCanceledException>(
            () => _installation.Install(new LibtorchInstallOptions { Sources = [feed.Address], Download = true }, execution));

        Assert.False(Directory.Exists(FileOf("data/N2D")));
    }

    [Fact]
    public void WithoutASource_TheErrorSaysWhereLibtorchIs()
    {
        var message = AssertFails("LibtorchSourceRequired", new LibtorchInstallOptions());
        Assert.Contains($"libtorch-cpu-{FakeLibtorch.System} 2.10.0", message, StringComparison.Ordinal);
        Assert.Contains("https://pytorch.org/", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALibtorchThatComesFirst_IsWarnedOf()
    {
        Install(FakeLibtorch.WriteArchive(FileOf("x.zip"), FakeLibtorch.Archive(FakeLibtorch.Cpu)));
        Assert.Contains("comes before the installed libtorch", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    private string FileOf(string name) => Path.Combine(_folder, name);

    private string Install(params string[] paths) => Install(LibtorchKind.Cpu, paths);

    private string Install(LibtorchKind kind, params string[] paths) =>
        _installation.Install(new LibtorchInstallOptions { Kind = kind, Sources = paths }, Execution);

    private string AssertFails(string id, params string[] paths) => AssertFails(id, LibtorchKind.Cpu, paths);

    private string AssertFails(string id, LibtorchKind kind, params string[] paths) =>
        AssertFails(id, new LibtorchInstallOptions { Kind = kind, Sources = paths });

    /// <summary>Checks that an installation fails and leaves nothing behind. Returns the message.</summary>
    private string AssertFails(string id, LibtorchInstallOptions options)
    {
        var error = Assert.Throws<N2DException>(() => _installation.Install(options, Execution));
        Assert.Equal(id, error.Id);
        Assert.False(Directory.Exists(FileOf("data/N2D")));
        return error.Message;
    }

    private static string[] FilesOf(string folder) =>
        [.. Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private sealed class StopAt(CancellationTokenSource stop, string status) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (value.Status.Contains(status, StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }

    /// <summary>Acts once, at the first report of a status.</summary>
    private sealed class ActAt(string status, Action action) : IProgress<StageProgress>
    {
        public bool IsDone { get; private set; }

        public void Report(StageProgress value)
        {
            if (!IsDone && value.Status.Contains(status, StringComparison.Ordinal))
            {
                IsDone = true;
                action();
            }
        }
    }

    private sealed class Record(List<double> fractions) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => fractions.Add(value.Fraction);
    }
}
