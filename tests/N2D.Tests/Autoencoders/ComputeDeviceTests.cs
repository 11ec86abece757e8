using System.Runtime.InteropServices;
using N2D.Autoencoders;
using N2D.Devices;
using N2D.Pipeline;
using TorchSharp;

namespace N2D.Tests.Autoencoders;

/// <summary>Devices: names, information from the NVIDIA driver, placement of rows, and errors.</summary>
[Collection(TorchCollection.Name)]
public sealed unsafe class ComputeDeviceTests : IDisposable
{
    private const long Gigabyte = 1L << 30;

    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-cuda-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("auto", "auto")]
    [InlineData("CPU", "cpu")]
    [InlineData(" cuda ", "cuda:0")]
    [InlineData("cuda:3", "cuda:3")]
    [InlineData("Mps", "mps")]
    public void Names_AreRead(string text, string name) => Assert.Equal(name, ComputeDevice.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("1")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:x")]
    [InlineData("cpu:0")]
    [InlineData("cuda:0:1")]
    public void OtherNames_AreRefused(string text) =>
        Assert.Equal("UnknownDevice", Assert.Throws<N2DException>(() => ComputeDevice.Parse(text)).Id);

    [Fact]
    public void TheProcessor_IsListed_AndOneDeviceIsBest()
    {
        var devices = ComputeDevices.List(Execution.Default);
        var processor = devices[0];
        Assert.Equal(("cpu", true, null), (processor.Name, processor.IsUsable, processor.Problem));
        Assert.InRange(processor.FreeMemoryBytes!.Value, 0, processor.MemoryBytes!.Value);
        Assert.Single(devices, device => device.IsBest);
        Assert.All(devices, device => Assert.Equal(device.IsUsable, device.Problem is null));
    }

    [NoGpuFact]
    public void WhereNoGpuIs_ARowSaysWhy()
    {
        var devices = ComputeDevices.List(Execution.Default);
        var missing = Assert.Single(devices, device => device.Name == "cuda");
        Assert.False(missing.IsUsable || missing.IsBest);
        Assert.Contains("driver is", missing.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(LibtorchFolder.Variable, missing.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("  ", null)]
    [InlineData(" /opt/libtorch ", "/opt/libtorch")]
    public void AnEnvironmentOfBlanks_NamesNoLibtorch(string? value, string? chosen)
    {
        var before = Environment.GetEnvironmentVariable(LibtorchFolder.Variable);
        try
        {
            Environment.SetEnvironmentVariable(LibtorchFolder.Variable, value);
            Assert.Equal(chosen, LibtorchFolder.Chosen);
        }
        finally
        {
            Environment.SetEnvironmentVariable(LibtorchFolder.Variable, before);
        }
    }

    [NoCudaFact]
    public void WithoutCudaInTheBuild_TheErrorSaysSo_AndWhatToDo()
    {
        TorchRuntime.EnsureLoaded();
        var options = new AutoencoderOptions { Device = ComputeDevice.Parse("cuda:1") };
        var error = Assert.Throws<N2DException>(() => Autoencoder.Fit(RandomRows.Uniform(10, 3), options, Execution.Default));
        Assert.Equal(("DeviceUnavailable", ErrorKind.Unavailable), (error.Id, error.Kind));
        Assert.Contains(
            OperatingSystem.IsMacOS() ? "CUDA is not available on macOS" : "Install one that has it (LibtorchKind Cuda), or set the",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal(OperatingSystem.IsMacOS() ? ["Device"] : ["Device", "LibtorchKind"], error.Options);
    }

    [Fact]
    public void ALibtorchThatIsNamedTooLate_IsToldOf()
    {
        TorchRuntime.EnsureLoaded();
        var before = Environment.GetEnvironmentVariable(LibtorchFolder.Variable);
        try
        {
            Environment.SetEnvironmentVariable(LibtorchFolder.Variable, _folder);
            Assert.Contains("start a new session", CudaSupport.Problem(), StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(LibtorchFolder.Variable, before);
        }
    }

    [Fact]
    public void CudaLibrariesThatDoNotLoad_AreFoundOut()
    {
        foreach (var name in (string[])["c10", "torch_cpu", "c10_cuda", "torch_cuda"])
        {
            foreach (var file in (string[])[$"lib{name}.so", $"{name}.dll", $"lib{name}.dylib"])
            {
                File.WriteAllText(Path.Combine(_folder, file), "not a library");
            }
        }

        var problem = TorchRuntime.LoadCuda(_folder);
        Assert.Contains("The CUDA libraries of libtorch could not be loaded", problem, StringComparison.Ordinal);
        Assert.Contains(_folder, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void OnWindows_AllLibrariesOfTheFolderAreLoaded()
    {
        string[] names = ["cudnn64_9.dll", "cudnn_graph64_9.dll", "cudnn_ops64_9.dll", "nvrtc64_120_0.dll"];
        foreach (var name in (string[])[.. names, "torch_python.dll", "torch.lib", "readme.txt"])
        {
            File.WriteAllText(Path.Combine(_folder, name), "");
        }

        Assert.Equal(names, TorchRuntime.LoadedByName(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public void TheDriver_IsAsked_AsItWantsToBe()
    {
        var driver = new CudaDriver(FakeSymbol);
        Assert.Equal(
            [
                new CudaGpu(0, "Fake GPU 0", 10 * Gigabyte, null) { Capability = new Version(3, 7) },
                new CudaGpu(1, "Fake GPU 1", 20 * Gigabyte, null) { Capability = new Version(5, 0) },
            ],
            driver.Gpus(withFreeMemory: false));
        Assert.Equal([3 * Gigabyte, 6 * Gigabyte], driver.Gpus(withFreeMemory: true).Select(gpu => gpu.FreeBytes!.Value));
        Assert.Equal(6 * Gigabyte, driver.FreeBytes(1));
        Assert.Null(driver.FreeBytes(2));
        Assert.Equal(0, s_contexts);
        Assert.Contains("finds 2 GPUs (Fake GPU 0)", CudaSupport.ProblemOf(driver), StringComparison.Ordinal);
        Assert.Equal(1, NvidiaGpus.Best(driver.Gpus(withFreeMemory: true)));
        Assert.Equal(("cuda:1", false, true, "why"), Told(ComputeDevices.Gpu(driver.Gpus(withFreeMemory: false)[1], "why", "cuda:1")));
    }

    [Theory]
    [InlineData(null, null, "Autoencoder, Neighbors, Umap, KMeans")]
    [InlineData("9.0", null, "Autoencoder, Neighbors, Umap, KMeans")]
    [InlineData("5.0", "no libtorch", "Neighbors, Umap, KMeans")]
    [InlineData("3.7", null, "Autoencoder")]
    [InlineData("3.7", "no libtorch", null)]
    public void WhatAGpuCanRun_DependsOnLibtorch_AndOnItsCapability(string? capability, string? problem, string? stages)
    {
        var gpu = new CudaGpu(0, "GPU", Gigabyte, null) { Capability = capability is null ? null : Version.Parse(capability) };
        Assert.Equal(stages, ComputeDevices.Gpu(gpu, problem, "cpu").Stages);
    }

    [Theory]
    [InlineData("cuInit")]
    [InlineData("cuDeviceGetCount")]
    [InlineData("cuDeviceGetName")]
    [InlineData("cuMemGetInfo_v2")]
    [InlineData("cuDeviceGetAttribute")]
    public void ADriverWithoutAFunction_DoesNoHarm(string missing)
    {
        var driver = new CudaDriver(name => name == missing ? 0 : FakeSymbol(name));
        var gpus = driver.Gpus(withFreeMemory: true);
        Assert.Equal(missing is "cuMemGetInfo_v2" or "cuDeviceGetAttribute" ? 2 : 0, gpus.Count);
        Assert.Equal(missing == "cuDeviceGetAttribute" ? 3 * Gigabyte : null, driver.FreeBytes(0));
        Assert.Equal(missing == "cuDeviceGetAttribute" ? 1 : 0, NvidiaGpus.Best(gpus));
        Assert.All(gpus, gpu => Assert.Equal(missing == "cuDeviceGetAttribute", gpu.Capability is null));
    }

    [Fact]
    public void WithoutADriver_TheProblemIsTheDriver() =>
        Assert.Contains("driver is not installed", CudaSupport.ProblemOf(null), StringComparison.Ordinal);

    [Fact]
    public void Rows_AreStreamed_WhereTheyDoNotFitBesideTheTraining()
    {
        var options = new AutoencoderOptions();
        var memory = TrainingMemory.Of(new NetworkPlan(options, 784, image: null), options, 70_000, 784);

        // 3.3 million parameters in five copies; MNIST's rows; half a gigabyte for the libraries.
        Assert.InRange(memory.NetworkBytes, 66e6, 67e6);
        Assert.Equal(70_000L * 784 * 4, memory.RowBytes);
        Assert.InRange(memory.WorkingBytes(256), memory.NetworkBytes + (512 << 20), memory.NetworkBytes + (540 << 20));
        Assert.True(memory.IsResident(256, Gigabyte));
        Assert.False(memory.IsResident(256, 8 * Gigabyte / 10));
        Assert.True(memory.IsResident(256, freeBytes: null));
    }

    [Fact]
    public void WhatWouldFit_IsSaid()
    {
        var options = new AutoencoderOptions { Kind = AutoencoderKind.Convolutional };
        var memory = TrainingMemory.Of(new NetworkPlan(options, 784, new ImageShape(28, 28)), options, 70_000, 784);
        var fitting = memory.LargestBatch(Gigabyte);
        Assert.InRange(fitting, 100, 10_000);
        Assert.True(memory.WorkingBytes(fitting) <= 0.9 * Gigabyte);
        Assert.True(memory.WorkingBytes(fitting + 1) > 0.9 * Gigabyte);
        Assert.Contains($"BatchSize {fitting} would fit", memory.Advice(50_000, Gigabyte), StringComparison.Ordinal);
        Assert.Contains("The network does not fit", memory.Advice(256, Gigabyte / 4), StringComparison.Ordinal);
        Assert.Contains("other processes on the device", memory.Advice(16, 8 * Gigabyte), StringComparison.Ordinal);
        Assert.Contains("Use a smaller BatchSize", memory.Advice(256, freeBytes: null), StringComparison.Ordinal);
    }

    [Fact]
    public void ARoundedTraining_Learns_AndIsNotTheExactOne()
    {
        var rows = RandomRows.Blobs(300, 12, 3, scale: 4).Rows;
        var options = new AutoencoderOptions
        { HiddenUnits = [24, 16], LatentDimension = 3, Epochs = 20, BatchSize = 32, Device = ComputeDevice.Cpu };
        var exact = Autoencoder.Fit(rows, options, Execution.Default);
        var rounded = Autoencoder.Fit(rows, options with { Precision = Precision.BFloat16 }, Execution.Default);
        Assert.NotEqual(exact.Codes.Values.ToArray(), rounded.Codes.Values.ToArray());

        // Factors have 8 significant bits.
        Assert.Equal(exact.Autoencoder.Loss, rounded.Autoencoder.Loss, 0.1 * exact.Autoencoder.Loss);
        Assert.Contains("Precision=BFloat16", rounded.Autoencoder.Settings, StringComparison.Ordinal);
        Assert.Equal(rounded.Codes.Values, rounded.Autoencoder.Encode(rows, Execution.Default).Values);
    }

    [Fact]
    public void RoundedConvolutions_Learn()
    {
        var options = new AutoencoderOptions
        {
            Kind = AutoencoderKind.Convolutional,
            HiddenUnits = [4, 6],
            LatentDimension = 3,
            Epochs = 4,
            Precision = Precision.BFloat16,
            Device = ComputeDevice.Cpu,
        };
        var (autoencoder, _) = Autoencoder.Fit(RandomRows.Uniform(60, 35), options, Execution.Default, new ImageShape(7, 5));
        Assert.True(autoencoder.Loss < autoencoder.GetHistory()[0].Loss);
    }

    [Fact]
    public void TensorFloat32_IsSetForATrainingAlone_AndWarnedOfWhereItDoesNotCount()
    {
        TorchRuntime.EnsureLoaded();
        var before = (torch.backends.cuda.matmul.allow_tf32, torch.backends.cudnn.allow_tf32);
        using (Precision.TensorFloat32.Begin())
        {
            Assert.True(torch.backends.cuda.matmul.allow_tf32 && torch.backends.cudnn.allow_tf32);
        }

        using (Precision.Float32.Begin())
        {
            Assert.False(torch.backends.cuda.matmul.allow_tf32 || torch.backends.cudnn.allow_tf32);
        }

        Assert.Equal(before, (torch.backends.cuda.matmul.allow_tf32, torch.backends.cudnn.allow_tf32));
        var warnings = new List<string>();
        var options = new AutoencoderOptions
        { HiddenUnits = [4], Epochs = 1, Precision = Precision.TensorFloat32, Device = ComputeDevice.Cpu };
        Autoencoder.Fit(RandomRows.Uniform(10, 3), options, Execution.Default with { Warn = warnings.Add });
        Assert.Contains("NVIDIA GPUs only", Assert.Single(warnings), StringComparison.Ordinal);
    }

    private static (string, bool, bool, string?) Told(DeviceInfo device) => (device.Name, device.IsUsable, device.IsBest, device.Problem);

    private static int s_contexts;

    /// <summary>A driver of two GPUs, whose handles are 7 more than their number.</summary>
    private static nint FakeSymbol(string name) => name switch
    {
        "cuInit" => (nint)(delegate* unmanaged<uint, int>)&Init,
        "cuDeviceGetCount" => (nint)(delegate* unmanaged<int*, int>)&GetCount,
        "cuDeviceGet" => (nint)(delegate* unmanaged<int*, int, int>)&GetDevice,
        "cuDeviceGetName" => (nint)(delegate* unmanaged<byte*, int, int, int>)&GetName,
        "cuDeviceGetAttribute" => (nint)(delegate* unmanaged<int*, int, int, int>)&GetAttribute,
        "cuDeviceTotalMem_v2" => (nint)(delegate* unmanaged<nuint*, int, int>)&GetTotal,
        "cuDevicePrimaryCtxRetain" => (nint)(delegate* unmanaged<nint*, int, int>)&Retain,
        "cuDevicePrimaryCtxRelease_v2" => (nint)(delegate* unmanaged<int, int>)&Release,
        "cuCtxPushCurrent_v2" => (nint)(delegate* unmanaged<nint, int>)&Push,
        "cuCtxPopCurrent_v2" => (nint)(delegate* unmanaged<nint*, int>)&Pop,
        "cuMemGetInfo_v2" => (nint)(delegate* unmanaged<nuint*, nuint*, int>)&GetInfo,
        _ => 0,
    };

    private static nint s_current;

    [UnmanagedCallersOnly]
    private static int Init(uint flags) => flags == 0 ? 0 : 1;

    [UnmanagedCallersOnly]
    private static int GetCount(int* count)
    {
        *count = 2;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int GetDevice(int* device, int ordinal)
    {
        *device = ordinal + 7;
        return ordinal is 0 or 1 ? 0 : 101;
    }

    [UnmanagedCallersOnly]
    private static int GetName(byte* name, int length, int device)
    {
        var text = System.Text.Encoding.UTF8.GetBytes($"Fake GPU {device - 7}\0");
        text.CopyTo(new Span<byte>(name, length));
        return 0;
    }

    /// <summary>The compute capability: 3.7 of the first GPU, 5.0 of the second.</summary>
    [UnmanagedCallersOnly]
    private static int GetAttribute(int* value, int attribute, int device)
    {
        *value = (attribute, device) switch
        {
            (75, 7) => 3,
            (76, 7) => 7,
            (75, 8) => 5,
            _ => 0,
        };
        return attribute is 75 or 76 ? 0 : 1;
    }

    [UnmanagedCallersOnly]
    private static int GetTotal(nuint* bytes, int device)
    {
        *bytes = (nuint)((device - 6) * 10 * Gigabyte);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Retain(nint* context, int device)
    {
        s_contexts++;
        *context = device * 100;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Release(int device)
    {
        s_contexts--;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Push(nint context)
    {
        s_current = context;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Pop(nint* context)
    {
        *context = s_current;
        s_current = 0;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int GetInfo(nuint* free, nuint* total)
    {
        *free = (nuint)(((s_current / 100) - 6) * 3 * Gigabyte);
        *total = *free;
        return s_current == 0 ? 201 : 0;
    }
}
