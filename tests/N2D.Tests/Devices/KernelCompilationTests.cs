using System.Reflection;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using N2D.Clustering;
using N2D.Devices;
using N2D.Manifolds;
using N2D.Neighbors;

namespace N2D.Tests.Devices;

/// <summary>ILGPU compiles every kernel to the code of NVIDIA's GPUs, which needs no GPU. Whether the driver accepts it does.</summary>
public sealed class KernelCompilationTests
{
    private static readonly Type[] Metrics =
    [
        typeof(GpuEuclidean), typeof(GpuManhattan), typeof(GpuChebyshev), typeof(GpuCanberra), typeof(GpuBrayCurtis), typeof(GpuHamming),
    ];

    public static TheoryData<string, int, int> Targets => new()
    {
        { "8.8", 12, 0 }, { "8.0", 9, 0 }, { "7.0", 8, 0 }, { "6.3", 7, 5 }, { "6.0", 5, 0 },
    };

    [Theory]
    [MemberData(nameof(Targets))]
    public void EveryKernel_IsCompiled_WithoutFunctionsOfOtherLibraries(string instructionSet, int major, int minor)
    {
        var version = Version.Parse(instructionSet);
        using var context = GpuSession.Create(builder => builder.CPU(CPUDevice.Default));
        using var backend = new PTXBackend(
            context, new CudaArchitecture(major, minor), new CudaInstructionSet(version.Major, version.Minor), null!);
        Assert.All(Comparisons(), method => AssertCompiled(backend, EntryPointDescription.FromExplicitlyGroupedKernel(method)));
        Assert.All(
            Implicit(typeof(TileComparison), nameof(TileComparison.Clear), nameof(TileComparison.Finish))
                .Concat(LayoutKernels())
                .Concat(Implicit(
                    typeof(AssignmentKernels),
                    nameof(AssignmentKernels.Assign),
                    nameof(AssignmentKernels.SumPart),
                    nameof(AssignmentKernels.AddParts))),
            kernel => AssertCompiled(backend, kernel));
    }

    /// <summary>The driver may fuse a product without a rounding mode with a sum, which changes the bits.</summary>
    [Fact]
    public void ProductsOfTheLayout_AreNotFused()
    {
        using var context = GpuSession.Create(builder => builder.CPU(CPUDevice.Default));
        using var backend = new PTXBackend(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_80, null!);
        var codes = LayoutKernels().Select(kernel => CodeOf(backend, kernel)).ToArray();
        Assert.Contains(codes, code => code.Contains("mul.rn.f32", StringComparison.Ordinal));
        Assert.DoesNotContain(codes, code => code.Contains("mul.f32", StringComparison.Ordinal));
        Assert.DoesNotContain(codes, code => code.Contains(".ftz", StringComparison.Ordinal));
        Assert.DoesNotContain(codes, code => code.Contains(".approx", StringComparison.Ordinal));
    }

    [Fact]
    public void SquaredDifferences_AreRoundedOnce_AndStayInRegisters()
    {
        using var context = GpuSession.Create(builder => builder.CPU(CPUDevice.Default));
        using var backend = new PTXBackend(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_80, null!);
        var code = CodeOf(backend, EntryPointDescription.FromExplicitlyGroupedKernel(Comparisons().First()));
        Assert.Equal(16, code.Split("fma.rn.f32").Length - 1);
        Assert.DoesNotContain(".local", code, StringComparison.Ordinal);
    }

    private static IEnumerable<MethodInfo> Comparisons() => Metrics.Select(
        metric => typeof(TileComparison).GetMethod(nameof(TileComparison.Compare))!.MakeGenericMethod(metric, typeof(LargeTile)));

    private static IEnumerable<EntryPointDescription> LayoutKernels() =>
    [
        .. Implicit(
            typeof(LayoutDraws),
            nameof(LayoutDraws.DrawEdges),
            nameof(LayoutDraws.AssignLanes),
            nameof(LayoutDraws.SampleAll),
            nameof(LayoutDraws.FillPools),
            nameof(LayoutDraws.SamplePools)),
        .. Implicit(typeof(LayoutMoves), nameof(LayoutMoves.Compute), nameof(LayoutMoves.Apply)),
        .. Implicit(typeof(PlacementKernel), nameof(PlacementKernel.Move)),
    ];

    private static IEnumerable<EntryPointDescription> Implicit(Type kernels, params string[] names) =>
        names.Select(name => EntryPointDescription.FromImplicitlyGroupedKernel(kernels.GetMethod(name)!));

    private static void AssertCompiled(PTXBackend backend, EntryPointDescription kernel)
    {
        var code = CodeOf(backend, kernel);
        Assert.Contains(".visible .entry", code, StringComparison.Ordinal);
        Assert.DoesNotContain(".extern", code, StringComparison.Ordinal);

        // A conditional branch that is declared uniform but is not has undefined results.
        Assert.DoesNotContain(code.Split('\n'), line => line.Contains('@') && line.Contains("bra.uni", StringComparison.Ordinal));
    }

    private static string CodeOf(PTXBackend backend, EntryPointDescription kernel) =>
        ((PTXCompiledKernel)backend.Compile(kernel, new KernelSpecialization(64, null))).PTXAssembly;
}
