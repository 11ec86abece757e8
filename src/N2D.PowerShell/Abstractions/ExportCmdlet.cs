using System.Management.Automation;
using N2D.Files;

namespace N2D.PowerShell;

/// <summary>Base class of the cmdlets that write one file.</summary>
public abstract class ExportCmdlet : N2DCmdlet
{
    private FileExport? _file;

    /// <summary>
    /// <para type="description">The file. An existing file is replaced and keeps its mode. If the path is a symbolic link, its
    /// target is replaced. The file takes one input object; a second one is an error.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>
    /// <para type="description">Does not replace an existing file.</para>
    /// </summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>
    /// <para type="description">Replaces a read-only file. If the file has several hard links, replaces it under this name
    /// only.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// <para type="description">Returns the file.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Rejects a path that cannot be written, before any input is processed.</summary>
    protected override void CheckParameters()
    {
        var path = ResolveFilePath(Path);
        CheckPath(path);
        _file = new FileExport(this, path)
        {
            Replacement = new OutputOptions { NoClobber = NoClobber, Force = Force },
            PassThru = PassThru,
        };
        _file.Check();
    }

    /// <summary>Rejects a path that does not fit the cmdlet's file format.</summary>
    /// <param name="path">Full path.</param>
    protected virtual void CheckPath(string path)
    {
    }

    /// <summary>Writes the file, unless it already holds an earlier input, or with -WhatIf.</summary>
    /// <param name="action">The action on the file, such as <c>Draw plot</c>.</param>
    /// <param name="activity">The heading of the progress bar, such as <c>Drawing the plot</c>.</param>
    /// <param name="write">Writes to a full path.</param>
    /// <exception cref="N2DException">
    /// The file holds an earlier input (<c>FileAlreadyWritten</c>), or the file cannot be written
    /// (see <see cref="OutputFile.ThrowIfNotWritable"/>).
    /// </exception>
    protected void WriteFile(string action, string activity, Action<string, Execution> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        _file!.Write(action, path => RunLong(activity, 0, execution =>
        {
            write(path, execution);
            return path;
        }));
    }
}
