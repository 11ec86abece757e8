using N2D.Autoencoders;
using N2D.Numerics;
using static TorchSharp.torch;

namespace N2D.Tests.Autoencoders;

/// <summary>The matrix products of dense layers by this library are those of libtorch.</summary>
[Collection(TorchCollection.Name)]
public sealed class LayerProductsTests
{
    private const int RowCount = 19;
    private const int InputCount = 33;
    private const int OutputCount = 26;

    public LayerProductsTests() => TorchRuntime.EnsureLoaded();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OwnProducts_AreLibtorchs(bool isActivated)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var input = randn([RowCount, InputCount], generator: generator).clamp_min_(isActivated ? 0 : -10);
        var rows = randn([RowCount, OutputCount], generator: generator);
        var (weights, bias) = (randn([InputCount, OutputCount], generator: generator), randn([OutputCount], generator: generator));
        var (own, libtorchs) = (Zeros(), Zeros());

        var products = new LayerProducts(threadCount: 2);
        var layer = new DenseLayer(Tensors.ViewOf(weights), Tensors.ViewOf(bias));
        using var gradient = new StoredGradient((InputCount + 1) * OutputCount);
        var (ownInput, delta) = (Tensors.ViewOf(input), Tensors.ViewOf(own.Delta));
        var loss = new LossGradient(Tensors.ViewOf(own.Output), Tensors.ViewOf(rows), delta);
        ParallelPhases.Run(
            [
                [products.Forward(ownInput, layer, isActivated, Tensors.ViewOf(own.Output))],
                [loss],
                [
                    products.WeightGradient(ownInput, delta, 0, gradient),
                    LayerProducts.BiasGradient(delta, InputCount * OutputCount, gradient),
                    products.InputGradient(delta, layer, ownInput, isActivated, Tensors.ViewOf(own.InputDelta)),
                ],
            ],
            Execution.Default);
        own.SquaredErrors.add_((float)loss.SquaredErrors);
        own.WeightGradient.copy_(tensor(gradient.Values[..(InputCount * OutputCount)].ToArray()).view(InputCount, OutputCount));
        own.BiasGradient.copy_(tensor(gradient.Values[(InputCount * OutputCount)..].ToArray()));

        var sums = input.matmul(weights) + bias;
        var errors = (isActivated ? sums.relu() : sums) - rows;
        libtorchs.Output.copy_(errors + rows);
        libtorchs.Delta.copy_(errors * (2f / rows.numel()));
        libtorchs.SquaredErrors.copy_(errors.square().sum());
        libtorchs.WeightGradient.copy_(input.t().matmul(libtorchs.Delta));
        libtorchs.BiasGradient.copy_(libtorchs.Delta.sum(dim: 0));
        var below = libtorchs.Delta.matmul(weights.t());
        libtorchs.InputDelta.copy_(isActivated ? below * input.sign() : below);

        Assert.All(own.All.Zip(libtorchs.All), pair => Assert.True(pair.First.allclose(pair.Second, rtol: 1e-4, atol: 1e-4)));

        Results Zeros() => new(
            zeros_like(rows), zeros_like(rows), zeros(Array.Empty<long>()), zeros_like(weights), zeros_like(bias), zeros_like(input));
    }

    private sealed record Results(
        Tensor Output, Tensor Delta, Tensor SquaredErrors, Tensor WeightGradient, Tensor BiasGradient, Tensor InputDelta)
    {
        public Tensor[] All => [Output, Delta, SquaredErrors, WeightGradient, BiasGradient, InputDelta];
    }
}
