using System.Diagnostics;
using System.Globalization;
using N2D.Autoencoders;
using N2D.Devices;
using N2D.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace N2D.Bench;

/// <summary>Runs one training in its own process, or only its matrix products. Prints a line like the peers' scripts.</summary>
internal static class SingleTraining
{
    public static int Fit(Matrix rows, int rowCount, int latentDimension, int epochs)
    {
        var (autoencoder, _) = Autoencoder.Fit(
            rows,
            new AutoencoderOptions { LatentDimension = latentDimension, Epochs = epochs, Device = ComputeDevice.Cpu },
            Execution.Default);
        Print(rowCount, epochs, autoencoder.GetHistory()[^1].Seconds, typeof(Autoencoder).Assembly.GetName().Version?.ToString(
            3), $"loss={autoencoder.Loss}");
        return 0;
    }

    /// <summary>The same training written with TorchSharp's modules and its Adam, as its users would write it.</summary>
    public static int FitByTorch(Matrix rows, int rowCount, int latentDimension, int epochs)
    {
        TorchRuntime.EnsureLoaded();
        var options = new AutoencoderOptions();
        var shape = new NetworkShape(rows.ColumnCount, options.HiddenUnits, latentDimension);
        using var threads = new TorchThreads(Environment.ProcessorCount);
        using var scope = NewDisposeScope();
        random.manual_seed(0);
        var modules = new List<(string, nn.Module<Tensor, Tensor>)>();
        for (var layer = 0; layer < shape.LayerCount; layer++)
        {
            var linear = nn.Linear(shape.Inputs(layer), shape.Outputs(layer));
            nn.init.xavier_uniform_(linear.weight);
            nn.init.zeros_(linear.bias!);
            modules.Add(($"linear{layer}", linear));
            if (shape.IsActivated(layer))
            {
                modules.Add(($"relu{layer}", nn.ReLU()));
            }
        }

        using var network = nn.Sequential(modules);
        using var optimizer = optim.Adam(network.parameters(), options.LearningRate, eps: AdamStep.Epsilon);
        var all = tensor(rows.UnsafeValues, rowCount, rows.ColumnCount);
        var clock = Stopwatch.StartNew();
        var mean = 0.0;
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            using var epochScope = NewDisposeScope();
            var order = randperm(rowCount);
            var total = zeros(1);
            for (var first = 0; first < rowCount; first += options.BatchSize)
            {
                using var step = NewDisposeScope();
                var batch = all.index_select(0, order.slice(0, first, Math.Min(first + options.BatchSize, rowCount), 1));
                optimizer.zero_grad();
                var loss = nn.functional.mse_loss(network.forward(batch), batch);
                loss.backward();
                optimizer.step();
                total.add_(loss.detach() * batch.shape[0]);
            }

            mean = total.item<float>() / rowCount;
        }

        Print(rowCount, epochs, clock.Elapsed.TotalSeconds, torch.__version__, string.Create(CultureInfo.InvariantCulture, $"loss={mean}"));
        return 0;
    }

    /// <summary>The forward product, weight gradient and input gradient of each layer, batch by batch, into reused buffers.</summary>
    public static int Multiply(int rowCount, int dimension, int latentDimension, int epochs)
    {
        TorchRuntime.EnsureLoaded();
        var options = new AutoencoderOptions();
        var shape = new NetworkShape(dimension, options.HiddenUnits, latentDimension);
        using var threads = new TorchThreads(Environment.ProcessorCount);
        using var scope = NewDisposeScope();
        var steps = epochs * (rowCount / options.BatchSize);
        var activations = Enumerable.Range(0, shape.LayerCount + 1)
            .Select(layer => rand(options.BatchSize, layer == 0 ? dimension : shape.Outputs(layer - 1)))
            .ToArray();
        var weights = Enumerable.Range(0, shape.LayerCount).Select(layer => rand(shape.Inputs(layer), shape.Outputs(layer))).ToArray();
        var gradients = weights.Select(tensor => zeros_like(tensor)).ToArray();
        var deltas = activations.Select(tensor => zeros_like(tensor)).ToArray();
        var outputs = activations.Select(tensor => zeros_like(tensor)).ToArray();
        Step();
        var clock = Stopwatch.StartNew();
        for (var step = 0; step < steps; step++)
        {
            Step();
        }

        Print(options.BatchSize * steps, 1, clock.Elapsed.TotalSeconds, torch.__version__, "");
        return 0;

        void Step()
        {
            using var products = NewDisposeScope();
            for (var layer = 0; layer < weights.Length; layer++)
            {
                outputs[layer + 1].addmm_(activations[layer], weights[layer], 0, 1);
            }

            for (var layer = weights.Length - 1; layer >= 0; layer--)
            {
                gradients[layer].addmm_(activations[layer].t(), outputs[layer + 1], 0, 1);
                if (layer > 0)
                {
                    deltas[layer].addmm_(outputs[layer + 1], weights[layer].t(), 0, 1);
                }
            }
        }
    }

    private static void Print(int rowCount, int epochs, double seconds, string? version, string more)
    {
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"rate={(double)rowCount * epochs / seconds:F1} peak={process.PeakWorkingSet64 / 1048576.0:F0} version={version} {more}"));
    }
}
