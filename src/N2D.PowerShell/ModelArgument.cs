using N2D.Models;

namespace N2D.PowerShell;

/// <summary>What -Model takes: a model that was read, or the path of its file. PowerShell makes it of either.</summary>
public sealed class ModelArgument
{
    /// <summary>A model that was read.</summary>
    /// <param name="model">The model.</param>
    public ModelArgument(FittedPipeline model) => Model = model;

    /// <summary>A file, as Export-N2DModel -PassThru and Get-ChildItem put it out.</summary>
    /// <param name="file">The file.</param>
    public ModelArgument(FileInfo file)
    {
        ArgumentNullException.ThrowIfNull(file);
        Path = file.FullName;
    }

    /// <summary>The path of a file, as the user typed it.</summary>
    /// <param name="path">The path.</param>
    public ModelArgument(string path) => Path = path;

    /// <summary>The model; null where it is still to be read.</summary>
    public FittedPipeline? Model { get; }

    /// <summary>Where to read it; null where it was.</summary>
    public string? Path { get; }

    /// <inheritdoc/>
    public override string ToString() => Path ?? Model!.ToString() ?? "";
}
