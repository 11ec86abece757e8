using System.Diagnostics;
using System.Runtime.InteropServices;
using N2D.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>Adam of a tensor; see <see cref="AdamOptimizer"/>.</summary>
/// <remarks>
/// A step reads and writes each vector once: on the CPU by a kernel of this library, on other devices by one of libtorch.
/// </remarks>
internal sealed class TensorAdam : TensorOptimizer
{
    private static readonly TensorScript Script = new(
        """
        def move(parameters: List[Tensor], gradient: List[Tensor], first: List[Tensor], second: List[Tensor], step: List[Tensor],
                 none: List[Tensor], rate: float, beta1: float, beta2: float, epsilon: float):
            torch._fused_adam_(parameters, gradient, first, second, none, step, lr=rate, beta1=beta1, beta2=beta2,
                               weight_decay=0.0, eps=epsilon, amsgrad=False, maximize=False)
        """);

    private readonly Tensor _firstMoment;
    private readonly Tensor _secondMoment;
    private readonly Tensor _lateStep;

    /// <summary>Creates an optimizer of a tensor.</summary>
    public TensorAdam(Tensor parameters, Tensor gradient, AutoencoderOptions options)
        : base(parameters, gradient, options)
    {
        _firstMoment = zeros_like(parameters);
        _secondMoment = zeros_like(parameters);

        // libtorch corrects the bias of the moments for early steps, which the rate already does. At a late step, it corrects nothing.
        using Scalar lateStep = 1e9f;
        _lateStep = full([], lateStep, device: parameters.device);
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

    /// <summary>Makes a step by the fused kernel of libtorch, on any device.</summary>
    /// <param name="rate">The step size with the correction of the bias.</param>
    /// <param name="decay">The factor that multiplies each parameter first.</param>
    internal void MoveOnDevice(float rate, float decay)
    {
        if (decay != 1)
        {
            // The scalar must outlive libtorch's call: TorchSharp does not keep a temporary one from the garbage collector.
            using Scalar shrinkage = decay;
            Parameters.mul_(shrinkage);
        }

        Script.Invoke(
            "move",
            new[] { Parameters },
            new[] { Gradient },
            new[] { _firstMoment },
            new[] { _secondMoment },
            new[] { _lateStep },
            Array.Empty<Tensor>(),
            (double)rate,
            (double)AdamStep.Beta1,
            (double)AdamStep.Beta2,
            (double)AdamStep.Epsilon);
    }
}
