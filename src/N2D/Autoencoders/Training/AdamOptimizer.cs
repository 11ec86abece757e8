using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using N2D.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>
/// Adam (Kingma and Ba, 2015) for one flat vector, in the form of Keras: epsilon is added to the root of the second moment before the bias
/// correction ("epsilon hat" in section 2 of the paper).
/// </summary>
/// <remarks>On the CPU, a step reads and writes each vector once. On other devices, it is a few native calls.</remarks>
internal sealed class AdamOptimizer : Optimizer
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-7f;
    private const int ValuesPerBlock = 1 << 16;

    private readonly Tensor _firstMoment;
    private readonly Tensor _secondMoment;

    /// <summary>Creates an optimizer of a vector.</summary>
    public AdamOptimizer(Tensor parameters, Tensor gradient, AutoencoderOptions options)
        : base(parameters, gradient, options)
    {
        _firstMoment = zeros_like(parameters);
        _secondMoment = zeros_like(parameters);
        State = new Dictionary<string, Tensor> { ["first_moment"] = _firstMoment, ["second_moment"] = _secondMoment };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> State { get; }

    /// <inheritdoc/>
    protected override void Move(double learningRate, float decay, Execution execution)
    {
        var rate = (float)(learningRate * Math.Sqrt(1 - Math.Pow(Beta2, StepCount)) / (1 - Math.Pow(Beta1, StepCount)));
        if (Parameters.device_type == DeviceType.CPU)
        {
            MoveOnProcessor(rate, decay, execution);
        }
        else
        {
            MoveOnDevice(rate, decay);
        }
    }

    /// <summary>Updates vectors of the same length.</summary>
    internal static void Update(
        Span<float> parameters, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, float rate, float decay)
    {
        Debug.Assert(gradient.Length == parameters.Length, "There is one derivative for each parameter.");
        Debug.Assert(first.Length == parameters.Length && second.Length == parameters.Length, "There is one moment for each parameter.");
        var gradients = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        var firsts = MemoryMarshal.Cast<float, Vector<float>>(first);
        var seconds = MemoryMarshal.Cast<float, Vector<float>>(second);
        var values = MemoryMarshal.Cast<float, Vector<float>>(parameters);
        var epsilon = new Vector<float>(Epsilon);
        for (var i = 0; i < values.Length; i++)
        {
            var slope = gradients[i];
            var mean = (Beta1 * firsts[i]) + ((1 - Beta1) * slope);
            var square = (Beta2 * seconds[i]) + ((1 - Beta2) * slope * slope);
            firsts[i] = mean;
            seconds[i] = square;
            values[i] = (decay * values[i]) - (rate * mean / (Vector.SquareRoot(square) + epsilon));
        }

        for (var i = values.Length * Vector<float>.Count; i < parameters.Length; i++)
        {
            first[i] = (Beta1 * first[i]) + ((1 - Beta1) * gradient[i]);
            second[i] = (Beta2 * second[i]) + ((1 - Beta2) * gradient[i] * gradient[i]);
            parameters[i] = (decay * parameters[i]) - (rate * first[i] / (MathF.Sqrt(second[i]) + Epsilon));
        }
    }

    private void MoveOnProcessor(float rate, float decay, Execution execution) =>
        ParallelRows.For((int)Parameters.numel(), ValuesPerBlock, execution, (start, end) =>
            Update(
                Part(Parameters, start, end),
                Part(Gradient, start, end),
                Part(_firstMoment, start, end),
                Part(_secondMoment, start, end),
                rate,
                decay));

    private static Span<float> Part(Tensor tensor, int start, int end)
    {
        Debug.Assert(tensor.is_contiguous() && tensor.dtype == ScalarType.Float32, "The values are contiguous float32.");
        Debug.Assert(start >= 0 && start <= end && end <= tensor.numel(), "The part lies in the vector.");
        return MemoryMarshal.Cast<byte, float>(tensor.bytes)[start..end];
    }

    private void MoveOnDevice(float rate, float decay)
    {
        // Scalars must outlive libtorch's calls: TorchSharp does not keep temporary ones from the garbage collector.
        using Scalar beta1 = Beta1, beta2 = Beta2, newFirst = 1 - Beta1, newSecond = 1 - Beta2;
        using Scalar epsilon = Epsilon, shrinkage = decay, step = -rate;
        using var scope = NewDisposeScope();
        _firstMoment.mul_(beta1).add_(Gradient, newFirst);
        _secondMoment.mul_(beta2).addcmul_(Gradient, Gradient, newSecond);
        Parameters.mul_(shrinkage).addcdiv_(_firstMoment, _secondMoment.sqrt().add_(epsilon), step);
    }
}
