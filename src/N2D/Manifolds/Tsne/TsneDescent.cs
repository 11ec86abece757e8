using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// Gradient descent of a t-SNE layout with momentum and a gain for each coordinate, which increases while its gradient keeps its sign
/// (Jacobs, 1988), as in van der Maaten's and scikit-learn's implementations.
/// </summary>
internal sealed class TsneDescent
{
    private const float EarlyMomentum = 0.5f;
    private const float LateMomentum = 0.8f;
    private const float LeastGain = 0.01f;

    /// <summary>The number of steps between two checks of the gradient, and two progress reports.</summary>
    private const int CheckInterval = 50;

    /// <summary>
    /// The gradient norm at which a descent stops. Few rows with a high perplexity need it: during the exaggeration they shrink to a point,
    /// and the rest of the descent would need longer to expand them.
    /// </summary>
    private const double LeastGradientNorm = 1e-7;

    private const int ValuesPerBlock = 16_384;

    private readonly TsneOptions _options;
    private readonly int _rowCount;
    private readonly TsneAttraction _attraction;
    private readonly ITsneRepulsion _repulsion;
    private readonly float[] _positions;
    private readonly float[] _attractiveForces;
    private readonly float[] _repulsiveForces;
    private readonly float[] _steps;
    private readonly float[] _gains;

    /// <summary>Prepares a descent.</summary>
    /// <param name="graph">The joint probabilities, n x n.</param>
    /// <param name="start">n x c initial coordinates.</param>
    /// <param name="options">The options.</param>
    public TsneDescent(SparseMatrix graph, Matrix start, TsneOptions options)
    {
        _options = options;
        _rowCount = start.RowCount;
        _attraction = new TsneAttraction(graph, options.Dimension);
        _repulsion = RepulsionOf(_rowCount, options);
        _positions = Transposed(start);
        _attractiveForces = new float[_positions.Length];
        _repulsiveForces = new float[_positions.Length];
        _steps = new float[_positions.Length];
        _gains = new float[_positions.Length];
    }

    /// <summary>Runs the descent: first with exaggeration, then without.</summary>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>The layout, n x c, and its divergence from the joint probabilities.</returns>
    public (Matrix Layout, double Divergence) Run(Execution execution)
    {
        var explored = Descend(
            0,
            Math.Min(_options.ExaggerationIterations, _options.Iterations),
            (float)_options.EarlyExaggeration,
            EarlyMomentum,
            _options.ExaggeratedLearningRateFor(_rowCount),
            execution);
        Descend(explored, _options.Iterations, 1, LateMomentum, _options.LearningRateFor(_rowCount), execution);
        var normalizer = _repulsion.Compute(_positions, _repulsiveForces, execution);
        return (Matrix.Own(RowsOf(_positions), _options.Dimension), _attraction.Divergence(_positions, normalizer, execution));
    }

    /// <summary>The divergence of a layout, which the descent minimizes.</summary>
    /// <param name="graph">The joint probabilities, n x n.</param>
    /// <param name="layout">n x c.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static double DivergenceOf(SparseMatrix graph, Matrix layout, Execution execution) =>
        new TsneDescent(
            graph, layout, new TsneOptions { Dimension = layout.ColumnCount, Iterations = 0, Angle = 0 }).Run(execution).Divergence;

    private static ITsneRepulsion RepulsionOf(int rowCount, TsneOptions options) => options.Dimension switch
    {
        1 => new TreeRepulsion<Line>(rowCount, options.AngleFor(rowCount)),
        2 => new TreeRepulsion<Plane>(rowCount, options.AngleFor(rowCount)),
        TsneOptions.MostTreeDimensions => new TreeRepulsion<Volume>(rowCount, options.AngleFor(rowCount)),
        _ => new PairwiseRepulsion(rowCount, options.Dimension),
    };

    /// <summary>
    /// Descends from rest. Velocities and gains are reset at the end of the exaggeration: those of a twelvefold attraction would move a few
    /// rows so far away that the remaining steps could not correct it.
    /// </summary>
    /// <returns>The iteration after the last: the given end, or earlier if the gradient vanished or the layout diverged.</returns>
    private int Descend(int start, int end, float exaggeration, float momentum, double rate, Execution execution)
    {
        Array.Clear(_steps);
        Array.Fill(_gains, 1);
        for (var iteration = start; iteration < end; iteration++)
        {
            if (iteration % CheckInterval == 0)
            {
                execution.Report($"step {iteration} of {_options.Iterations}", (double)iteration / _options.Iterations);
            }

            // One coordinate that is not finite makes all of them NaN.
            var isFinite = Step(exaggeration, momentum, (float)rate, execution);
            if (!isFinite || ((iteration + 1) % CheckInterval == 0 && GradientNorm(execution) <= LeastGradientNorm))
            {
                return iteration + 1;
            }
        }

        return end;
    }

    /// <summary>One step.</summary>
    /// <returns>Whether the layout is still finite.</returns>
    private bool Step(float exaggeration, float momentum, float rate, Execution execution)
    {
        _attraction.Compute(_positions, _attractiveForces, execution);
        var normalizer = _repulsion.Compute(_positions, _repulsiveForces, execution);
        var freedom = StudentTail.FreedomIn(_options.Dimension);
        var factor = 2f * (freedom + 1) / freedom;
        var (attraction, repulsion) = (factor * exaggeration, (float)(factor / normalizer));
        ParallelRows.For(_positions.Length, ValuesPerBlock, execution, (start, end) =>
        {
            for (var place = start; place < end; place++)
            {
                var gradient = (attraction * _attractiveForces[place]) - (repulsion * _repulsiveForces[place]);
                var gain = _steps[place] * gradient < 0 ? _gains[place] + 0.2f : MathF.Max(_gains[place] * 0.8f, LeastGain);
                _gains[place] = gain;
                _steps[place] = (momentum * _steps[place]) - (rate * gain * gradient);
                _positions[place] += _steps[place];
                _attractiveForces[place] = gain * gradient;
            }
        });
        return double.IsFinite(normalizer);
    }

    /// <summary>The norm of the last gradient, with each coordinate multiplied by its gain.</summary>
    private double GradientNorm(Execution execution) =>
        Math.Sqrt(ParallelRows.Sum(_attractiveForces.Length, ValuesPerBlock, execution, (start, end) =>
    {
        var sum = 0.0;
        for (var place = start; place < end; place++)
        {
            sum += (double)_attractiveForces[place] * _attractiveForces[place];
        }

        return sum;
    }));

    private static float[] Transposed(Matrix rows)
    {
        var axes = new float[rows.RowCount * rows.ColumnCount];
        for (var row = 0; row < rows.RowCount; row++)
        {
            for (var axis = 0; axis < rows.ColumnCount; axis++)
            {
                axes[(axis * rows.RowCount) + row] = rows[row, axis];
            }
        }

        return axes;
    }

    private float[] RowsOf(float[] axes)
    {
        var values = new float[axes.Length];
        for (var place = 0; place < values.Length; place++)
        {
            var (row, axis) = Math.DivRem(place, _options.Dimension);
            values[place] = axes[(axis * _rowCount) + row];
        }

        return values;
    }
}
