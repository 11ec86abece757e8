using N2D.Autoencoders;

namespace N2D.Tests.Autoencoders;

public sealed class LibtorchFolderTests : IDisposable
{
    private const string File = "libtorch_cpu.so";

    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-libtorch-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Unless_AnotherIsChosen_ItIsTheModulesOwn()
    {
        var own = Directory.CreateDirectory(Path.Combine(_folder, "libtorch")).FullName;
        System.IO.File.WriteAllBytes(Path.Combine(own, File), []);

        Assert.Equal(own, LibtorchFolder.Find(null, _folder, File));
    }

    [Fact]
    public void InASingleFileProgram_TheModulesOwnIsInTheFolderOfTheProgram()
    {
        // Assembly.Location is empty there.
        Assert.Equal(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory), LibtorchFolder.FolderOf(""));
        Assert.Equal(_folder, LibtorchFolder.FolderOf(Path.Combine(_folder, "N2D.dll")));
    }

    [Fact]
    public void AnInstalledOne_ComesAfterTheModulesOwn_UnlessOnlyItHasCuda()
    {
        var own = Add("module/libtorch");
        var (cuda, cpu, empty) = (Add("cuda", "torch_cuda"), Add("cpu"), Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName);
        var module = Path.Combine(_folder, "module");

        Assert.Equal(own, LibtorchFolder.Find(null, module, File, cpu));
        Assert.Equal(cuda, LibtorchFolder.Find(null, module, File, cuda, cpu));
        Assert.Equal(cuda, LibtorchFolder.Find(null, "elsewhere", File, cuda, cpu));
        Assert.Equal(cpu, LibtorchFolder.Find(null, "elsewhere", File, empty, cpu));
        Assert.Equal(cpu, LibtorchFolder.Find(cpu, module, File, cuda));
        Assert.Equal("TorchUnavailable", Assert.Throws<N2DException>(() => LibtorchFolder.Find(null, "elsewhere", File, empty)).Id);
    }

    [Fact]
    public void AModuleWithoutLibtorch_SaysThatItIsNotInstalled_AndWhatToDo()
    {
        const string ForGpu = " (for an NVIDIA GPU, (LibtorchKind Cuda))";
        var error = Assert.Throws<N2DException>(() => LibtorchFolder.Find(null, _folder, File));

        Assert.Equal(("TorchUnavailable", ErrorKind.Unavailable), (error.Id, error.Kind));
        Assert.Equal(
            $"libtorch is not installed. Install it (LibtorchKind Cpu){(OperatingSystem.IsMacOS() ? "" : ForGpu)}, or set the environment "
                + "variable N2D_LIBTORCH to the folder of a libtorch 2.10.",
            error.Message);
        Assert.Equal(["LibtorchKind"], error.Options);
    }

    [Fact]
    public void ATilde_IsTheUsersFolder()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        foreach (var chosen in new[] { "~", "~/no such folder" })
        {
            var error = Assert.Throws<N2DException>(() => LibtorchFolder.Find(chosen, "elsewhere", File));
            Assert.Contains($"'{chosen}' (that is, '{home}{chosen[1..]}')", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AFile_IsRefused_AsOne()
    {
        var file = Path.Combine(_folder, File);
        System.IO.File.WriteAllBytes(file, []);

        var error = Assert.Throws<N2DException>(() => LibtorchFolder.Find(file, "elsewhere", File));

        Assert.Contains("this is a file. Set it to the folder", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("lib")]
    public void TheChosenFolder_IsTheArchivesOrItsLib(string place)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, place)).FullName;
        System.IO.File.WriteAllBytes(Path.Combine(folder, File), []);

        Assert.Equal(
            Path.TrimEndingDirectorySeparator(folder), Path.TrimEndingDirectorySeparator(LibtorchFolder.Find(_folder, "elsewhere", File)));
    }

    [Fact]
    public void AChosenFolder_WithoutLibtorch_IsRefused_ByTheVariableThatNamesIt()
    {
        var error = Assert.Throws<N2DException>(() => LibtorchFolder.Find(_folder, "elsewhere", File));

        Assert.Equal(("TorchUnavailable", ErrorKind.Unavailable), (error.Id, error.Kind));
        Assert.Contains(LibtorchFolder.Variable, error.Message, StringComparison.Ordinal);
        Assert.Contains(_folder, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Creates a folder with libtorch.</summary>
    private string Add(string name, params string[] libraries)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        foreach (var file in libraries.Select(LibtorchFolder.FileNameOf).Append(File))
        {
            System.IO.File.WriteAllBytes(Path.Combine(folder, file), []);
        }

        return folder;
    }
}
