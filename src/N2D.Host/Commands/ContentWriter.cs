using System.Management.Automation;

namespace N2D.Host.Commands;

/// <summary>What Set-Content and Add-Content share: values as lines of a UTF-8 text file.</summary>
public abstract class ContentWriter : PSCmdlet, IDisposable
{
    private StreamWriter? _writer;

    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path")]
    public string? Path { get; set; }

    /// <summary>The file, its name taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    public string? LiteralPath { get; set; }

    /// <summary>What to write, a line each.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object[]? Value { get; set; }

    /// <summary>Whether no line breaks are written.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <summary>Whether the lines go to the end of the file.</summary>
    protected abstract bool Appends { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the file.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _writer?.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var file = this.ResolveFile(LiteralPath ?? Path!);
        if (ShouldProcess(file, Appends ? "Add lines" : "Write lines"))
        {
            this.Refusing("WriteContent", file, () => _writer = new StreamWriter(file, Appends));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var value in Value ?? [])
        {
            _writer?.Write(LanguagePrimitives.ConvertTo<string>(value) + (NoNewline ? "" : Environment.NewLine));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _writer?.Dispose();
}
