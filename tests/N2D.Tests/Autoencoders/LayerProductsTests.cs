using N2D.Autoencoders;
using static TorchSharp.torch;

namespace N2D.Tests.Autoencoders;

/// <summary>The matrix products of dense layers by libtorch (GPU) and by this library (processor) agree.</summary>
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
        var own = Pass(new CpuLayerProducts(Execution.Default));
        var libtorchs = Pass(new LibtorchLayerProducts(CPU, [RowCount]));

        Assert.All(own.Zip(libtorchs), pair => Assert.True(pair.First.allclose(pair.Second, rtol: 1e-4, atol: 1e-4)));

        Tensor[] Pass(ILayerProducts products)
        {
            var layer = new DenseLayer(weights, zeros_like(weights), bias, zeros_like(bias));
            var (output, delta, inputDelta, squaredErrors) =
                (zeros_like(rows), zeros_like(rows), zeros_like(input), zeros(Array.Empty<long>()));
            products.Forward(input, layer, isActivated, output);
            products.LossGradient(output, rows, delta, squaredErrors);
            products.ParameterGradients(input, delta, layer);
            products.InputGradient(delta, layer, input.clone(), isActivated, inputDelta);
            return [output, delta, squaredErrors, layer.WeightGradient, layer.BiasGradient, inputDelta];
        }
    }
}
