using N2D.Numerics;

namespace N2D.Pipeline;

/// <summary>The output of a stage, with distances from the rows of the fit.</summary>
/// <param name="Rows">The output rows.</param>
/// <param name="Distances">The distance of each input row from the rows of the fit, 0 or more; null if the stage cannot measure it.</param>
public readonly record struct MeasuredRows(Matrix Rows, float[]? Distances);
