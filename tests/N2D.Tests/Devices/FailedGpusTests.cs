using N2D.Devices;

namespace N2D.Tests.Devices;

public sealed class FailedGpusTests
{
    [Fact]
    public void Auto_DoesNotTryAFailedGpuAgain_UntilItWorksByName()
    {
        using var gpu = EmulatedGpu.Start();
        var (tries, warnings, explanations) = (0, new List<string>(), new List<string>());
        var execution = new Execution { Warn = warnings.Add, Explain = explanations.Add };
        int Run(ComputeDevice requested, string? failure) => DeviceChoice.Run(
            requested,
            ComputeDevice.Cuda,
            processorOnly: null,
            () => 1,
            _ =>
            {
                tries++;
                return failure is null ? 2 : throw new N2DException(failure, ErrorKind.Unavailable, "It broke.");
            },
            execution);

        // Other work may fit into the memory.
        Assert.Equal(1, Run(ComputeDevice.Auto, "OutOfDeviceMemory"));
        Assert.Equal(1, Run(ComputeDevice.Auto, "DeviceFailed"));
        Assert.Equal((2, 2), (tries, warnings.Count));

        Assert.Equal(1, Run(ComputeDevice.Auto, failure: null));
        Assert.Equal((2, 2), (tries, warnings.Count));
        Assert.Contains(explanations, line => line.Contains("failed before in this session. It broke.", StringComparison.Ordinal));

        Assert.Throws<N2DException>(() => Run(ComputeDevice.Cuda, "DeviceFailed"));
        Assert.Equal(2, Run(ComputeDevice.Cuda, failure: null));
        Assert.Equal(2, Run(ComputeDevice.Auto, failure: null));
        Assert.Equal(5, tries);
    }
}
