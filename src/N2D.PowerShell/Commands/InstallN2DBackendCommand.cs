using System.Management.Automation;
using N2D.Autoencoders;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Installs libtorch, which GPUs and some kinds of networks require.</para>
/// <para type="description">The module trains dense and denoising autoencoders with ReLU on the processor without libtorch. GPUs,
/// convolutional and variational autoencoders, dropout, other activations and -Precision BFloat16 require it. This cmdlet copies
/// libtorch from files that you have downloaded, or downloads it with -Download.</para>
/// <para type="description">libtorch is installed for the current user, outside of the module's folder, so an update of the module keeps
/// it. The cmdlet checks its version, its system and the hashes that come with it. Get-N2DDevice shows the folder.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Install, "N2DBackend", SupportsShouldProcess = true)]
[OutputType(typeof(DirectoryInfo))]
public sealed class InstallN2DBackendCommand : BackendCmdlet
{
    private LibtorchInstallOptions _options = new();

    /// <summary>
    /// <para type="description">Where libtorch is: the folder of its libraries, the zip archive from pytorch.org, or the NuGet package
    /// (all packages for Cuda, because it is split). A folder can also contain the archive's content, NuGet packages, or NuGet's package
    /// cache. With -Download, the address of a NuGet feed. Wildcards are supported. Default with -Download: nuget.org.</para>
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>
    /// <para type="description">The SHA-256 or SHA-512 of each file in -Path, as hexadecimal digits or base64. A file with another hash is
    /// rejected. Without it, NuGet packages are checked if their .sha512 file is beside them.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Hash { get; set; } = [];

    /// <summary>
    /// <para type="description">Downloads libtorch as NuGet packages: about 130 MB, or several gigabytes for Cuda. Without it, nothing is
    /// downloaded.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Download { get; set; }

    /// <summary>
    /// <para type="description">Replaces an installed libtorch of the same kind.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// <para type="description">Returns the folder.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        _options = new LibtorchInstallOptions
        {
            Kind = Kind,
            Sources = [.. Path.SelectMany(path => LibtorchInstallOptions.IsAddress(path) ? [path] : ResolveFilePaths(path))],
            Hashes = Hash,
            Download = Download,
            Force = Force,
        };
        LibtorchInstallation.OfUser.ThrowIfNotPossible(_options);
    }

    /// <inheritdoc/>
    protected override void ProcessObject()
    {
        var installation = LibtorchInstallation.OfUser;
        var source = _options.Sources.Count > 0 ? string.Join(", ", _options.Sources) : "nuget.org";
        if (ShouldProcess(installation.FolderOf(Kind), $"Install libtorch ({Kind}) from {source}"))
        {
            var folder = RunLong("Installing libtorch", 1, execution => installation.Install(_options, execution));
            if (PassThru)
            {
                WriteObject(new DirectoryInfo(folder));
            }
        }
    }
}
