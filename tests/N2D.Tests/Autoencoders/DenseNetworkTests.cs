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
        var network = new DenseNetwork(_shape, parameters, CPU);
        var workspace = BatchWorkspace.ForTraining(_shape, RowCount, CPU);
        workspace.Activations[0].copy_(rows);
        var squaredErrors = zeros(Array.Empty<long>());
        network.Forward(workspace, _shape.LayerCount);
        network.Backward(workspace, squaredErrors);

        var flat = tensor(parameters, requires_grad: true);
        var loss = nn.functional.mse_loss(Reconstruction(flat, rows), rows);
        loss.backward();

        Assert.Equal(loss.item<float>(), squaredErrors.item<float>() / (RowCount * _shape.InputDimension), 1e-6f);

        // Both sum the same products in float32, in another order.
        Assert.True(network.Gradient.allclose(flat.grad!, rtol: 1e-4, atol: 1e-6));
    }

    [Fact]
    public void GlorotWeights_FillTheirRange_AndBiasesAreZero()
    {
        var shape = new NetworkShape(100, [60], 10);
        var parameters = shape.InitialParameters(seed: 0);
        var limit = MathF.Sqrt(6f / 160);
        var weights = parameters.AsSpan(shape.WeightOffset(0), 6000).ToArray();
        Assert.InRange(weights.Max(), 0.99f * limit, limit);
        Assert.InRange(weights.Min(), -limit, -0.99f * limit);
        Assert.All(parameters.AsSpan(shape.BiasOffset(0), 60).ToArray(), bias => Assert.Equal(0, bias));
    }

    [Fact]
    public void Adam_FollowsKerasStepByStep()
    {
        // Two steps by hand: m = 0.1 g, v = 0.001 g^2, rate = 0.001 sqrt(0.001) / 0.1; then with gradient -g.
        const float Gradient = 0.5f;
        float[] parameters = [.. Enumerable.Repeat(1f, 9)];
        var (first, second) = (new float[9], new float[9]);
        var rate1 = (float)(0.001 * Math.Sqrt(1 - 0.999) / (1 - 0.9));
        AdamOptimizer.Update(parameters, [.. Enumerable.Repeat(Gradient, 9)], first, second, rate1);
        var expected = 1 - (rate1 * 0.1 * Gradient / (Math.Sqrt(0.001 * Gradient * Gradient) + 1e-7));
        Assert.All(parameters, value => Assert.Equal(expected, value, 1e-6));

        var rate2 = (float)(0.001 * Math.Sqrt(1 - (0.999 * 0.999)) / (1 - 0.81));
        AdamOptimizer.Update(parameters, [.. Enumerable.Repeat(-Gradient, 9)], first, second, rate2);
        var mean = (0.9 * 0.1 * Gradient) - (0.1 * Gradient);
        var square = (0.999 * 0.001 * Gradient * Gradient) + (0.001 * Gradient * Gradient);
        expected -= rate2 * mean / (Math.Sqrt(square) + 1e-7);
        Assert.All(parameters, value => Assert.Equal(expected, value, 1e-6));
    }

    private float[] ParametersWithBiases()
    {
        var parameters = _shape.InitialParameters(seed: 3);
        var random = new RandomSequence(1, RandomPurpose.Sampling);
        for (var layer = 0; layer < _shape.LayerCount; layer++)
        {
            foreach (ref var bias in parameters.AsSpan(_shape.BiasOffset(layer), _shape.Outputs(layer)))
            {
                bias = random.NextSingle() - 0.5f;
            }
        }

        return parameters;
    }

    private Tensor Rows() => tensor(RandomRows.Uniform(RowCount, _shape.InputDimension).Values.ToArray()).view(RowCount, _shape.InputDimension);

    private Tensor Reconstruction(Tensor flat, Tensor rows)
    {
        var output = rows;
        for (var layer = 0; layer < _shape.LayerCount; layer++)
        {
            var (inputs, outputs) = (_shape.Inputs(layer), _shape.Outputs(layer));
            var weights = flat.narrow(0, _shape.WeightOffset(layer), inputs * outputs).view(inputs, outputs);
            output = output.matmul(weights) + flat.narrow(0, _shape.BiasOffset(layer), outputs);
            output = _shape.IsRectified(layer) ? nn.functional.relu(output) : output;
        }

        return output;
    }
}
