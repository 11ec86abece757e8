using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// densMAP's addition to the layout (Narayan, Berger and Cho, 2021): in the last epochs, each edge that is drawn also moves its ends so that the
/// correlation of the rows' log radii in the layout with those in the data grows.
/// </summary>
/// <remarks>
/// A radius in the layout is the mean squared distance of the row's neighbours, weighted by the layout's own memberships phi = 1 / (1 + a x^(2b)). Radii and
/// their statistics are measured once an epoch; rows without edges take no part.
/// </remarks>
internal sealed class DensityTerm
{
    private const int RowsPerBlock = 512;

    /// <summary>Far beyond where steps are clipped; a coefficient stays finite, so that no product with a coordinate of 0 is NaN.</summary>
    private const double LargestCoefficient = 1e30;

    private readonly LayoutSchedule _schedule;
    private readonly LayoutCurve _curve;
    private readonly int _firstEpoch;
    private readonly double _varianceShift;
    private readonly double _strength;
    private readonly double[] _targets;
    private readonly double[] _logRadii;
    private readonly double[] _membershipSums;
    private readonly double[] _pressures;
    private readonly int _connectedCount;
    private double _scale;

    /// <summary>Prepares the term.</summary>
    /// <param name="schedule">The edges.</param>
    /// <param name="logRadii">The logarithm of the radius of each row in the data.</param>
    /// <param name="curve">a and b.</param>
    /// <param name="options">The weight of the term, the share of the epochs in which it counts, and the shift of the variance.</param>
    /// <param name="epochCount">The number of epochs.</param>
    public DensityTerm(LayoutSchedule schedule, double[] logRadii, LayoutCurve curve, UmapOptions options, int epochCount)
    {
        _schedule = schedule;
        _curve = curve;
        _varianceShift = options.DensityVarianceShift;
        _firstEpoch = (int)MathF.Floor(epochCount * (1 - options.DensityFraction));
        _logRadii = new double[schedule.RowCount];
        _membershipSums = new double[schedule.RowCount];
        _pressures = new double[schedule.RowCount];
        var rateSum = 0.0;
        for (var row = 0; row < schedule.RowCount; row++)
        {
            var (start, end) = schedule.Edges(row);
            _connectedCount += end > start ? 1 : 0;
            for (var place = start; place < end; place++)
            {
                rateSum += schedule.Rate(place);
            }
        }

        _strength = options.DensityWeight * rateSum / Math.Max(_connectedCount, 1);
        _targets = Standardise(logRadii);
    }

    /// <summary>Whether densities count in an epoch.</summary>
    public bool IsOn(int epoch) => epoch >= _firstEpoch;

    /// <summary>Measures the radii of the layout as it is.</summary>
    /// <param name="positions">The rows' positions, padded with zeros.</param>
    /// <param name="stride">The length of a position.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>Pearson's correlation of the log radii with those in the data; 0 if one of them does not vary.</returns>
    public double Measure(float[] positions, int stride, Execution execution)
    {
        ParallelRows.For(_schedule.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                MeasureRow(positions, stride, row);
            }
        });
        var sums = ParallelRows.Sums(_schedule.RowCount, RowsPerBlock, length: 3, execution, (row, sums) =>
        {
            sums[0] += _logRadii[row];
            sums[1] += _logRadii[row] * _logRadii[row];
            sums[2] += _logRadii[row] * _targets[row];
        });
        var mean = sums[0] / Math.Max(_connectedCount, 1);
        var variance = Math.Max((sums[1] / Math.Max(_connectedCount, 1)) - (mean * mean), 0);
        var shifted = variance + _varianceShift;
        var covariance = sums[2] / Math.Max(_connectedCount - 1, 1);
        _scale = shifted > 0 ? 2 * _strength / Math.Sqrt(shifted) : 0;
        for (var row = 0; row < _pressures.Length && shifted > 0; row++)
        {
            // How much the correlation gains from a larger radius of the row.
            _pressures[row] = _targets[row] - (covariance * (_logRadii[row] - mean) / shifted);
        }

        return variance > 0 ? sums[2] / (_connectedCount * Math.Sqrt(variance)) : 0;
    }

    /// <summary>Tells what has become of the densities.</summary>
    public void Explain(float[] positions, int stride, Execution execution) => execution.Explain?.Invoke(string.Create(
        CultureInfo.InvariantCulture,
        $"Densities: the log radii of the rows in the layout have correlation {Measure(positions, stride, execution):F3} with those in the data."));

    /// <summary>Moves one end of an edge for the sake of the densities.</summary>
    /// <param name="row">That end.</param>
    /// <param name="place">The edge.</param>
    /// <param name="before">Where it was when the edge began to pull.</param>
    /// <param name="other">Where the other end is.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="position">Where it is now; moved.</param>
    public void Step(int row, int place, ReadOnlySpan<float> before, ReadOnlySpan<float> other, float learningRate, Span<float> position)
    {
        var coefficient = Vector256.Create(Coefficient(row, place, TensorPrimitives.Distance(before, other)));
        ref var from = ref MemoryMarshal.GetReference(before);
        ref var theirs = ref MemoryMarshal.GetReference(other);
        ref var own = ref MemoryMarshal.GetReference(position);
        for (nuint lane = 0; lane < (nuint)position.Length; lane += (nuint)Vector256<float>.Count)
        {
            var gradient = LayoutOptimizer.Clip(coefficient * (Vector256.LoadUnsafe(ref from, lane) - Vector256.LoadUnsafe(ref theirs, lane)));
            Vector256.FusedMultiplyAdd(Vector256.Create(learningRate), gradient, Vector256.LoadUnsafe(ref own, lane)).StoreUnsafe(ref own, lane);
        }
    }

    /// <summary>The derivative of the correlation by the squared distance of an edge's ends, over the edge's weight: what it is drawn for.</summary>
    private float Coefficient(int row, int place, double distance)
    {
        if (distance == 0)
        {
            return 0;
        }

        var other = _schedule.Other(place);
        var square = distance * distance;
        var power = _curve.A * Math.Pow(square, _curve.B);
        var membership = 1 / (1 + power);
        var growth = 1 - (_curve.B * (1 - membership));
        var shrinkage = _curve.B * power / square * membership;
        var gain = (RadiusGain(row, growth, shrinkage) + RadiusGain(other, growth, shrinkage)) * membership;
        return (float)Math.Clamp(_scale / _schedule.Rate(place) * gain, -LargestCoefficient, LargestCoefficient);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double RadiusGain(int row, double growth, double shrinkage) =>
        _pressures[row] / _membershipSums[row] * ((growth * Math.Exp(-_logRadii[row])) + shrinkage);

    private void MeasureRow(float[] positions, int stride, int row)
    {
        var (start, end) = _schedule.Edges(row);
        var (sum, total) = (0.0, 0.0);
        for (var place = start; place < end; place++)
        {
            var distance = TensorPrimitives.Distance<float>(
                positions.AsSpan(row * stride, stride), positions.AsSpan(_schedule.Other(place) * stride, stride));
            var square = (double)distance * distance;
            var membership = 1 / (1 + (_curve.A * Math.Pow(square, _curve.B)));
            sum += membership * square;
            total += membership;
        }

        if (end > start)
        {
            // An edge is listed, and drawn, from both of its ends: as umap-learn counts, each membership counts twice.
            _membershipSums[row] = 2 * total;
            _logRadii[row] = Math.Log(LocalRadii.Softening + (sum / total));
        }
    }

    /// <summary>The values less their mean, over their standard deviation; 0 for rows without edges, and if the values do not vary.</summary>
    private double[] Standardise(double[] values)
    {
        var connected = Enumerable.Range(0, values.Length).Where(row => _schedule.Edges(row) is var (start, end) && end > start).ToArray();
        var mean = connected.Sum(row => values[row]) / Math.Max(connected.Length, 1);
        var variance = connected.Sum(row => (values[row] - mean) * (values[row] - mean)) / Math.Max(connected.Length, 1);
        var standardised = new double[values.Length];
        foreach (var row in connected)
        {
            standardised[row] = variance > 0 ? (values[row] - mean) / Math.Sqrt(variance) : 0;
        }

        return standardised;
    }
}
