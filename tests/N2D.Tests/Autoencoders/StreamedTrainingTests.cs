using System.Runtime.InteropServices;
using N2D.Autoencoders;
using N2D.Data;
using N2D.Devices;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Tests.Data;

namespace N2D.Tests.Autoencoders;

/// <summary>Training and encoding of memory-mapped rows.</summary>
[Collection(TorchCollection.Name)]
public sealed class StreamedTrainingTests : IDisposable
{
    private static readonly AutoencoderOptions Small = new()
    { HiddenUnits = [24], LatentDimension = 3, Epochs = 2, BatchSize = 64, Seed = 3, Device = ComputeDevice.Cpu };

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(AutoencoderKind.Dense, 0)]
    [InlineData(AutoencoderKind.Denoising, 0.2f)]
    [InlineData(AutoencoderKind.Variational, 0)]
    public void MappedRows_GiveTheSameBytesAsRowsInMemory(AutoencoderKind kind, float validation)
    {
        // More than one pass; the last pass and the last batch are partial.
        var rows = RandomRows.Uniform(1_500, 9);
        var mapped = Map(rows);
        var options = Small with { Kind = kind, ValidationFraction = validation };

        var (expected, expectedCodes) = Autoencoder.Fit(rows, options, Execution.Default);
        var (autoencoder, codes) = Autoencoder.Fit(mapped, options, Execution.Default);

        Assert.Equal(expected.Loss, autoencoder.Loss);
        Assert.Equal(expectedCodes.Values, codes.Values);
        Assert.Equal(expectedCodes.Values, autoencoder.Encode(mapped, Execution.Default).Values);
        Assert.Equal(expectedCodes.Values, autoencoder.Transform(mapped, Execution.Default).Values);
        Assert.Equal(expected.Reconstruct(rows, Execution.Default).Values, autoencoder.Reconstruct(mapped, Execution.Default).Values);
    }

    [Fact]
    public void ImagesInAnIdxFile_AreConvolvedAsThoseInMemory()
    {
        var pixels = new byte[100 * 64];
        new Random(1).NextBytes(pixels);
        var path = _files.Idx("images", [100, 8, 8], pixels);
        var options = Small with { Kind = AutoencoderKind.Convolutional, HiddenUnits = [4, 8] };
        Assert.Equal(CodesOf(new IdxReader().Read(path)), CodesOf(new IdxReader(memoryMapped: true).Read(path)));

        float[] CodesOf(Dataset dataset) =>
            Autoencoder.Fit(dataset.GetDataMatrix(), options, Execution.Default, dataset.ImageShape).Codes.Values.ToArray();
    }

    [Fact]
    public void CodesInAFile_AreTheCodesInMemory()
    {
        var rows = RandomRows.Uniform(1_500, 9);
        var path = Path.Combine(_files.Folder, "codes.npy");
        var expected = Autoencoder.Fit(rows, Small, Execution.Default).Codes;

        var codes = Autoencoder.FitToFile(Map(rows), path, Small, Execution.Default).Codes;

        Assert.IsType<MappedMatrix>(codes);
        Assert.Equal(expected.Values, codes.InMemory("codes", long.MaxValue, Execution.Default).Values);
        Assert.Equal(expected.Values, new NpyReader().Read(path).GetRows().Values);
        Assert.Equal(2, Directory.GetFiles(_files.Folder).Length);
    }

    [Fact]
    public void ACheckpointOfRowsInMemory_GoesOnWithTheSameRowsInAFile()
    {
        var rows = RandomRows.Uniform(300, 9);
        var checkpoint = new CheckpointFile(Path.Combine(_files.Folder, "c.safetensors"), TimeSpan.FromHours(1));
        var expected = Autoencoder.Fit(rows, Small, Execution.Default, checkpoint: checkpoint).Codes;
        var said = new List<string>();
        var codes = Autoencoder.Fit(Map(rows), Small, Execution.Default with { Explain = said.Add }, checkpoint: checkpoint).Codes;
        Assert.Contains(said, line => line.Contains("resumed from", StringComparison.Ordinal));
        Assert.Equal(expected.Values, codes.Values);
    }

    [Fact]
    public void TrainingAndEncoding_TakeLessMemoryThanTheRows()
    {
        const int RowCount = 30_000, ColumnCount = 256;
        var mapped = Map(RandomRows.Uniform(RowCount, ColumnCount));
        var path = Path.Combine(_files.Folder, "codes.npy");
        var options = Small with { Epochs = 1, BatchSize = 256 };

        // The first run compiles and caches, which is not measured.
        var before = Allocated(Map(RandomRows.Uniform(600, ColumnCount), "few.npy"));
        var few = Allocated(Map(RandomRows.Uniform(RowCount / 10, ColumnCount), "tenth.npy"));
        var many = Allocated(mapped);

        // All that was ever allocated, collected since or not: 31 MB of rows, of which a row's place in the order is 4 bytes, and the rest
        // wrappers of tensors a step; and, of however many rows, 6 MB that are kept of them.
        const int Kept = sizeof(float) * (int)NeighborIndex.ExactLimit;
        Assert.InRange(many, 0, Kept + (sizeof(float) * RowCount * ColumnCount / 4));
        Assert.InRange(many - few, 0, Kept + (250 * RowCount));
        Assert.True(before > 0);

        // One thread, to exclude the allocations of parallel tests.
        long Allocated(IDataMatrix rows)
        {
            var start = GC.GetAllocatedBytesForCurrentThread();
            Autoencoder.FitToFile(rows, path, options, Execution.Default with { ThreadCount = 1 });
            return GC.GetAllocatedBytesForCurrentThread() - start;
        }
    }

    [Fact]
    public void AFileMadeShorterInTraining_EndsItWithAnError()
    {
        var mapped = Map(RandomRows.Uniform(2_000, 64));
        var execution = Execution.Default with { Progress = new Cutter(Path.Combine(_files.Folder, "rows.npy")) };
        var error = Assert.Throws<N2DException>(() => Autoencoder.Fit(mapped, Small, execution));
        Assert.Equal("FileChanged", error.Id);
    }

    private IDataMatrix Map(Matrix rows, string name = "rows.npy") =>
        NpyFile.Write(
            Path.Combine(_files.Folder, name), rows.RowCount, rows.ColumnCount, stream => stream.Write(MemoryMarshal.AsBytes(rows.Values)));

    /// <summary>Truncates a file once the first epoch has begun.</summary>
    private sealed class Cutter(string path) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (value.Status.StartsWith("epoch", StringComparison.Ordinal))
            {
                using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
                file.SetLength(128);
            }
        }
    }
}
