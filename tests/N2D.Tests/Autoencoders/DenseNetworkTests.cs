using N2D.Autoencoders;
using N2D.Numerics;
using static TorchSharp.torch;

namespace N2D.Tests.Autoencoders;

[Collection(TorchCollection.Name)]
public sealed class DenseNetworkTests
{
    private const int RowCount = 9;

    private readonly NetworkShape _shape = new(6, [7, 5], 3);

    public DenseNetworkTests() => TorchRuntime.EnsureLoaded();

    [Fact]
    public void Gradient_EqualsAutomaticDifferentiation()
    {
        using var scope = NewDisposeScope();
        var parameters = ParametersWithBiases();
        var rows = Rows();
        var seen = rows + 0.1f;
        var network = new DenseNetwork(_shape, parameters, CPU, Execution.Default, RowCount);
        var squaredErrors = zeros(Array.Empty<long>());
        network.ComputeGradient(rows, seen, squaredErrors, randomSeed: 0);

        var flat = tensor(parameters, requires_grad: true);
        var loss = nn.functional.mse_loss(Reconstruction(flat, seen), rows);
        loss.backward();

        Assert.Equal(loss.item<float>(), squaredErrors.item<float>() / (RowCount * _shape.InputDimension), 1e-6f);

        // Both sum the same products in float32, in another order.
        Assert.True(network.Gradient.allclose(flat.grad!, rtol: 1e-4, atol: 1e-6));

        var flexible = new FlexibleDenseNetwork(_shape, new AutoencoderOptions(), parameters, CPU);
        flexible.ComputeGradient(rows, seen, squaredErrors.zero_(), randomSeed: 0);
        Assert.True(flexible.Gradient.allclose(flat.grad!, rtol: 1e-4, atol: 1e-6));
        Assert.Equal(loss.item<float>(), squaredErrors.item<float>() / (RowCount * _shape.InputDimension), 1e-6f);
        Assert.True(flexible.Decode(flexible.Encode(rows)).allclose(network.Decode(network.Encode(rows)), rtol: 1e-4, atol: 1e-6));
    }

    [Fact]
    public void GlorotWeights_FillTheirRange_AndBiasesAreZero()
    {
        var shape = new NetworkShape(100, [60], 10);
        var parameters = shape.Layout.InitialValues(seed: 0);
        var limit = MathF.Sqrt(6f / 160);
        var weights = parameters.AsSpan(shape.Weights(0).Offset, 6000).ToArray();
        Assert.InRange(weights.Max(), 0.99f * limit, limit);
        Assert.InRange(weights.Min(), -limit, -0.99f * limit);
        Assert.All(parameters.AsSpan(shape.Biases(0).Offset, 60).ToArray(), bias => Assert.Equal(0, bias));
    }

    private float[] ParametersWithBiases()
    {
        var parameters = _shape.Layout.InitialValues(seed: 3);
        var random = new RandomSequence(1, RandomPurpose.Sampling);
        for (var layer = 0; layer < _shape.LayerCount; layer++)
        {
            foreach (ref var bias in parameters.AsSpan(_shape.Biases(layer).Offset, _shape.Outputs(layer)))
            {
                bias = random.NextSingle() - 0.5f;
            }
        }

        return parameters;
    }

    private Tensor Rows() =>
        tensor(RandomRows.Uniform(RowCount, _shape.InputDimension).Values.ToArray()).view(RowCount, _shape.InputDimension);

    private Tensor Reconstruction(Tensor flat, Tensor rows)
    {
        var output = rows;
        for (var layer = 0; layer < _shape.LayerCount; layer++)
        {
            output = output.matmul(_shape.Weights(layer).In(flat)) + _shape.Biases(layer).In(flat);
            output = _shape.IsActivated(layer) ? nn.functional.relu(output) : output;
        }

        return output;
    }
}
