using TorchSharp;

namespace N2D.Autoencoders;

/// <summary>
/// Functions in TorchScript, compiled once in a process. They reach libtorch's fused operations, and those that write into existing
/// tensors, which TorchSharp does not bind.
/// </summary>
/// <param name="source">The functions, in TorchScript.</param>
internal sealed class TensorScript(string source)
{
    // The parser requires an end of line after the last function.
    private readonly Lazy<torch.jit.CompilationUnit> _functions = new(() => torch.jit.compile(source + '\n'));

    /// <summary>Calls a function that returns nothing.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="arguments">Tensors, arrays of tensors, numbers and truth values.</param>
    public void Invoke(string function, params object[] arguments) => _functions.Value.invoke(function, arguments);
}
