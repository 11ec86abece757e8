using TorchSharp;

namespace N2D.Autoencoders;

/// <summary>
/// The use of libtorch by one training or one network: its number of threads, its precision, and a dispose scope for its tensors. Disposing
/// it restores the settings and frees the tensors.
/// </summary>
internal sealed class LibtorchSession : IDisposable
{
    private readonly IDisposable _precision;
    private readonly TorchThreads _threads;
    private readonly DisposeScope _scope;

    /// <summary>Loads libtorch and changes its settings.</summary>
    /// <param name="need">Why libtorch is required.</param>
    /// <param name="precision">The precision of matrix products.</param>
    /// <param name="threadCount">The number of threads.</param>
    /// <exception cref="N2DException">libtorch cannot be loaded (<c>TorchUnavailable</c>).</exception>
    public LibtorchSession(LibtorchNeed need, Precision precision, int threadCount)
    {
        need.Load();
        _precision = precision.Begin();
        _threads = new TorchThreads(threadCount);
        _scope = torch.NewDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scope.Dispose();
        _threads.Dispose();
        _precision.Dispose();
    }
}
