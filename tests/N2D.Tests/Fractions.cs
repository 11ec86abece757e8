namespace N2D.Tests;

/// <summary>Collects the reported fractions of work on one thread.</summary>
/// <param name="fractions">Receives them.</param>
internal sealed class Fractions(List<double> fractions) : IProgress<StageProgress>
{
    public void Report(StageProgress value) => fractions.Add(value.Fraction);
}
