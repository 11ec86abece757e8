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

    /// <summary>x y, rounded before it becomes part of a sum: the driver does not fuse it.</summary>
    [IntrinsicImplementation]
    public static float Multiply(float x, float y) => x * y;

    /// <summary>Adds the functions to a context.</summary>
    public static void AddTo(Context.Builder builder)
    {
        Add(nameof(MultiplyAdd), nameof(EmitMultiplyAdd));
        Add(nameof(Multiply), nameof(EmitMultiply));

        void Add(string function, string emitter) => builder.GetIntrinsicManager().RegisterMethod(
            typeof(KernelMath).GetMethod(function)!,
            new PTXIntrinsic(typeof(KernelMath), emitter, IntrinsicImplementationMode.GenerateCode));
    }

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

    private static void EmitMultiply(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        var (x, y) = (generator.LoadPrimitive(call[0]), generator.LoadPrimitive(call[1]));
        var result = generator.AllocateHardware(value);
        using var command = generator.BeginCommand("mul.rn.f32");
        command.AppendArgument(result);
        command.AppendArgument(x);
        command.AppendArgument(y);
    }
}
