using System.Diagnostics;
using System.Globalization;
using N2D.Autoencoders;
using N2D.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace N2D.Bench;

/// <summary>
/// The matrix products of a training step of the default autoencoder, one by one, by N2D and by libtorch in alternation: multiply-adds
/// per second, and their share of what the processor can do without reading memory.
/// </summary>
internal sealed unsafe class Roofline : IDisposable
{
    private const int Rounds = 9;
    private const double SecondsPerRound = 0.05;

    private readonly NetworkShape _shape;
    private readonly int _batchSize;
    private readonly LayerProducts _products = new(Environment.ProcessorCount);
    private readonly Optimizer _optimizer;
    private readonly DenseLayer[] _layers;
    private readonly NativeVector _parameters;
    private readonly LayerBuffers _outputs;
    private readonly LayerBuffers _deltas;
    private readonly NativeVector _rows;
    private readonly TorchThreads _threads;
    private readonly DisposeScope _tensors;

    private Roofline(int dimension)
    {
        var options = new AutoencoderOptions();
        _shape = new NetworkShape(dimension, options.HiddenUnits, options.LatentDimension);
        _batchSize = options.BatchSize;
        _parameters = new NativeVector(_shape.Layout.Count);
        _shape.Layout.InitialValues(seed: 0).AsSpan().CopyTo(_parameters.Span);
        _optimizer = Optimizer.Create(_parameters, options);
        _optimizer.BeginStep(factor: 0);
        _layers = DenseLayer.AllOf(_parameters, _shape);
        _outputs = new LayerBuffers(_shape);
        _deltas = new LayerBuffers(_shape);
        _rows = new NativeVector((long)_batchSize * dimension);
        TorchRuntime.EnsureLoaded();
        _tensors = NewDisposeScope();
        _threads = new TorchThreads(Environment.ProcessorCount);
    }

    /// <summary>Measures and prints a table.</summary>
    /// <param name="dimension">d, the columns of the data.</param>
    public static int Run(int dimension)
    {
        using var roofline = new Roofline(dimension);
        roofline.Print();
        return 0;
    }

    public void Dispose()
    {
        _tensors.Dispose();
        _threads.Dispose();
        _rows.Dispose();
        _deltas.Dispose();
        _outputs.Dispose();
        _optimizer.Dispose();
        _parameters.Dispose();
    }

    private MatrixView Rows => MatrixView.Of(_rows.Values, _batchSize, _shape.InputDimension);

    private void Print()
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Machine.Description}; batches of {_batchSize} rows; libtorch {torch.__version__}; medians of {Rounds} rounds"));
        Console.WriteLine();
        Console.WriteLine("| product | M multiply-adds | N2D, G/s | share of the peak | libtorch, G/s | share | N2D / libtorch |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        var (terms, ownSeconds, peerSeconds, peakSeconds) = (0.0, 0.0, 0.0, 0.0);
        for (var layer = 0; layer < _shape.LayerCount; layer++)
        {
            foreach (var product in ProductsOf(layer))
            {
                var (own, peer, peak) = Measure(product);
                Console.WriteLine(Line(product.Name, product.Terms, own, peer, product.Terms / peak));
                (terms, ownSeconds, peerSeconds, peakSeconds) =
                    (terms + product.Terms, ownSeconds + own, peerSeconds + peer, peakSeconds + (product.Terms / peak));
            }
        }

        Console.WriteLine(Line("all products of a step", terms, ownSeconds, peerSeconds, peakSeconds));
        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Peak: {terms / peakSeconds / 1e9:F0} G float32 multiply-adds/s on {Environment.ProcessorCount} processors."));
    }

    private static string Line(string name, double terms, double own, double peer, double peak) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {terms / 1e6:F1} | {terms / own / 1e9:F1} | {peak / own:P0} | {terms / peer / 1e9:F1} | {peak / peer:P0} | "
            + $"{peer / own:F2} |");

    /// <summary>Measures a product in alternation with the peak, which other work on the machine changes too.</summary>
    /// <returns>Median seconds of one product, and median multiply-adds per second of the peak.</returns>
    private static (double Own, double Peer, double Peak) Measure(Product product)
    {
        var (own, peer, peak) = (new double[Rounds], new double[Rounds], new double[Rounds]);
        for (var round = 0; round < Rounds; round++)
        {
            peak[round] = PeakArithmetic.Measure();
            own[round] = SecondsOf(product.Own);
            peer[round] = SecondsOf(product.Peer);
        }

        return (Median(own), Median(peer), Median(peak));
    }

    private static double SecondsOf(Action action)
    {
        action();
        var clock = Stopwatch.StartNew();
        var count = 0;
        while (clock.Elapsed.TotalSeconds < SecondsPerRound)
        {
            action();
            count++;
        }

        return clock.Elapsed.TotalSeconds / count;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    private IEnumerable<Product> ProductsOf(int layer)
    {
        var (inputs, outputs) = (_shape.Inputs(layer), _shape.Outputs(layer));
        var terms = (double)_batchSize * inputs * outputs;
        var shape = $"{inputs}x{outputs}";
        var (input, weights, output) = (rand(_batchSize, inputs), rand(inputs, outputs), rand(_batchSize, outputs));
        var (gradient, inputDelta) = (zeros_like(weights), zeros_like(input));
        var ownInput = layer == 0 ? Rows : _outputs.Of(layer - 1, _batchSize);
        var (ownOutput, delta) = (_outputs.Of(layer, _batchSize), _deltas.Of(layer, _batchSize));
        yield return new(
            $"{shape}, forward",
            terms,
            () => Run(_products.Forward(ownInput, _layers[layer], _shape.IsActivated(layer), ownOutput)),
            () => output.addmm_(input, weights, 0, 1));
        yield return new(
            $"{shape}, weight gradient",
            terms,
            () => Run(
                _products.WeightGradient(ownInput, delta, _shape.Weights(layer).Offset, _optimizer),
                LayerProducts.BiasGradient(delta, _shape.Biases(layer).Offset, _optimizer)),
            () => Transposed(input, transposed => gradient.addmm_(transposed, output, 0, 1)));
        if (layer > 0)
        {
            var ownDelta = _deltas.Of(layer - 1, _batchSize);
            yield return new(
                $"{shape}, input gradient",
                terms,
                () => Run(_products.InputGradient(delta, _layers[layer], ownInput, _shape.IsActivated(layer - 1), ownDelta)),
                () => Transposed(weights, transposed => inputDelta.addmm_(output, transposed, 0, 1)));
        }
    }

    private static void Run(params IJobSet[] jobs) => ParallelPhases.Run([jobs], Execution.Default);

    private static void Transposed(Tensor matrix, Action<Tensor> use)
    {
        using var transposed = matrix.t();
        use(transposed);
    }

    /// <param name="Name">The shape and the purpose.</param>
    /// <param name="Terms">The number of multiply-adds.</param>
    /// <param name="Own">Computes it by N2D, with the bias, the activation or the optimizer that belong to it.</param>
    /// <param name="Peer">Computes it by libtorch, alone.</param>
    private sealed record Product(string Name, double Terms, Action Own, Action Peer);
}
