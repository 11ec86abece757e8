using System.Globalization;
using System.Runtime.CompilerServices;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// densMAP's density term (Narayan, Berger and Cho, 2021): in the last epochs, each drawn edge also moves its ends to increase the
/// correlation of the rows' log radii in the layout with those in the data.
/// </summary>
/// <remarks>
/// A radius in the layout is the mean squared distance of the row's neighbors, weighted by the memberships of the layout,
/// phi = 1 / (1 + a x^(2b)). Radii and their statistics are computed once per epoch. Rows without edges do not count.
/// </remarks>
internal sealed class DensityTerm
{
    private const int RowsPerBlock = 512;

    /// <summary>
    /// The largest coefficient, far beyond the clipping of steps. A finite coefficient times a coordinate of 0 is not NaN.
    /// </summary>
    private const double LargestCoefficient = 1e30;

    /// <summary>The relative difference below which log radii are equal, except for the rounding of their mean.</summary>
    private const double EqualityTolerance = 1e-12;

    private readonly LayoutSchedule _schedule;
    private readonly MembershipCurve _curve;
    private readonly int _firstEpoch;
    private readonly double _varianceShift;
    private readonly double _strength;
    private readonly double[] _targets;
    private readonly double[] _logRadii;
    private readonly double[] _inverseRadii;
    private readonly double[] _membershipSums;
    private readonly double[] _pressures;
    private readonly int _connectedCount;
    private double _scale;

    /// <summary>Prepares the term.</summary>
    /// <param name="schedule">The edges.</param>
    /// <param name="logRadii">The log radii in the data, by slot.</param>
    /// <param name="curve">a and b.</param>
    /// <param name="options">The weight of the term, the fraction of the epochs in which it counts, and the shift of the variance.</param>
    /// <param name="epochCount">The number of epochs.</param>
    public DensityTerm(LayoutSchedule schedule, double[] logRadii, MembershipCurve curve, UmapOptions options, int epochCount)
    {
        _schedule = schedule;
        _curve = curve;
        _varianceShift = options.DensityVarianceShift;
        _firstEpoch = (int)MathF.Floor(epochCount * (1 - options.DensityFraction));
        _logRadii = new double[schedule.RowCount];
        _inverseRadii = new double[schedule.RowCount];
        _membershipSums = new double[schedule.RowCount];
        _pressures = new double[schedule.RowCount];
        var rateSum = 0.0;
        for (var slot = 0; slot < schedule.RowCount; slot++)
        {
            var (start, end) = schedule.Edges(slot);
            _connectedCount += end > start ? 1 : 0;
            for (var edge = start; edge < end; edge++)
            {
                rateSum += schedule.Rate(edge);
            }
        }

        _strength = options.DensityWeight * rateSum / Math.Max(_connectedCount, 1);
        _targets = Standardize(logRadii);
    }

    /// <summary>Whether the term counts in an epoch.</summary>
    public bool IsOn(int epoch) => epoch >= _firstEpoch;

    /// <summary>Computes the radii of the current layout.</summary>
    /// <param name="positions">The coordinates of all rows, by slot.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>Pearson's correlation of the log radii with those in the data; 0 if one of them is constant.</returns>
    public double Measure(AlignedRows positions, Execution execution)
    {
        ParallelRows.For(_schedule.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var slot = start; slot < end; slot++)
            {
                MeasureRadius(positions, slot);
            }
        });
        var sums = ParallelRows.Sums(_schedule.RowCount, RowsPerBlock, length: 3, execution, (slot, sums) =>
        {
            sums[0] += _logRadii[slot];
            sums[1] += _logRadii[slot] * _logRadii[slot];
            sums[2] += _logRadii[slot] * _targets[slot];
        });
        var mean = sums[0] / Math.Max(_connectedCount, 1);
        var variance = Math.Max((sums[1] / Math.Max(_connectedCount, 1)) - (mean * mean), 0);
        var shifted = variance + _varianceShift;
        var covariance = sums[2] / Math.Max(_connectedCount - 1, 1);
        _scale = shifted > 0 ? 2 * _strength / Math.Sqrt(shifted) : 0;
        for (var slot = 0; slot < _pressures.Length && shifted > 0; slot++)
        {
            // The derivative of the correlation by the log radius of the row.
            _pressures[slot] = _targets[slot] - (covariance * (_logRadii[slot] - mean) / shifted);
        }

        return variance > 0 ? sums[2] / (_connectedCount * Math.Sqrt(variance)) : 0;
    }

    /// <summary>Reports how well the layout keeps the densities.</summary>
    public void Explain(AlignedRows positions, Execution execution) => execution.Explain?.Invoke(string.Create(
        CultureInfo.InvariantCulture,
        $"Densities: the log radii of the rows in the layout have correlation {Measure(positions, execution):F3} with those in the data."));

    /// <summary>
    /// The coefficient of the density force on the ends of a drawn edge: the derivative of the correlation by their squared distance,
    /// divided by the rate of the edge.
    /// </summary>
    /// <param name="slot">The slot of the edge's head.</param>
    /// <param name="edge">The edge.</param>
    /// <param name="square">The squared distance of the ends.</param>
    public float Coefficient(int slot, int edge, float square)
    {
        if (square == 0)
        {
            return 0;
        }

        var power = _curve.A * FastPower.Pow(square, (float)_curve.B);
        var membership = 1 / (1 + power);
        var growth = 1 - (_curve.B * (1 - membership));
        var shrinkage = _curve.B * power / square * membership;
        var gain = (RadiusGain(slot, growth, shrinkage) + RadiusGain(_schedule.Tail(edge), growth, shrinkage)) * membership;
        return (float)Math.Clamp(_scale / _schedule.Rate(edge) * gain, -LargestCoefficient, LargestCoefficient);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double RadiusGain(int slot, double growth, double shrinkage) =>
        _pressures[slot] / _membershipSums[slot] * ((growth * _inverseRadii[slot]) + shrinkage);

    private void MeasureRadius(AlignedRows positions, int slot)
    {
        var (start, end) = _schedule.Edges(slot);
        var (sum, total) = (0.0, 0.0);
        for (var edge = start; edge < end; edge++)
        {
            var distance = FixedOrder.Distance<float>(
                positions[slot], positions[_schedule.Tail(edge)]);
            var square = (double)distance * distance;
            var membership = 1 / (1 + (_curve.A * FastPower.Pow((float)square, (float)_curve.B)));
            sum += membership * square;
            total += membership;
        }

        if (end > start)
        {
            // An edge is listed and drawn from both of its ends, so each membership counts twice, as in umap-learn.
            _membershipSums[slot] = 2 * total;
            var radius = LocalRadii.Softening + (sum / total);
            _logRadii[slot] = PortableMath.Log(radius);
            _inverseRadii[slot] = 1 / radius;
        }
    }

    /// <summary>
    /// The values minus their mean, divided by their standard deviation; 0 for rows without edges, and for constant values.
    /// </summary>
    private double[] Standardize(double[] values)
    {
        var connected = Enumerable.Range(0, values.Length)
            .Where(slot => _schedule.Edges(slot) is var (start, end) && end > start)
            .ToArray();
        var mean = connected.Sum(slot => values[slot]) / Math.Max(connected.Length, 1);
        var variance = connected.Sum(slot => (values[slot] - mean) * (values[slot] - mean)) / Math.Max(connected.Length, 1);
        var deviation = Math.Sqrt(variance);
        var varies = deviation > EqualityTolerance * Math.Abs(mean);
        var standardized = new double[values.Length];
        foreach (var slot in connected)
        {
            standardized[slot] = varies ? (values[slot] - mean) / deviation : 0;
        }

        return standardized;
    }
}
