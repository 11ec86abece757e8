using System.Diagnostics;
using System.Runtime.InteropServices;
using N2D.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>Adam of a tensor; see <see cref="AdamOptimizer"/>.</summary>
/// <remarks>On the CPU, a step reads and writes each vector once. On other devices, it is a few native calls.</remarks>
internal sealed class TensorAdam : TensorOptimizer
{
    private readonly Tensor _firstMoment;
    private readonly Tensor _secondMoment;

    /// <summary>Creates an optimizer of a tensor.</summary>
    public TensorAdam(Tensor parameters, Tensor gradient, AutoencoderOptions options)
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
        var rate = AdamStep.Rate(learningRate, StepCount);
        if (Parameters.device_type == DeviceType.CPU)
        {
            MoveOnProcessor(rate, decay, execution);
        }
        else
        {
            MoveOnDevice(rate, decay);
        }
    }

    private void MoveOnProcessor(float rate, float decay, Execution execution) =>
        ParallelRows.ForValues((int)Parameters.numel(), execution, (start, end) =>
            AdamStep.Update(
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
        using Scalar beta1 = AdamStep.Beta1, newFirst = 1 - AdamStep.Beta1;
        using Scalar beta2 = AdamStep.Beta2, newSecond = 1 - AdamStep.Beta2;
        using Scalar epsilon = AdamStep.Epsilon, shrinkage = decay, step = -rate;
        using var scope = NewDisposeScope();
        _firstMoment.mul_(beta1).add_(Gradient, newFirst);
        _secondMoment.mul_(beta2).addcmul_(Gradient, Gradient, newSecond);
        Parameters.mul_(shrinkage).addcdiv_(_firstMoment, _secondMoment.sqrt().add_(epsilon), step);
    }
}
