using System.Runtime.InteropServices;
using System.Text.Json;
using N2D.Autoencoders;
using N2D.Data;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Tests.Expected;

namespace N2D.Tests.Autoencoders;

/// <summary>Weights from files: this library's, and those of Keras from Expected/keras-weights.py.</summary>
[Collection(TorchCollection.Name)]
public sealed class AutoencoderWeightsTests : IDisposable
{
    private static readonly JsonElement Expected = ExpectedValues.Load("keras-weights.json");
    private static readonly Matrix Rows = Expected.GetProperty("Rows").ToMatrix();

    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-weights-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("keras-ae_weights.h5")]
    [InlineData("keras-model.h5")]
    public void KerasFiles_GiveTheNetworkThatKerasHad(string name)
    {
        var weights = AutoencoderWeights.Open(PathOf(name));
        Assert.Equal([5, 4, 3], weights.Options.HiddenUnits);
        var (autoencoder, codes) = Autoencoder.Load(Rows, weights.Options, weights, Execution.Default);

        // Sums of six products of float32 each.
        Assert.Equal(Expected.GetProperty("Codes").ToMatrix().Values.ToArray(), codes.Values.ToArray(), Near);
        var rebuilt = Expected.GetProperty("Reconstruction").ToMatrix();
        Assert.Equal(rebuilt.Values.ToArray(), autoencoder.Reconstruct(Rows, Execution.Default).Values.ToArray(), Near);
        Assert.Equal(Rows.Values.ToArray().Zip(rebuilt.Values.ToArray(), (x, y) => (x - y) * (x - y)).Average(), autoencoder.Loss, 1e-4);
        Assert.Empty(autoencoder.GetHistory());
        Assert.Equal($"LatentDimension=2; HiddenUnit=5-4-3; Weights={name}", autoencoder.Settings);
    }

    [Theory]
    [InlineData("keras-foreign.h5", "no layer encoder_0. It contains layer dense_1, layer dense_2.")]
    [InlineData("keras-missing.h5", "has no layer decoder_2, which the network 6-5-4-3-2 requires (3 x 4)")]
    [InlineData(
        "keras-transposed.h5", "the kernel of layer decoder_1 is 5 x 4, but the network 6-5-4-3-2 for rows of 6 columns requires 4 x 5")]
    [InlineData("keras-nobias.h5", "layer encoder_2 has the weights encoder_2/kernel:0; a dense layer has a kernel and a bias")]
    [InlineData("keras-float64.h5", "has a kernel of")]
    [InlineData("keras-compressed.h5", "Chunked")]
    public void FilesOfAnythingElse_AreRefused_ByLayerAndShapes(string name, string reason)
    {
        var error = Assert.Throws<N2DException>(() => Load(AutoencoderWeights.Open(PathOf(name))));
        Assert.Equal(("WeightsMismatch", ErrorKind.InvalidData), (error.Id, error.Kind));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RowsOfOtherColumns_AreRefused_ByLayerAndShapes()
    {
        var weights = AutoencoderWeights.Open(PathOf("keras-ae_weights.h5"));
        var error =
            Assert.Throws<N2DException>(() => Autoencoder.Load(RandomRows.Uniform(5, 9), weights.Options, weights, Execution.Default));
        Assert.Contains(
            "the kernel of layer encoder_0 is 6 x 5, but the network 9-5-4-3-2 for rows of 9 columns requires 9 x 5",
            error.Message,
            StringComparison.Ordinal);

        error = Assert.Throws<N2DException>(() =>
            Autoencoder.Load(Rows, weights.Options with { LatentDimension = 3 }, weights, Execution.Default));
        Assert.Contains("the kernel of layer encoder_3 is 3 x 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsThatAreNoNumbers_AreRefused()
    {
        var error = Assert.Throws<N2DException>(() => Load(AutoencoderWeights.Open(PathOf("keras-notfinite.h5"))));
        Assert.Equal("NotFinite", error.Id);
        Assert.Contains("the kernel of layer encoder_0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATruncatedOrDamagedFile_EndsInAnErrorOfOurs()
    {
        var bytes = File.ReadAllBytes(PathOf("keras-ae_weights.h5"));
        var refused = 0;
        for (var length = 1; length < bytes.Length; length += 509)
        {
            refused += IsRefused(bytes[..length]) ? 1 : 0;
        }

        Assert.True(refused > 0.9 * bytes.Length / 509);
        for (var trial = 0; trial < 150; trial++)
        {
            // Most of the file is metadata. A changed byte is harmless or causes one of the known errors.
            var random = new RandomSequence(1, RandomPurpose.Sampling, trial);
            var damaged = bytes.ToArray();
            for (var place = 0; place < 4; place++)
            {
                damaged[random.NextUInt64() % (ulong)bytes.Length] = (byte)random.NextUInt64();
            }

            refused += IsRefused(damaged) ? 1 : 0;
        }

        Assert.InRange(refused, 80, 200);
    }

    [Theory]
    [InlineData("text.h5", "not an HDF5 file", "CorruptHdf5")]
    [InlineData("text.safetensors", "not a safetensors file", "CorruptSafetensors")]
    [InlineData("missing.h5", "There is no file", "FileNotFound")]
    public void WhatIsNoSuchFile_IsRefused(string name, string reason, string id)
    {
        File.WriteAllText(Path.Combine(_folder, "text.h5"), "weights, weights, weights");
        File.WriteAllText(Path.Combine(_folder, "text.safetensors"), "weights, weights, weights");
        var error = Assert.Throws<N2DException>(() => AutoencoderWeights.Open(Path.Combine(_folder, name)));
        Assert.Equal(id, error.Id);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AutoencoderKind.Dense)]
    [InlineData(AutoencoderKind.Denoising)]
    [InlineData(AutoencoderKind.Variational)]
    [InlineData(AutoencoderKind.Convolutional)]
    public void SavedWeights_OfEveryKind_MakeTheSameAutoencoder(AutoencoderKind kind)
    {
        var rows = RandomRows.Uniform(40, 35);
        var image = new ImageShape(7, 5);
        var options = new AutoencoderOptions
        { Kind = kind, HiddenUnits = [6, 4], LatentDimension = 3, Epochs = 2, Activation = Activation.Elu };
        var (trained, codes) = Autoencoder.Fit(rows, options, Execution.Default, image);
        var path = Path.Combine(_folder, "a.safetensors");
        trained.SaveWeights(path);

        var weights = AutoencoderWeights.Open(path);
        Assert.Equal((kind, Activation.Elu, 3), (weights.Options.Kind, weights.Options.Activation, weights.Options.LatentDimension));
        var (loaded, again) = Autoencoder.Load(rows, weights.Options, weights, Execution.Default, image);
        Assert.Equal(codes.Values, again.Values);
        Assert.Equal(trained.Reconstruct(rows, Execution.Default).Values, loaded.Reconstruct(rows, Execution.Default).Values);

        loaded.SaveWeights(Path.Combine(_folder, "b.safetensors"));
        var bytes = File.ReadAllBytes(path);
        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(_folder, "b.safetensors")));

        bytes[^3] ^= 1;
        File.WriteAllBytes(path, bytes);
        var error = Assert.Throws<N2DException>(() => AutoencoderWeights.Open(path));
        Assert.Equal("CorruptSafetensors", error.Id);
        Assert.EndsWith("Copy it again from its source, or export the weights again.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatTheFileTells_CannotBeOverruled_AndACheckpointIsNoFileOfWeights()
    {
        var path = Path.Combine(_folder, "a.safetensors");
        var options = new AutoencoderOptions { HiddenUnits = [4], LatentDimension = 2, Epochs = 1 };
        Autoencoder.Fit(Rows, options, Execution.Default).Autoencoder.SaveWeights(path);
        var weights = AutoencoderWeights.Open(path);
        var error = Assert.Throws<N2DException>(() =>
            Autoencoder.Load(Rows, weights.Options with { Activation = Activation.Tanh }, weights, Execution.Default));
        Assert.Contains("activation Relu, but Activation is Tanh", error.Message, StringComparison.Ordinal);
        Assert.Throws<N2DException>(() =>
            Autoencoder.Load(Rows, weights.Options with { Kind = AutoencoderKind.Denoising }, weights, Execution.Default));

        path = Path.Combine(_folder, "checkpoint.safetensors");
        Autoencoder.Fit(Rows, options, Execution.Default, checkpoint: new CheckpointFile(path, TimeSpan.Zero));
        error = Assert.Throws<N2DException>(() => AutoencoderWeights.Open(path));
        Assert.Contains("no array encoder.0.weight. It contains parameters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsOfOtherData_AreWarnedOf()
    {
        var warnings = new List<string>();
        var weights = AutoencoderWeights.Open(PathOf("keras-ae_weights.h5"));
        var path = Path.Combine(_folder, "a.safetensors");
        Autoencoder.Fit(Rows, new AutoencoderOptions { HiddenUnits = [30], Epochs = 100 }, Execution.Default).Autoencoder.SaveWeights(path);
        var trained = AutoencoderWeights.Open(path);
        var execution = Execution.Default with { Warn = warnings.Add };
        Autoencoder.Load(Rows, trained.Options, trained, execution);
        Assert.Empty(warnings);
        Autoencoder.Load(Rows, weights.Options, weights, execution);
        Assert.Contains("worse than their mean", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void LoadedWeights_AreTheSameForEverySeed()
    {
        var digits = DatasetCatalog.Find("Digits")!.Read(null);
        var path = Path.Combine(_folder, "a.safetensors");
        var options = new AutoencoderOptions { HiddenUnits = [20], LatentDimension = 4, Epochs = 1 };
        Autoencoder.Fit(digits.GetRows(), options, Execution.Default).Autoencoder.SaveWeights(path);
        var weights = AutoencoderWeights.Open(path);
        var (loaded, codes) = Autoencoder.Load(digits.GetRows(), weights.Options, weights, Execution.Default);
        Assert.Equal(codes.Values, loaded.Refit(digits, seed: 7, Execution.Default).GetRows().Values);
    }

    [Fact]
    public void RowsInAFile_AreEncodedIntoAFile_AsInMemory()
    {
        var weights = AutoencoderWeights.Open(PathOf("keras-ae_weights.h5"));
        var (expected, codes) = Autoencoder.Load(Rows, weights.Options, weights, Execution.Default);
        var mapped = NpyFile.Write(
            Path.Combine(_folder, "rows.npy"), Rows.RowCount, Rows.ColumnCount, stream => stream.Write(MemoryMarshal.AsBytes(Rows.Values)));

        var (loaded, inFile) =
            Autoencoder.LoadToFile(mapped, Path.Combine(_folder, "codes.npy"), weights.Options, weights, Execution.Default);
        Assert.IsNotType<Matrix>(inFile);
        Assert.Equal(codes.Values, inFile.InMemory("codes", long.MaxValue, Execution.Default).Values);
        Assert.Equal(expected.Loss, loaded.Loss);
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Expected", name);

    private static bool Near(float x, float y) => Math.Abs(x - y) <= 1e-5f * Math.Max(1, Math.Abs(x));

    private static Matrix Load(AutoencoderWeights weights) => Autoencoder.Load(Rows, weights.Options, weights, Execution.Default).Codes;

    private bool IsRefused(byte[] bytes)
    {
        var path = Path.Combine(_folder, "damaged.h5");
        File.WriteAllBytes(path, bytes);
        try
        {
            Load(AutoencoderWeights.Open(path));
            return false;
        }
        catch (N2DException)
        {
            return true;
        }
    }
}
