using N2D.Models;
namespace N2D.Pipeline;

/// <summary>
/// A fitted stage or clusterer that can be saved in a model file. New ones implement this interface explicitly, and are listed in
/// <see cref="ModelParts"/>. No other code for saving and loading depends on the type of the stage.
/// </summary>
/// <typeparam name="TSelf">The stage or clusterer.</typeparam>
internal interface IModelPart<TSelf>
    where TSelf : IModelPart<TSelf>
{
    /// <summary>Writes the fit to a model file, except its duration, which the caller writes.</summary>
    /// <param name="part">Receives settings, which become JSON, and arrays.</param>
    void Write(ModelPartWriter part);

    /// <summary>Reads the fit from a model file. Its results are bit-identical to those of the original.</summary>
    /// <remarks>
    /// The file can be damaged or malicious. The reader guarantees the requested types, sizes and ranges, and finite values.
    /// Implementations check all other conditions before they allocate memory based on the values.
    /// </remarks>
    /// <param name="part">The part of the model file.</param>
    static abstract TSelf Read(ModelPartReader part);
}
