namespace N2D;

/// <summary>The progress of a stage.</summary>
/// <param name="Status">The current step, such as <c>epoch 3 of 100, loss 0.0213</c>.</param>
/// <param name="Fraction">The completed fraction of the stage, 0 to 1.</param>
public readonly record struct StageProgress(string Status, double Fraction);
