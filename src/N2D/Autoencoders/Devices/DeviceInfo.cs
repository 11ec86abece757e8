using N2D.Devices;

namespace N2D.Autoencoders;

/// <summary>A device of this machine.</summary>
/// <param name="Name">The name that <see cref="ComputeDevice.Parse"/> takes: <c>cpu</c>, <c>cuda:0</c>, <c>mps</c>.</param>
/// <param name="Model">The manufacturer's name.</param>
/// <param name="MemoryBytes">The total memory, in bytes; null if unknown.</param>
/// <param name="FreeMemoryBytes">The free memory, in bytes; null if unknown.</param>
/// <param name="IsUsable">Whether this build can train autoencoders on the device.</param>
/// <param name="IsBest">Whether <see cref="ComputeDevice.Auto"/> selects the device for training.</param>
/// <param name="Problem">
/// Why the device is not usable, or which networks it cannot train because libtorch is not installed, and what to do about it; null if
/// there is no problem.
/// </param>
public sealed record DeviceInfo(
    string Name, string Model, long? MemoryBytes, long? FreeMemoryBytes, bool IsUsable, bool IsBest, string? Problem)
{
    /// <summary>
    /// What the device can be requested for: <c>all</c>, or <c>Autoencoder</c> (training, which requires libtorch on a GPU), or
    /// <c>Neighbors</c> (the search for neighbors of manifold learners, which requires only the driver, and compute capability 5.0 or
    /// later), or both; null for nothing.
    /// </summary>
    public string? Stages { get; init; }

    /// <summary>The folder of the libtorch that is installed; null if none is.</summary>
    public string? LibtorchFolder { get; init; }
}
