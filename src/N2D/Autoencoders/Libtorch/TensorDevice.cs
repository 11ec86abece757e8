using N2D.Devices;

using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>Finds libtorch's devices.</summary>
internal static class TensorDevice
{
    /// <summary>Returns libtorch's device.</summary>
    /// <param name="device">The device, not <see cref="ComputeDevice.Auto"/>.</param>
    public static Device OfLibtorch(this ComputeDevice device) => device.Kind switch
    {
        ComputeDeviceKind.Cuda => new Device(TorchSharp.DeviceType.CUDA, device.Index),
        ComputeDeviceKind.Mps => new Device(TorchSharp.DeviceType.MPS),
        _ => CPU,
    };
}
