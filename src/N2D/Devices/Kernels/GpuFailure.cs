using ILGPU;
using ILGPU.Runtime.Cuda;

namespace N2D.Devices;

/// <summary>Failures of a GPU, as errors that a user can act on.</summary>
internal static class GpuFailure
{
    /// <summary>The id of a device that cannot be used.</summary>
    public const string Unavailable = "DeviceUnavailable";

    /// <summary>The id of a device whose memory is too small.</summary>
    public const string OutOfMemory = "OutOfDeviceMemory";

    /// <summary>The id of a device that failed during the work.</summary>
    public const string Failed = "DeviceFailed";

    /// <summary>What to do about a driver that is too old.</summary>
    public const string OldDriver = "its driver is too old. Update the driver.";

    /// <summary>Explains why a GPU cannot run the kernels; null if it can.</summary>
    /// <param name="architecture">Its compute capability.</param>
    /// <param name="instructions">The newest PTX that its driver supports; null if the driver is too old.</param>
    public static string? ProblemOf(CudaArchitecture? architecture, CudaInstructionSet? instructions) =>
        !(architecture >= CudaArchitecture.SM_50)
            ? "it is too old. They need compute capability 5.0 (Maxwell) or later."
            : instructions is null ? OldDriver : null;

    /// <summary>Whether the processor can do the work instead.</summary>
    public static bool IsFailure(N2DException error) => error.Id is Unavailable or OutOfMemory or Failed;

    /// <summary>Translates an exception of ILGPU or of the driver; null for other exceptions.</summary>
    /// <param name="error">The exception.</param>
    /// <param name="device">The device.</param>
    public static N2DException? Of(Exception error, ComputeDevice device) => error switch
    {
        CudaException { Error: nameof(CudaError.CUDA_ERROR_OUT_OF_MEMORY) } => New(
            OutOfMemory,
            ErrorKind.OutOfResources,
            $"{device} ran out of memory. Close other programs that use it, or set {DeviceChoice.Option} to Cpu.",
            device,
            error),
        CudaException { Error: nameof(CudaError.CUDA_ERROR_LAUNCH_TIMEOUT) } => New(
            Failed,
            ErrorKind.Unavailable,
            $"The system stopped the work on {device}, because the device also drives a display and did not respond in time. "
                + $"Set {DeviceChoice.Option} to Cpu, or to another GPU.",
            device,
            error),
        CudaException cuda => New(
            Failed,
            ErrorKind.Unavailable,
            $"{device} failed: {cuda.Message} ({cuda.Error}). The next call that names it starts it again. "
                + $"If it fails again, update the driver, or set {DeviceChoice.Option} to Cpu.",
            device,
            error),
        InternalCompilerException or CapabilityNotSupportedException => New(
            Failed,
            ErrorKind.Unavailable,
            $"The kernels could not be compiled for {device}: {error.Message} Update the driver, or set {DeviceChoice.Option} to Cpu.",
            device,
            error),
        _ when error.Source == nameof(ILGPU) => New(
            Failed,
            ErrorKind.Unavailable,
            $"{device} failed: {error.Message} Update the driver, or set {DeviceChoice.Option} to Cpu.",
            device,
            error),
        _ => null,
    };

    /// <summary>The error of work that does not fit into the memory of a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="what">What does not fit, such as <c>The neighbors of 5000000 rows of 784 columns</c>.</param>
    /// <param name="neededBytes">The bytes needed.</param>
    /// <param name="freeBytes">The free bytes.</param>
    /// <param name="fittingRows">The number of rows that would fit.</param>
    public static N2DException TooLarge(ComputeDevice device, string what, long neededBytes, long freeBytes, long fittingRows) => New(
        OutOfMemory,
        ErrorKind.OutOfResources,
        $"{what} need {Quantity.OfBytes(neededBytes)} of memory; {device} has {Quantity.OfBytes(freeBytes)} free. "
            + $"At most about {Quantity.Of(fittingRows, "row")} would fit. Use fewer rows, or set {DeviceChoice.Option} to Cpu.",
        device,
        innerException: null);

    private static N2DException New(string id, ErrorKind kind, string message, ComputeDevice device, Exception? innerException) =>
        new(id, kind, message, device.ToString(), innerException) { Options = [DeviceChoice.Option] };
}
