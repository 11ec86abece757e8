using N2D.Files;

namespace N2D.PowerShell;

/// <summary>The one file that a cmdlet writes.</summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="path">Full path.</param>
internal sealed class FileExport(N2DCmdlet cmdlet, string path)
{
    private bool _isWritten;

    /// <summary>Whether a file that is there stays.</summary>
    public bool NoClobber { get; init; }

    /// <summary>Whether even a read-only file is replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Whether the file is put out.</summary>
    public bool PassThru { get; init; }

    /// <summary>Full path.</summary>
    public string Path => path;

    /// <summary>Refuses a file that cannot be written, or must stay.</summary>
    /// <exception cref="N2DException">See <see cref="OutputFile.ThrowIfNotWritable"/>.</exception>
    public void Check() => OutputFile.ThrowIfNotWritable(path, new OutputOptions { NoClobber = NoClobber, Force = Force });

    /// <summary>Writes the file, unless it holds an earlier input already or the user only wants to know what would be done.</summary>
    /// <param name="action">What is done to the file, such as <c>Draw plot</c>.</param>
    /// <param name="write">Writes to the path.</param>
    /// <exception cref="N2DException">An earlier input is in the file (<c>FileAlreadyWritten</c>), or the file cannot be written (see <see cref="OutputFile.ThrowIfNotWritable"/>).</exception>
    public void Write(string action, Action<string> write)
    {
        if (_isWritten)
        {
            throw new N2DException(
                "FileAlreadyWritten",
                ErrorKind.InvalidArgument,
                $"'{path}' holds what came of the input before this one, and takes one only. Give each its own: "
                    + $"... | ForEach-Object {{ $i++; $_ | {cmdlet.MyInvocation.MyCommand.Name} \"file-$i{System.IO.Path.GetExtension(path)}\" }}.",
                path);
        }

        Check();
        if (!cmdlet.ShouldProcess(path, action))
        {
            return;
        }

        write(path);
        _isWritten = true;
        if (PassThru)
        {
            cmdlet.WriteObject(new FileInfo(path));
        }
    }
}
