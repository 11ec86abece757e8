using N2D.Autoencoders;
using static TorchSharp.torch;

namespace N2D.Tests.Autoencoders;

[Collection(TorchCollection.Name)]
public sealed class TorchRuntimeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("n2d-torch-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void LoadedRuntime_TrainsLinearMap()
    {
        TorchRuntime.EnsureLoaded();

        using var scope = NewDisposeScope();
        using var generator = new Generator(0);
        var map = randn([8, 3], generator: generator);
        var rows = randn([256, 8], generator: generator);
        var targets = matmul(rows, map);
        var learned = zeros([8, 3], requires_grad: true);
        for (var step = 0; step < 300; step++)
        {
            var loss = (matmul(rows, learned) - targets).square().mean();
            loss.backward();
            using (no_grad())
            {
                learned.sub_(learned.grad! * 0.3f);
                learned.grad!.zero_();
            }
        }

        // The problem is exactly linear and well conditioned, so only rounding remains.
        Assert.InRange((learned - map).abs().max().item<float>(), 0, 1e-4);
    }

    [Fact]
    public void ConcurrentFirstUse_LoadsOnce()
    {
        Parallel.For(0, 8, _ => TorchRuntime.EnsureLoaded());

        Assert.Equal(3, ones(3).sum().item<float>());
    }

    [Fact]
    public void Loading_CopiesNoLibraries()
    {
        TorchRuntime.EnsureLoaded();

        // TorchSharp's own fallback would create a folder of this name with half a gigabyte.
        Assert.False(Directory.Exists(Path.Combine(AppContext.BaseDirectory, "cpu")));
    }

    [Fact]
    public void BackendVersion_IsTheOneThatIsInstalled()
    {
        Assert.Equal(LibtorchRelease.Version, TorchRuntime.BackendVersion);
        Assert.StartsWith($"{LibtorchRelease.Series}.", LibtorchRelease.Version, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingLibrary_IsNamed()
    {
        var error = Assert.Throws<N2DException>(() => TorchRuntime.Load(_folder.FullName, _folder.FullName));

        Assert.Equal(("TorchUnavailable", ErrorKind.Unavailable), (error.Id, error.Kind));
        Assert.Contains("c10", error.Message, StringComparison.Ordinal);
        Assert.Contains("missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ModuleOfAnotherSystem_IsToldApart()
    {
        var (file, system) = OperatingSystem.IsWindows() ? ("libLibTorchSharp.so", "Linux") : ("LibTorchSharp.dll", "Windows");
        File.WriteAllBytes(Path.Combine(_folder.FullName, file), []);

        var error = Assert.Throws<N2DException>(() => TorchRuntime.Load(_folder.FullName, _folder.FullName));

        Assert.Contains($"is for {system}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedLibrary_IsNamed()
    {
        foreach (var file in (string[])["libc10.so", "c10.dll", "libc10.dylib"])
        {
            File.WriteAllText(Path.Combine(_folder.FullName, file), "not a library");
        }

        var error = Assert.Throws<N2DException>(() => TorchRuntime.Load(_folder.FullName, _folder.FullName));

        Assert.Equal("TorchUnavailable", error.Id);
        Assert.Contains("c10", error.Message, StringComparison.Ordinal);
        Assert.Contains("could not be loaded", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("libstdc++.so.6: version `GLIBCXX_3.4.29' not found", "C++ runtime")]
    [InlineData("libc.so.6: version `GLIBC_2.34' not found", "glibc")]
    [InlineData("Error loading shared library ld-linux-x86-64.so.2: No such file or directory", "musl")]
    [InlineData("libc10.so: wrong ELF class: ELFCLASS32", "another processor")]
    public void LoaderMessage_YieldsRemedy(string message, string remedy) =>
        Assert.Contains(remedy, TorchRuntime.Remedy(new DllNotFoundException(message)), StringComparison.Ordinal);
}
