using System.Management.Automation;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>What -Model takes: a model that was read, or the path of its file. <see cref="TakesModelAttribute"/> makes it of either.</summary>
public sealed class ModelArgument
{
    /// <summary>Takes what was given.</summary>
    /// <param name="given">
    /// A model, a path as the user typed it, a file as Export-N2DModel -PassThru and Get-ChildItem put it out, the description of one (Get-N2DModel); anything else is kept to be refused.
    /// </param>
    public ModelArgument(object? given)
    {
        (Model, Path) = (given as FittedPipeline, given as string ?? (given as FileInfo)?.FullName ?? (given as ModelDescription)?.Path);
        Refusal = Model is null && Path is null ? RefusalOf(given) : null;
    }

    /// <summary>The model; null where it is still to be read.</summary>
    public FittedPipeline? Model { get; }

    /// <summary>Where to read it; null where it was.</summary>
    public string? Path { get; }

    /// <summary>Why this is no model, and what to give; null where it is one.</summary>
    internal string? Refusal { get; }

    /// <inheritdoc/>
    public override string ToString() => Path ?? Model?.ToString() ?? "";

    private static string RefusalOf(object? value) => value switch
    {
        Array models => $"-Model takes one model, and {models.Length} were given. Take one of them, such as $models[0], or apply each: $models | ForEach-Object {{ $data | Invoke-N2DModel $_ }}.",
        Dataset data => $"-Model takes a model, and '{data.Dataset}' is a data set, which comes down the pipeline: $data | Invoke-N2DModel $model.",
        ClusterResult or Embedding => $"-Model takes a saved model, and '{value}' is none yet: save it (... | Export-N2DModel my.n2d), and give the file's path, or what Import-N2DModel reads of it.",
        ModelDescription => "-Model takes a model, and this is the description of one that is in no file: give the model itself, or save it (Export-N2DModel).",
        _ => $"-Model takes a model that Import-N2DModel read, or the path of its file, and was given {value?.GetType().Name ?? "nothing"}.",
    };
}

/// <summary>Makes a <see cref="ModelArgument"/> of whatever was given, so that the cmdlet itself refuses what is no model, with what to give; the engine would only say that nothing converts.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesModelAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var given = ItemProperties.Unwrapped(inputData);
        return given switch
        {
            ModelArgument model => model,
            object[] and [var only] => Transform(engineIntrinsics, only),
            _ => new ModelArgument(given),
        };
    }
}
