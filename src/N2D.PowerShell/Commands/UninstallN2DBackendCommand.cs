using System.Management.Automation;
using N2D.Autoencoders;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Removes a libtorch that Install-N2DBackend installed.</para>
/// <para type="description">Deletes its folder. A libtorch inside the module, or in the folder that $env:N2D_LIBTORCH names, is not
/// removed. A session that has trained with libtorch cannot remove it: start a new one.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Uninstall, "N2DBackend", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class UninstallN2DBackendCommand : BackendCmdlet
{
    /// <inheritdoc/>
    protected override void CheckParameters() => LibtorchInstallation.OfUser.ThrowIfNotRemovable(Kind);

    /// <inheritdoc/>
    protected override void ProcessObject()
    {
        var installation = LibtorchInstallation.OfUser;
        if (ShouldProcess(installation.FolderOf(Kind), "Remove libtorch"))
        {
            installation.Uninstall(Kind);
        }
    }
}
