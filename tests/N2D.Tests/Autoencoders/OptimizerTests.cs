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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    [InlineData(100_000)]
    [InlineData(int.MaxValue)]
    public void TheRateOfAdam_CorrectsTheBias(int step)
    {
        // The powers of the C library differ in the last bits from system to system, which no float32 shows.
        var expected = 0.001 * Math.Sqrt(1 - Math.Pow(AdamStep.Beta2, step)) / (1 - Math.Pow(AdamStep.Beta1, step));
        Assert.Equal((float)expected, AdamStep.Rate(0.001, step));
    }

    [Fact]
    public void Sgd_AddsUpVelocity_AndRmsProp_DividesByTheRootOfTheMeanSquare()
    {
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

    // Parts of several registers and a remainder, as micro-tiles have them.
    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.RmsProp)]
    public unsafe void OwnSteps_AreThoseOfLibtorch(OptimizerKind kind)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        const int PartLength = 29;
        const int Count = 5 * PartLength;
        var options = new AutoencoderOptions { Optimizer = kind, LearningRate = 0.1f, WeightDecay = 0.01f };
        var (parameters, gradient) = (randn([Count], generator: generator), randn([Count], generator: generator));
        using var ownParameters = VectorOf(parameters);
        using var ownGradient = VectorOf(gradient);
        using var own = Optimizer.Create(ownParameters, options);
        var libtorchs = TensorOptimizer.Create(parameters, gradient, options);
        for (var step = 0; step < 3; step++)
        {
            own.BeginStep(1);
            for (var first = 0; first < Count; first += PartLength)
            {
                own.Prefetch(first, PartLength);
                own.Receive(first, ownGradient.Values + first, PartLength);
            }

            libtorchs.Step(1, Execution.Default);
        }

        // Another compiler may fuse other multiplications and additions.
        Assert.True(tensor(ownParameters.Span.ToArray()).allclose(parameters, rtol: 1e-5, atol: 1e-6));
    }

    /// <summary>The fused kernel of libtorch, which GPUs use, corrects no bias: the rate does that already.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(0.9f)]
    public void FusedAdam_IsThatOfTheProcessor(float decay)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var (parameters, gradient) = (randn([2, 41], generator: generator), randn([2, 41], generator: generator));
        var own = parameters.data<float>().ToArray();
        var slopes = gradient.data<float>().ToArray();
        var (first, second) = (new float[own.Length], new float[own.Length]);
        var fused = new TensorAdam(parameters, gradient, new AutoencoderOptions());
        for (var step = 1; step <= 5; step++)
        {
            AdamStep.Update(own, slopes, first, second, AdamStep.Rate(0.001, step), decay);
            fused.MoveOnDevice(AdamStep.Rate(0.001, step), decay);
        }

        Assert.True(tensor(own, [2, 41]).allclose(parameters, rtol: 1e-6, atol: 1e-6));
        Assert.True(tensor(first, [2, 41]).allclose(fused.State["first_moment"], rtol: 1e-5, atol: 1e-7));
        Assert.True(tensor(second, [2, 41]).allclose(fused.State["second_moment"], rtol: 1e-5, atol: 1e-9));
    }

    [Theory]
    [InlineData(0.3f)]
    [InlineData(0.9f)]
    public void AMovingAverage_IsLibtorchsInterpolation(float decay)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        using var parameters = VectorOf(randn([29], generator: generator));
        using var average = new MovingAverage(parameters, decay);
        average.Add(stepCount: 1, Execution.Default);
        Assert.Equal(parameters.Span, average.Values.Span);

        var expected = tensor(parameters.Span.ToArray());
        using var later = VectorOf(randn([29], generator: generator));
        later.Span.CopyTo(parameters.Span);
        average.Add(stepCount: 100, Execution.Default);
        using Tensor weight = 1 - decay;
        expected.lerp_(tensor(later.Span.ToArray()), weight);

        // libtorch may fuse the multiplication and the addition.
        Assert.True(tensor(average.Values.Span.ToArray()).allclose(expected, rtol: 1e-6, atol: 1e-6));
        average.Swap();
        Assert.Equal(later.Span, average.Values.Span);
    }

    private static NativeVector VectorOf(Tensor values)
    {
        var vector = new NativeVector(values.numel());
        values.data<float>().CopyTo(vector.Span);
        return vector;
    }

    /// <summary>Where a parameter of 1 is after each of two steps of 0.1 against a gradient of 1.</summary>
    private static unsafe double[] TwoSteps(OptimizerKind kind)
    {
        using var parameters = new NativeVector(3);
        using var gradient = new NativeVector(3);
        parameters.Span.Fill(1);
        gradient.Span.Fill(1);
        using var optimizer = Optimizer.Create(
            parameters, new AutoencoderOptions { Optimizer = kind, LearningRate = 0.1f });
        var places = new double[2];
        foreach (ref var place in places.AsSpan())
        {
            optimizer.BeginStep(1);
            optimizer.Receive(0, gradient.Values, 3);
            place = parameters.Span[1];
        }

        return places;
    }
}
