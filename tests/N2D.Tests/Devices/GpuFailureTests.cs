using System.Reflection;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime.Cuda;
using N2D.Devices;

namespace N2D.Tests.Devices;

/// <summary>Failures of a GPU: their errors, the session after them, and the processor under auto.</summary>
public sealed class GpuFailureTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("CUDA_ERROR_OUT_OF_MEMORY", "OutOfDeviceMemory", "ran out of memory")]
    [InlineData("CUDA_ERROR_LAUNCH_TIMEOUT", "DeviceFailed", "also drives a display")]
    [InlineData("CUDA_ERROR_LAUNCH_FAILED", "DeviceFailed", "(CUDA_ERROR_LAUNCH_FAILED). The next call that names it starts it again.")]
    [InlineData("CUDA_ERROR_ECC_UNCORRECTABLE", "DeviceFailed", "update the driver")]
    public void ErrorsOfTheDriver_AreTranslated(string cuda, string id, string part)
    {
        var cause = Cuda(cuda);
        var error = GpuFailure.Of(cause, ComputeDevice.Cuda)!;
        Assert.Equal((id, "cuda:0"), (error.Id, error.Target));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Contains("Set Device to ", error.Message.Replace("set", "Set", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(["Device"], error.Options);
        Assert.Same(cause, error.InnerException);
        Assert.True(GpuFailure.IsFailure(error));
    }

    [Fact]
    public void KernelsThatAreNotCompiled_AreTranslated() => Assert.StartsWith(
        "The kernels could not be compiled for cuda:1: bad code",
        GpuFailure.Of(new InternalCompilerException("bad code"), ComputeDevice.Parse("cuda:1"))!.Message,
        StringComparison.Ordinal);

    [Fact]
    public void OtherExceptions_AreNotTranslated()
    {
        Assert.Null(GpuFailure.Of(new OperationCanceledException(), ComputeDevice.Cuda));
        Assert.Null(GpuFailure.Of(new InvalidOperationException(), ComputeDevice.Cuda));
        Assert.False(GpuFailure.IsFailure(new N2DException("UndefinedDistance", ErrorKind.InvalidData, "x")));
    }

    [Fact]
    public void OldGpusAndOldDrivers_AreFoundOut()
    {
        Assert.Null(GpuFailure.ProblemOf(CudaArchitecture.SM_90, CudaInstructionSet.ISA_80));
        Assert.Null(GpuFailure.ProblemOf(CudaArchitecture.SM_50, CudaInstructionSet.ISA_60));
        Assert.Contains("compute capability 5.0", GpuFailure.ProblemOf(CudaArchitecture.SM_35, CudaInstructionSet.ISA_60));
        Assert.Contains("compute capability 5.0", GpuFailure.ProblemOf(null, null));
        Assert.Contains("driver is too old", GpuFailure.ProblemOf(CudaArchitecture.SM_90, null));
    }

    [Fact]
    public void AfterAFailure_TheSessionGoesOn()
    {
        using var gpu = EmulatedGpu.Start();
        Assert.Equal("DeviceFailed", Assert.Throws<N2DException>(() => Use(_ => throw Cuda("CUDA_ERROR_LAUNCH_FAILED"))).Id);
        Assert.Throws<OperationCanceledException>(() => Use(_ => throw new OperationCanceledException()));
        Assert.Equal(3, Use(_ => 3));
    }

    [Fact]
    public void UnderAuto_AFailureBecomesAWarning_AndTheProcessor_ButNotAnErrorOfTheData()
    {
        using var gpu = EmulatedGpu.Start();
        var warnings = new List<string>();
        var execution = new Execution { Warn = warnings.Add };
        var bad = new N2DException("UndefinedDistance", ErrorKind.InvalidData, "x");
        Assert.Same(bad, Assert.Throws<N2DException>(() => Run(ComputeDevice.Auto, _ => throw bad, execution)));
        Assert.Equal(2, Run(ComputeDevice.Auto, _ => throw Cuda("CUDA_ERROR_ILLEGAL_ADDRESS"), execution));
        Assert.StartsWith("The processor is used instead of cuda:0. cuda:0 failed:", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal(
            "DeviceFailed",
            Assert.Throws<N2DException>(() => Run(ComputeDevice.Cuda, _ => throw Cuda("CUDA_ERROR_ILLEGAL_ADDRESS"), execution)).Id);
    }

    [Fact]
    public async Task TheWork_HasAThreadOfItsOwn_AndOnePieceRunsAtATime()
    {
        using var gpu = EmulatedGpu.Start();
        Assert.NotEqual(Environment.CurrentManagedThreadId, Use(_ => Environment.CurrentManagedThreadId));
        using var started = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var first = Task.Run(() => Use(_ =>
        {
            started.Set();
            return release.Wait(Patience) ? 1 : 0;
        }));
        try
        {
            Assert.True(started.Wait(Patience));
            using var cancellation = new CancellationTokenSource(50);
            var waiting = new Execution { CancellationToken = cancellation.Token };
            Assert.ThrowsAny<OperationCanceledException>(() => GpuSession.Use(ComputeDevice.Cuda, waiting, _ => 2));
        }
        finally
        {
            // Otherwise the work would keep its turn, and later tests would wait for it.
            release.Set();
        }

        Assert.Equal(1, await first.WaitAsync(Patience));
    }

    /// <summary>Runs work for a GPU, which is 2 on the processor.</summary>
    private static int Run(ComputeDevice requested, Func<GpuSession, int> onGpu, Execution execution) => DeviceChoice.Run(
        requested, DeviceChoice.Resolve(requested, processorOnly: null), processorOnly: null, () => 2, onGpu, execution);

    private static int Use(Func<GpuSession, int> work) => GpuSession.Use(ComputeDevice.Cuda, Execution.Default, work);

    /// <summary>An error of the driver. Its constructor would call the driver.</summary>
    private static CudaException Cuda(string error)
    {
        var exception = (CudaException)RuntimeHelpers.GetUninitializedObject(typeof(CudaException));
        typeof(CudaException).GetField("<Error>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(exception, error);
        return exception;
    }
}
