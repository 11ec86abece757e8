using System.Collections.Concurrent;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>Runs the starts of a mixture to convergence, and keeps the likeliest result.</summary>
/// <remarks>
/// With few rows, an iteration is too short to divide among threads, so each thread runs its own starts. With many rows, all threads work
/// on one start after another, which needs less memory. The result is the same: starts do not depend on the number of threads or on each
/// other.
/// </remarks>
internal sealed class MixtureStarts
{
    // The share of a start's progress: ten candidates take about as long as the iterations of the best one.
    private const double InitializationShare = 0.5;

    // A start stays on one thread if an iteration takes up to about 3 ms on a core.
    private const double MaxSingleThreadOperations = 3e7;

    private readonly Matrix _rows;
    private readonly ColumnBlocks _blocks;
    private readonly double[]? _weights;
    private readonly Matrix _sample;
    private readonly double[]? _sampleWeights;
    private readonly ColumnBlocks _sampleBlocks;
    private readonly GaussianMixtureOptions _options;
    private readonly Execution _execution;
    private readonly MixtureStart[] _starts;
    private readonly ConcurrentBag<Workspace> _workspaces = [];
    private readonly Lock _outcome = new();
    private (MixtureParameters Mixture, MixtureStart Start)? _best;
    private int _endedCount;

    private MixtureStarts(Matrix rows, ColumnBlocks blocks, GaussianMixtureOptions options, Execution execution, double[]? weights)
    {
        (_rows, _blocks, _options, _execution, _weights) = (rows, blocks, options, execution, weights);
        (_sample, _sampleWeights) = MixtureInitialization.Sample(rows, options, weights);
        _sampleBlocks = ReferenceEquals(_sample, rows) ? blocks : ColumnBlocks.Of(_sample, execution);
        _starts = new MixtureStart[options.StartCount];
    }

    /// <summary>Runs all starts.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="blocks">The same rows as column blocks.</param>
    /// <param name="options">The options.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="weights">The weight of each row, above 0, with a mean of 1; null if each row counts once.</param>
    /// <returns>The likeliest mixture (the first one in a tie), its start, and the results of all starts in order.</returns>
    public static (MixtureParameters Best, MixtureStart BestStart, MixtureStart[] Starts) Run(
        Matrix rows, ColumnBlocks blocks, GaussianMixtureOptions options, Execution execution, double[]? weights = null)
    {
        var starts = new MixtureStarts(rows, blocks, options, execution, weights);
        if ((double)rows.RowCount * options.ClusterCount * rows.ColumnCount * (rows.ColumnCount + 20) <= MaxSingleThreadOperations)
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
        var workspace = _workspaces.TryTake(out var free) ? free : new Workspace(this);
        var mixture = _options.InitialMeans is { } means
            ? workspace.Estimation.FromMeans(means, execution)
            : workspace.Initialization.Draw(start, execution, (status, fraction) => report(status, InitializationShare * fraction));
        var (logLikelihood, iterations, converged) = workspace.Estimation.Run(mixture, execution, (iteration, _) => report(
            $"iteration {iteration + 1}",
            InitializationShare + ((1 - InitializationShare) * iteration / _options.MaxIterations)));
        _workspaces.Add(workspace);
        var ended = new MixtureStart(start, logLikelihood, iterations, converged);
        _starts[start] = ended;
        lock (_outcome)
        {
            if (_best is not { } best
                || logLikelihood > best.Start.LogLikelihood
                || (logLikelihood == best.Start.LogLikelihood && start < best.Start.Index))
            {
                _best = (mixture, ended);
            }
        }
    }

    /// <summary>The working memory of a start, reused by later starts.</summary>
    private sealed class Workspace(MixtureStarts starts)
    {
        public MixtureInitialization Initialization { get; } =
            new(starts._sample, starts._sampleBlocks, starts._options, starts._sampleWeights);

        public ExpectationMaximization Estimation { get; } = new(starts._rows, starts._blocks, starts._options, starts._weights);
    }
}
