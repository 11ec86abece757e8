using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// Moves the rows of a layout so that neighbors in the graph come close and others stay away: stochastic gradient descent on the fuzzy
/// cross entropy with negative sampling (McInnes et al. 2018, section 4.2 and algorithm 5).
/// </summary>
/// <remarks>
/// <para>
/// The reference goes through the edges one by one and moves both ends of each, which threads can only do with locks or races. Here an epoch is cut into
/// rounds, in each of which some rows take their turn (<see cref="LayoutBlocks"/>). Each is pulled along its own edges and pushed by random rows, and
/// leaves a note of every pull (<see cref="DeferredUpdates"/>). When all have had their turn they move, and the rows at the other ends take the
/// same pulls the other way.
/// </para>
/// <para>
/// That both ends move by the very same vector matters: it keeps the center of a group where it is. On pendigits a mixture reaches a mean
/// log-likelihood of 15.4 on such a layout, as on the reference's; where the second pull is computed afresh it reaches 9.5, and the
/// clusters are visibly blurred.
/// </para>
/// </remarks>
internal sealed class LayoutOptimizer
{
    private readonly LayoutBlocks _blocks;
    private readonly LayoutBlock[] _block;
    private readonly AlignedRows _positions;
    private readonly int _epochCount;
    private readonly int _dimension;
    private readonly float _initialLearningRate;
    private readonly DensityTerm? _density;

    /// <summary>Prepares a layout.</summary>
    /// <param name="graph">The fuzzy graph, n x n, symmetric.</param>
    /// <param name="blocks">The rows in blocks of near ones.</param>
    /// <param name="start">n x c starting coordinates.</param>
    /// <param name="curve">a and b.</param>
    /// <param name="options">The rest.</param>
    /// <param name="logRadii">The log radii of the rows in the data, where the layout is to keep their densities; else null.</param>
    public LayoutOptimizer(
        SparseMatrix graph, LayoutBlocks blocks, float[] start, MembershipCurve curve, UmapOptions options, double[]? logRadii = null)
    {
        _blocks = blocks;
        _epochCount = options.EpochsFor(graph.RowCount);
        _dimension = options.Dimension;
        _initialLearningRate = options.LearningRate;

        // Rows are padded with zeros: nothing pulls or pushes along a coordinate in which all are 0.
        _positions = new AlignedRows(graph.RowCount, _dimension);
        for (var place = 0; place < graph.RowCount; place++)
        {
            start.AsSpan(blocks.Rows[place] * _dimension, _dimension).CopyTo(_positions[place]);
        }

        var schedule = new LayoutSchedule(graph, blocks, _epochCount);
        var forces = new LayoutForces(curve, options.RepulsionStrength);
        if (logRadii is not null)
        {
            _density = new DensityTerm(schedule, [.. blocks.Rows.ToArray().Select(row => logRadii[row])], curve, options, _epochCount);
        }

        _block = [.. Enumerable.Range(0, blocks.Count).Select(number => new LayoutBlock(number, blocks, schedule, forces, _positions, options))];
    }

    /// <summary>Runs all epochs.</summary>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>n x c coordinates.</returns>
    public float[] Run(Execution execution)
    {
        for (var epoch = 0; epoch < _epochCount; epoch++)
        {
            execution.Report($"layout, epoch {epoch + 1} of {_epochCount}", (double)epoch / _epochCount);
            var learningRate = _initialLearningRate * (1 - ((float)epoch / _epochCount));
            var density = _density is not null && _density.IsOn(epoch) ? _density : null;
            density?.Measure(_positions, execution);
            var thisEpoch = epoch;
            ParallelPhases.Run(2 * _blocks.RoundCount, _blocks.Count, execution, (phase, block) =>
            {
                if (phase % 2 == 0)
                {
                    _block[block].TakeTurns(phase / 2, thisEpoch, learningRate, density);
                }
                else
                {
                    _block[block].Settle(_block);
                }
            });
        }

        _density?.Explain(_positions, execution);
        var layout = new float[_positions.RowCount * _dimension];
        for (var place = 0; place < _positions.RowCount; place++)
        {
            _positions[place][.._dimension].CopyTo(layout.AsSpan(_blocks.Rows[place] * _dimension));
        }

        return layout;
    }
}
