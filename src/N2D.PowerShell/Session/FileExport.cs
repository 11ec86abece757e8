using N2D.Files;

namespace N2D.PowerShell;

/// <summary>Writes the output file of a cmdlet.</summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="path">Full path.</param>
internal sealed class FileExport(N2DCmdlet cmdlet, string path)
{
    private bool _isWritten;

    /// <summary>Whether an existing file is replaced.</summary>
    public OutputOptions Replacement { get; init; } = new();

    /// <summary>The parameter of the path; null if it is the first of the cmdlet by position.</summary>
    public string? Parameter { get; init; }

    /// <summary>Whether the file is written to the pipeline.</summary>
    public bool PassThru { get; init; }

    /// <summary>Full path.</summary>
    public string Path => path;

    /// <summary>Rejects a file that cannot be written or must be kept.</summary>
    /// <exception cref="N2DException">See <see cref="OutputFile.ThrowIfNotWritable"/>.</exception>
    public void Check() => OutputFile.ThrowIfNotWritable(path, Replacement);

    /// <summary>Writes the file, unless it already holds an earlier input, or with -WhatIf.</summary>
    /// <param name="action">The action on the file, such as <c>Draw plot</c>.</param>
    /// <param name="write">Writes to the path.</param>
    /// <exception cref="N2DException">
    /// The file holds an earlier input (<c>FileAlreadyWritten</c>), or the file cannot be written
    /// (see <see cref="OutputFile.ThrowIfNotWritable"/>).
    /// </exception>
    public void Write(string action, Action<string> write)
    {
        if (_isWritten)
        {
            throw new N2DException(
                "FileAlreadyWritten",
                ErrorKind.InvalidArgument,
                $"'{path}' already holds the previous input, and a file takes only one. Use a file for each input: "
                    + $"... | ForEach-Object {{ $i++; $_ | {cmdlet.MyInvocation.MyCommand.Name} "
                    + $"{(Parameter is null ? "" : $"-{Parameter} ")}\"file-$i{System.IO.Path.GetExtension(path)}\" }}.",
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
