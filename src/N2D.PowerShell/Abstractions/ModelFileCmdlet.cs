using System.Management.Automation;

namespace N2D.PowerShell.Commands;

/// <summary>Base class of the cmdlets that read model files.</summary>
public abstract class ModelFileCmdlet : N2DCmdlet
{
    private const string ByPath = "ByPath";
    private const string ByLiteralPath = "ByLiteralPath";

    /// <summary>
    /// <para type="description">The model files, or the output of Get-N2DModel. Wildcards are supported.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TakesPaths]
    [TakesModelFiles]
    [RejectsCopies]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>
    /// <para type="description">The model files, without wildcards. Accepts the output of Get-ChildItem.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>Reads one file.</summary>
    /// <param name="path">Full path.</param>
    /// <returns>The output object.</returns>
    protected abstract object Read(string path);

    /// <inheritdoc/>
    protected sealed override void ProcessObject()
    {
        foreach (var path in LiteralPath?.Select(ResolveFilePath) ?? Path!.SelectMany(ResolveFilePaths))
        {
            try
            {
                WriteObject(Read(path));
            }
            catch (N2DException error)
            {
                // After an error, the remaining files are read.
                Report(error);
            }
        }
    }
}
