using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The descent of a t-SNE layout: momentum, and a gain for each coordinate that grows while its gradient keeps its direction (Jacobs, 1988), as in van der Maaten's and
/// scikit-learn's implementations.
/// </summary>
internal sealed class TsneDescent
{
    private const float EarlyMomentum = 0.5f;
    private const float LateMomentum = 0.8f;
    private const float LeastGain = 0.01f;

    /// <summary>Steps from one report of the divergence to the next.</summary>
    private const int ReportInterval = 50;

    private const int ValuesPerBlock = 16_384;

    private readonly TsneOptions _options;
    private readonly int _rowCount;
    private readonly TsneAttraction _attraction;
    private readonly ITsneRepulsion _repulsion;
    private readonly float[] _positions;
    private readonly float[] _pulls;
    private readonly float[] _pushes;
    private readonly float[] _steps;
    private readonly float[] _gains;

    /// <summary>Begins a descent.</summary>
    /// <param name="graph">The joint probabilities, n x n.</param>
    /// <param name="start">n x c coordinates to start at.</param>
    /// <param name="options">What was asked for.</param>
    public TsneDescent(SparseMatrix graph, Matrix start, TsneOptions options)
    {
        _options = options;
        _rowCount = start.RowCount;
        _attraction = new TsneAttraction(graph, options.Dimension);
        _repulsion = RepulsionOf(_rowCount, options);
        _positions = Transposed(start);
        _pulls = new float[_positions.Length];
        _pushes = new float[_positions.Length];
        _steps = new float[_positions.Length];
        _gains = new float[_positions.Length];
        Array.Fill(_gains, 1);
    }

    /// <summary>Goes all the way down.</summary>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>The layout, n x c, and its divergence from the joint probabilities.</returns>
    public (Matrix Layout, double Divergence) Run(Execution execution)
    {
        for (var iteration = 0; iteration < _options.Iterations; iteration++)
        {
            if (iteration % ReportInterval == 0)
            {
                execution.Report($"step {iteration} of {_options.Iterations}", (double)iteration / _options.Iterations);
            }

            var isEarly = iteration < _options.ExaggerationIterations;
            var isFinite = Step(isEarly ? (float)_options.EarlyExaggeration : 1, isEarly ? EarlyMomentum : LateMomentum, execution);
            if (!isFinite)
            {
                // From here on everything is NaN.
                break;
            }
        }

        var normalizer = _repulsion.Compute(_positions, _pushes, execution);
        return (Matrix.Own(RowsOf(_positions), _options.Dimension), _attraction.Divergence(_positions, normalizer, execution));
    }

    /// <summary>What the descent makes small, of any layout.</summary>
    /// <param name="graph">The joint probabilities, n x n.</param>
    /// <param name="layout">n x c.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static double DivergenceOf(SparseMatrix graph, Matrix layout, Execution execution) =>
        new TsneDescent(graph, layout, new TsneOptions { Dimension = layout.ColumnCount, Iterations = 0, Angle = 0 }).Run(execution).Divergence;

    private static ITsneRepulsion RepulsionOf(int rowCount, TsneOptions options) => options.Dimension switch
    {
        1 => new TreeRepulsion<Line>(rowCount, options.AngleFor(rowCount)),
        2 => new TreeRepulsion<Plane>(rowCount, options.AngleFor(rowCount)),
        TsneOptions.MostTreeDimensions => new TreeRepulsion<Volume>(rowCount, options.AngleFor(rowCount)),
        _ => new PairwiseRepulsion(rowCount, options.Dimension),
    };

    /// <summary>One step.</summary>
    /// <returns>Whether the layout is still finite.</returns>
    private bool Step(float exaggeration, float momentum, Execution execution)
    {
        _attraction.Compute(_positions, _pulls, execution);
        var normalizer = _repulsion.Compute(_positions, _pushes, execution);
        var freedom = StudentTail.FreedomIn(_options.Dimension);
        var factor = 2f * (freedom + 1) / freedom;
        var (pull, push) = (factor * exaggeration, (float)(factor / normalizer));
        var rate = (float)_options.LearningRateFor(_rowCount);
        ParallelRows.For(_positions.Length, ValuesPerBlock, execution, (start, end) =>
        {
            for (var place = start; place < end; place++)
            {
                var gradient = (pull * _pulls[place]) - (push * _pushes[place]);
                var gain = _steps[place] * gradient < 0 ? _gains[place] + 0.2f : MathF.Max(_gains[place] * 0.8f, LeastGain);
                _gains[place] = gain;
                _steps[place] = (momentum * _steps[place]) - (rate * gain * gradient);
                _positions[place] += _steps[place];
            }
        });
        return double.IsFinite(normalizer);
    }

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
