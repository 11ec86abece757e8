using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// The sum and the number of rows in each cluster, updated as rows change clusters. Changes are collected in separate parts of the rows and
/// added in their order, so the bits are the same for any number of threads.
/// </summary>
internal sealed class ClusterSums
{
    private const int MaxParts = 64;
    private const int PartMultiple = 256;
    private const long MaxBytesOfParts = 64L << 20;

    private readonly Matrix _rows;
    private readonly double[]? _weights;
    private readonly int _sumCount;
    private readonly double[] _sums;
    private readonly int[] _counts;
    private readonly double[]?[] _partSums;
    private readonly int[]?[] _partCounts;
    private readonly bool[] _isTouched;

    /// <summary>Creates sums of no rows.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="clusterCount">k.</param>
    /// <param name="weights">The weight of each row, above 0; null if each row counts once.</param>
    public ClusterSums(Matrix rows, int clusterCount, double[]? weights = null)
    {
        (_rows, _weights, _sumCount) = (rows, weights, clusterCount * rows.ColumnCount);

        // The sums of the weights follow the sums of the rows.
        _sums = new double[_sumCount + (weights is null ? 0 : clusterCount)];
        _counts = new int[clusterCount];

        // The number of parts is limited by memory. It must not depend on the number of threads.
        var partCount = (int)Math.Clamp(MaxBytesOfParts / (sizeof(double) * (long)_sums.Length), 1, MaxParts);
        PartRows = (((rows.RowCount + partCount - 1) / partCount) + PartMultiple - 1) / PartMultiple * PartMultiple;
        var parts = (rows.RowCount + PartRows - 1) / PartRows;
        _partSums = new double[parts][];
        _partCounts = new int[parts][];
        _isTouched = new bool[parts];
    }

    /// <summary>The number of rows in a part, a multiple of 256. A part must be processed by one thread at a time.</summary>
    public int PartRows { get; }

    /// <summary>The number of rows in each cluster.</summary>
    public ReadOnlySpan<int> Counts => _counts;

    /// <summary>Removes all rows.</summary>
    public void Clear()
    {
        Array.Clear(_sums);
        Array.Clear(_counts);
    }

    /// <summary>Records that a row moves from one cluster to another.</summary>
    /// <param name="row">The row.</param>
    /// <param name="from">Its previous cluster; negative if it had none.</param>
    /// <param name="to">Its new cluster.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Move(int row, int from, int to)
    {
        var part = row / PartRows;
        var sums = _partSums[part] ??= new double[_sums.Length];
        var counts = _partCounts[part] ??= new int[_counts.Length];
        var dimension = _rows.ColumnCount;
        var weight = _weights is null ? 1 : _weights[row];
        _isTouched[part] = true;
        Add(_rows.Row(row), weight, sums.AsSpan(to * dimension, dimension));
        counts[to]++;
        if (from >= 0)
        {
            Add(_rows.Row(row), -weight, sums.AsSpan(from * dimension, dimension));
            counts[from]--;
        }

        if (_weights is not null)
        {
            sums[_sumCount + to] += weight;
            if (from >= 0)
            {
                sums[_sumCount + from] -= weight;
            }
        }
    }

    /// <summary>Adds the recorded moves of all parts to the sums.</summary>
    public void Apply()
    {
        for (var part = 0; part < _isTouched.Length; part++)
        {
            if (!_isTouched[part])
            {
                continue;
            }

            var (sums, counts) = (_partSums[part]!, _partCounts[part]!);
            AddAndClear<double>(sums, _sums);
            AddAndClear<int>(counts, _counts);
            _isTouched[part] = false;
        }
    }

    /// <summary>Replaces the sums by those of a device.</summary>
    /// <param name="values">For each cluster the sums of its columns, of its weights, of its rows, and of those that changed.</param>
    /// <returns>The number of rows that changed their cluster.</returns>
    public double Set(ReadOnlySpan<double> values)
    {
        var (dimension, width, changed) = (_rows.ColumnCount, values.Length / _counts.Length, 0.0);
        for (var cluster = 0; cluster < _counts.Length; cluster++)
        {
            var own = values.Slice(cluster * width, width);
            own[..dimension].CopyTo(_sums.AsSpan(cluster * dimension));
            _counts[cluster] = (int)own[dimension + 1];
            changed += own[dimension + 2];
            if (_weights is not null)
            {
                _sums[_sumCount + cluster] = own[dimension];
            }
        }

        return changed;
    }

    /// <summary>Computes the mean of a cluster's rows.</summary>
    /// <param name="cluster">A cluster that is not empty.</param>
    /// <param name="target">Receives d values.</param>
    public void Mean(int cluster, Span<float> target)
    {
        var sums = _sums.AsSpan(cluster * target.Length, target.Length);
        var weight = _weights is null ? _counts[cluster] : _sums[_sumCount + cluster];
        for (var column = 0; column < target.Length; column++)
        {
            target[column] = (float)(sums[column] / weight);
        }
    }

    /// <summary>Adds a part to the whole, and clears the part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddAndClear<T>(Span<T> part, Span<T> whole)
        where T : struct, INumberBase<T>
    {
        Debug.Assert(
            part.Length == whole.Length && !part.Overlaps(whole),
            "The part and the whole must have the same length, and not overlap.");
        var parts = MemoryMarshal.Cast<T, Vector<T>>(part);
        var wholes = MemoryMarshal.Cast<T, Vector<T>>(whole);
        for (var lane = 0; lane < parts.Length; lane++)
        {
            wholes[lane] += parts[lane];
        }

        for (var place = parts.Length * Vector<T>.Count; place < part.Length; place++)
        {
            whole[place] += part[place];
        }

        part.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(ReadOnlySpan<float> row, double factor, Span<double> sums)
    {
        Debug.Assert(row.Length == sums.Length, "There must be a sum for each column.");
        var factors = new Vector<double>(factor);
        var values = MemoryMarshal.Cast<float, Vector<float>>(row);
        var targets = MemoryMarshal.Cast<double, Vector<double>>(sums);
        for (var lane = 0; lane < values.Length; lane++)
        {
            // Multiplication by 1 or -1 is exact, so the result does not depend on the vector width.
            Vector.Widen(values[lane], out var low, out var high);
            targets[2 * lane] += factors * low;
            targets[(2 * lane) + 1] += factors * high;
        }

        for (var column = values.Length * Vector<float>.Count; column < row.Length; column++)
        {
            sums[column] += factor * row[column];
        }
    }
}
