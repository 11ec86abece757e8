using System.Collections.Concurrent;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>Runs the starts of a mixture, each from where it begins to convergence, and keeps the likeliest outcome.</summary>
/// <remarks>
/// Of few rows an iteration is over before other threads have been woken to help with it: there each thread runs starts of its own. Of many rows the threads share the rows of
/// one start after the other, which takes the memory of one. The outcome is the same, as nothing that a start computes depends on the number of threads or on the other starts.
/// </remarks>
internal sealed class MixtureStarts
{
    // Of a start's progress: ten candidates take about as long as the iterations that the best of them usually needs.
    private const double DrawingShare = 0.5;

    // Up to about three milliseconds of a core for an iteration, a start stays on one thread.
    private const double MostOperationsOfOneThread = 3e7;

    private readonly Matrix _rows;
    private readonly ColumnBlocks _blocks;
    private readonly double[]? _weights;
    private readonly Matrix _sample;
    private readonly double[]? _sampleWeights;
    private readonly ColumnBlocks _sampleBlocks;
    private readonly GaussianMixtureOptions _options;
    private readonly Execution _execution;
    private readonly MixtureStart[] _starts;
    private readonly ConcurrentBag<Room> _rooms = [];
    private readonly Lock _outcome = new();
    private (MixtureParameters Mixture, MixtureStart Start)? _best;
    private int _endedCount;

    private MixtureStarts(Matrix rows, ColumnBlocks blocks, GaussianMixtureOptions options, Execution execution, double[]? weights)
    {
        (_rows, _blocks, _options, _execution, _weights) = (rows, blocks, options, execution, weights);
        (_sample, _sampleWeights) = StartingMixtures.Sample(rows, options, weights);
        _sampleBlocks = ReferenceEquals(_sample, rows) ? blocks : ColumnBlocks.Of(_sample, execution);
        _starts = new MixtureStart[options.StartCount];
    }

    /// <summary>Runs all starts.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="blocks">The same rows, laid out for the kernels.</param>
    /// <param name="options">How to fit.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="weights">What each row counts, above 0, with a mean of 1; null where each counts once.</param>
    /// <returns>The likeliest mixture, the first of equally likely ones; the start that ended at it; and how each start ended, in the order of their numbers.</returns>
    public static (MixtureParameters Best, MixtureStart BestStart, MixtureStart[] Starts) Run(
        Matrix rows, ColumnBlocks blocks, GaussianMixtureOptions options, Execution execution, double[]? weights = null)
    {
        var starts = new MixtureStarts(rows, blocks, options, execution, weights);
        if ((double)rows.RowCount * options.ClusterCount * rows.ColumnCount * (rows.ColumnCount + 20) <= MostOperationsOfOneThread)
        {
            ParallelRows.For(options.StartCount, 1, execution, (start, _) => starts.RunOnOneThread(start));
        }
        else
        {
            for (var start = 0; start < options.StartCount; start++)
            {
                starts.RunOnAllThreads(start);
            }
        }

        return (starts._best!.Value.Mixture, starts._best.Value.Start, starts._starts);
    }

    private void RunOnOneThread(int start)
    {
        RunStart(start, _execution with { ThreadCount = 1, Progress = null }, (_, _) => { });
        lock (_outcome)
        {
            _endedCount++;
            _execution.Report($"{_endedCount} of {Quantity.Of(_starts.Length, "start")}", (double)_endedCount / _starts.Length);
        }
    }

    private void RunOnAllThreads(int start) => RunStart(
        start,
        _execution,
        (status, fraction) => _execution.Report($"start {start + 1} of {_starts.Length}, {status}", (start + fraction) / _starts.Length));

    private void RunStart(int start, Execution execution, Action<string, double> report)
    {
        var room = _rooms.TryTake(out var free) ? free : new Room(this);
        var mixture = _options.InitialMeans is { } means
            ? room.Estimation.FromMeans(means, execution)
            : room.Beginnings.Draw(start, execution, (status, fraction) => report(status, DrawingShare * fraction));
        var (logLikelihood, iterations, converged) = room.Estimation.Run(mixture, execution, (iteration, _) => report(
            $"iteration {iteration + 1}",
            DrawingShare + ((1 - DrawingShare) * iteration / _options.MaxIterations)));
        _rooms.Add(room);
        var ended = new MixtureStart(start, logLikelihood, iterations, converged);
        _starts[start] = ended;
        lock (_outcome)
        {
            if (_best is not { } best || logLikelihood > best.Start.LogLikelihood || (logLikelihood == best.Start.LogLikelihood && start < best.Start.Index))
            {
                _best = (mixture, ended);
            }
        }
    }

    /// <summary>The memory that a start works in; the next one takes it over.</summary>
    private sealed class Room(MixtureStarts starts)
    {
        public StartingMixtures Beginnings { get; } = new(starts._sample, starts._sampleBlocks, starts._options, starts._sampleWeights);

        public ExpectationMaximization Estimation { get; } = new(starts._rows, starts._blocks, starts._options, starts._weights);
    }
}
