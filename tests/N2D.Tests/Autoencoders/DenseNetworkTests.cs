using N2D.Autoencoders;
using N2D.Numerics;
using static TorchSharp.torch;

namespace N2D.Tests.Autoencoders;

/// <summary>The gradient of this library, of libtorch's products and of libtorch's automatic differentiation is the same.</summary>
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
        var flat = tensor(parameters, requires_grad: true);
        var loss = nn.functional.mse_loss(Reconstruction(flat, seen), rows);
        loss.backward();

        using var network = new DenseNetwork(_shape, parameters, Execution.Default);
        using var backpropagation = new Backpropagation(_shape, network, Execution.Default);
        using var gradient = new StoredGradient(parameters.Length);
        var squaredErrors = backpropagation.ComputeGradient(Tensors.ViewOf(rows), Tensors.ViewOf(seen), gradient);

        Assert.Equal(loss.item<float>(), squaredErrors / (RowCount * _shape.InputDimension), 1e-6);

        // All sum the same products in float32, in another order.
        Assert.True(tensor(gradient.Values.ToArray()).allclose(flat.grad!, rtol: 1e-4, atol: 1e-6));

        var expected = Reconstruction(tensor(parameters), rows);
        var own = new float[RowCount * _shape.InputDimension];
        network.Reconstruct(rows.data<float>().ToArray(), own);
        Assert.True(tensor(own, expected.shape).allclose(expected, rtol: 1e-4, atol: 1e-6));

        var products = new TensorDenseNetwork(_shape, tensor(parameters), RowCount);
        var flexible = new FlexibleDenseNetwork(_shape, new AutoencoderOptions(), parameters, CPU);
        foreach (var other in (ITensorNetwork[])[products, flexible])
        {
            var sum = zeros(Array.Empty<long>());
            other.ComputeGradient(rows, seen, sum, randomSeed: 0);
            Assert.True(other.Gradient.allclose(flat.grad!, rtol: 1e-4, atol: 1e-6));
            Assert.Equal(loss.item<float>(), sum.item<float>() / (RowCount * _shape.InputDimension), 1e-6f);
            Assert.True(other.Decode(other.Encode(rows)).allclose(expected, rtol: 1e-4, atol: 1e-6));
        }
    }

    [Fact]
    public void Decode_ContinuesWhereEncodeEnds()
    {
        var rows = RandomRows.Uniform(RowCount, _shape.InputDimension).Values;
        using var network = new DenseNetwork(_shape, ParametersWithBiases(), Execution.Default);
        var codes = new float[RowCount * _shape.LatentDimension];
        var (decoded, reconstruction) = (new float[rows.Length], new float[rows.Length]);

        network.Encode(rows, codes);
        network.Decode(codes, decoded);
        network.Reconstruct(rows, reconstruction);

        Assert.Equal(reconstruction, decoded);
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
