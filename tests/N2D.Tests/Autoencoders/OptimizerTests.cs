using N2D.Autoencoders;
using N2D.Numerics;
using static TorchSharp.torch;

namespace N2D.Tests.Autoencoders;

[Collection(TorchCollection.Name)]
public sealed class OptimizerTests
{
    public OptimizerTests() => TorchRuntime.EnsureLoaded();

    [Fact]
    public void Adam_FollowsKerasStepByStep()
    {
        // Two steps by hand: m = 0.1 g, v = 0.001 g^2, rate = 0.001 sqrt(0.001) / 0.1; then with gradient -g, and a quarter of each weight
        // gone.
        const float Gradient = 0.5f;
        float[] parameters = [.. Enumerable.Repeat(1f, 9)];
        var (first, second) = (new float[9], new float[9]);
        var rate1 = (float)(0.001 * Math.Sqrt(1 - 0.999) / (1 - 0.9));
        AdamStep.Update(parameters, [.. Enumerable.Repeat(Gradient, 9)], first, second, rate1, decay: 1);
        var expected = 1 - (rate1 * 0.1 * Gradient / (Math.Sqrt(0.001 * Gradient * Gradient) + 1e-7));
        Assert.All(parameters, value => Assert.Equal(expected, value, 1e-6));

        var rate2 = (float)(0.001 * Math.Sqrt(1 - (0.999 * 0.999)) / (1 - 0.81));
        AdamStep.Update(parameters, [.. Enumerable.Repeat(-Gradient, 9)], first, second, rate2, decay: 0.75f);
        var mean = (0.9 * 0.1 * Gradient) - (0.1 * Gradient);
        var square = (0.999 * 0.001 * Gradient * Gradient) + (0.001 * Gradient * Gradient);
        expected = (0.75 * expected) - (rate2 * mean / (Math.Sqrt(square) + 1e-7));
        Assert.All(parameters, value => Assert.Equal(expected, value, 1e-6));
    }

    [Fact]
    public void Sgd_AddsUpVelocity_AndRmsProp_DividesByTheRootOfTheMeanSquare()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([1 - 0.1, 1 - 0.1 - (0.1 * 1.9)], TwoSteps(OptimizerKind.Sgd), Near);
        var (first, second) = (Math.Sqrt(0.1), Math.Sqrt((0.9 * 0.1) + 0.1));
        Assert.Equal([1 - (0.1 / first), 1 - (0.1 / first) - (0.1 / second)], TwoSteps(OptimizerKind.RmsProp), Near);
    }

    [Theory]
    [InlineData(LearningRateSchedule.Constant, 1, 1, 1)]
    [InlineData(LearningRateSchedule.Linear, 1, 0.5, 0)]
    [InlineData(LearningRateSchedule.Cosine, 1, 0.5, 0)]
    public void Schedules_BeginAtAll_AndEndWhereTheySay(LearningRateSchedule schedule, double start, double middle, double end) =>
        Assert.Equal([start, middle, end], new[] { 0, 0.5, 1 }.Select(progress => schedule.Factor(progress)), Near);

    private static bool Near(double x, double y) => Math.Abs(x - y) < 1e-5;

    /// <summary>Where a parameter of 1 is after each of two steps of 0.1 against a gradient of 1.</summary>
    private static double[] TwoSteps(OptimizerKind kind)
    {
        var parameters = ones(3);
        var optimizer = Optimizer.Create(parameters, ones(3), new AutoencoderOptions { Optimizer = kind, LearningRate = 0.1f });
        return [.. Enumerable.Range(0, 2).Select(_ =>
        {
            optimizer.Step(1, Execution.Default);
            return (double)parameters[1].item<float>();
        })];
    }
}
