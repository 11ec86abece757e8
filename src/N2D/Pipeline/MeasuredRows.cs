using N2D.Numerics;

namespace N2D.Pipeline;

/// <summary>What a stage made of rows.</summary>
/// <param name="Rows">The rows that it made.</param>
/// <param name="Distances">How far each row that went in lies from what the stage was fitted to, 0 or more; null if the stage cannot tell.</param>
public readonly record struct MeasuredRows(Matrix Rows, float[]? Distances);
