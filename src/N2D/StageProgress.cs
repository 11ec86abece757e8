namespace N2D;

/// <summary>How far a stage is.</summary>
/// <param name="Status">What is being done now, such as <c>epoch 3 of 100, loss 0.0213</c>.</param>
/// <param name="Fraction">How much of the stage is done, 0 to 1.</param>
public readonly record struct StageProgress(string Status, double Fraction);
