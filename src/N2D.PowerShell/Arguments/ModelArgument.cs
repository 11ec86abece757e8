using System.Management.Automation;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>The argument of -Model: a model, or the path of its file. <see cref="TakesModelAttribute"/> creates it.</summary>
public sealed class ModelArgument
{
    /// <summary>Creates the argument.</summary>
    /// <param name="given">
    /// A model, a path as typed, a file from Export-N2DModel -PassThru or Get-ChildItem, or a description from Get-N2DModel. Anything else
    /// is stored with the reason for its rejection.
    /// </param>
    public ModelArgument(object? given)
    {
        (Model, Path) = (given as FittedPipeline, given as string ?? (given as FileInfo)?.FullName ?? (given as ModelDescription)?.Path);
        Refusal = Model is null && Path is null ? RefusalOf(given) : null;
    }

    /// <summary>The model; null if it must be read from <see cref="Path"/>.</summary>
    public FittedPipeline? Model { get; }

    /// <summary>The path of the file; null if the model itself was given.</summary>
    public string? Path { get; }

    /// <summary>Why the argument is rejected, and what to give instead; null if it is a model.</summary>
    internal string? Refusal { get; }

    /// <inheritdoc/>
    public override string ToString() => Path ?? Model?.ToString() ?? "";

    private static string RefusalOf(object? value) => value switch
    {
        Array models => $"-Model takes one model, but {models.Length} were given. Give one, such as $models[0], or apply each: "
            + $"$models | ForEach-Object {{ $data | Invoke-N2DModel $_ }}.",
        Dataset data => $"-Model takes a model, but '{data.Dataset}' is a data set. Pipe the data set: $data | Invoke-N2DModel $model.",
        ClusterResult or Embedding => $"-Model takes a saved model, but '{value}' has not been saved. Save it (... "
            + "| Export-N2DModel my.n2d), and give the path of the file or the output of Import-N2DModel.",
        ModelDescription => "-Model takes a model, but this is a description of a model that is not in a file. "
            + "Give the model itself, or save it with Export-N2DModel.",
        _ when RowlessCopy.Is(value, out var advice) => $"-Model takes the output of Import-N2DModel or the path of a model file. {advice}",
        _ => "-Model takes the output of Import-N2DModel or the path of a model file, but the value is "
            + $"{(value is null ? "empty" : $"of type {value.GetType().Name}")}.",
    };
}

/// <summary>
/// Converts any value to a <see cref="ModelArgument"/>, so that the cmdlet can reject it with advice. The engine would only report a failed
/// conversion.
/// </summary>
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
            _ => new ModelArgument(RowlessCopy.Is(inputData, out _) ? inputData : given),
        };
    }
}
