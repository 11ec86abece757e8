using TorchSharp;

namespace N2D.Autoencoders;

/// <summary>
/// Sets libtorch's number of threads until it is disposed. The number applies to the whole process: pipelines that run at the same time
/// share the last one set.
/// </summary>
internal readonly struct TorchThreads : IDisposable
{
    private readonly int _before;

    public TorchThreads(int count)
    {
        _before = torch.get_num_threads();
        torch.set_num_threads(count);
    }

    /// <inheritdoc/>
    public void Dispose() => torch.set_num_threads(_before);
}
