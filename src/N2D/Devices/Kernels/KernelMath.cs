using ILGPU;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;

namespace N2D.Devices;

/// <summary>Arithmetic of kernels with the same bits on a GPU as on the processor.</summary>
internal static class KernelMath
{
    /// <summary>
    /// x y + sum, rounded once. ILGPU has no such function: a product and a sum are two instructions, which the driver fuses or not.
    /// </summary>
    [IntrinsicImplementation]
    public static float MultiplyAdd(float x, float y, float sum) => float.MultiplyAddEstimate(x, y, sum);

    /// <summary>Adds the functions to a context.</summary>
    public static void AddTo(Context.Builder builder) => builder.GetIntrinsicManager().RegisterMethod(
        typeof(KernelMath).GetMethod(nameof(MultiplyAdd))!,
        new PTXIntrinsic(typeof(KernelMath), nameof(EmitMultiplyAdd), IntrinsicImplementationMode.GenerateCode));

    private static void EmitMultiplyAdd(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        var (x, y, sum) = (generator.LoadPrimitive(call[0]), generator.LoadPrimitive(call[1]), generator.LoadPrimitive(call[2]));
        var result = generator.AllocateHardware(value);
        using var command = generator.BeginCommand("fma.rn.f32");
        command.AppendArgument(result);
        command.AppendArgument(x);
        command.AppendArgument(y);
        command.AppendArgument(sum);
    }
}
