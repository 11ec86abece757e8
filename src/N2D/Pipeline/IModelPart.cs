using N2D.Models;
namespace N2D.Pipeline;

/// <summary>
/// What a fitted stage or clusterer does to be saved in a model file. A new one implements this, explicitly, and has its line in <see cref="ModelParts"/>:
/// nothing else in a pipeline's saving, loading, describing and scoring knows one stage from another.
/// </summary>
/// <typeparam name="TSelf">The stage or clusterer.</typeparam>
internal interface IModelPart<TSelf>
    where TSelf : IModelPart<TSelf>
{
    /// <summary>Hands over all that the fit consists of, but its seconds, which are everyone's.</summary>
    /// <param name="part">Takes settings, which become JSON, and arrays.</param>
    void Write(ModelPartWriter part);

    /// <summary>Makes the same fit again: what it makes of rows is the same to the last bit.</summary>
    /// <remarks>
    /// The file may be damaged, or made to do harm. What the reader hands out is of the type, the sizes and the range that were asked for, and finite; all else
    /// that must hold between the values is asked here, before anything large is made of them.
    /// </remarks>
    /// <param name="part">Hands out what was handed over.</param>
    static abstract TSelf Read(ModelPartReader part);
}
