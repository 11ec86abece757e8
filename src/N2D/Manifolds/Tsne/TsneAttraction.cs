using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>The attractive part of t-SNE's gradient: the contribution of the neighbors of each row, eight neighbors at a time.</summary>
internal sealed class TsneAttraction
{
    private const int LaneCount = 8;
    private const int RowsPerBlock = 64;

    private readonly int _rowCount;
    private readonly int _dimension;
    private readonly float _inverseFreedom;
    private readonly int[] _starts;
    private readonly int[] _columns;
    private readonly float[] _values;

    /// <summary>
    /// Copies the graph for the kernel: the entries of each row are padded to whole vectors with the row itself, at probability 0.
    /// </summary>
    /// <param name="graph">The joint probabilities, n x n.</param>
    /// <param name="dimension">c.</param>
    public TsneAttraction(SparseMatrix graph, int dimension)
    {
        _rowCount = graph.RowCount;
        _dimension = dimension;
        _inverseFreedom = 1f / StudentTail.FreedomIn(dimension);
        _starts = new int[graph.RowCount + 1];
        for (var row = 0; row < graph.RowCount; row++)
        {
            _starts[row + 1] = checked(_starts[row] + ((graph.RowColumns(row).Length + LaneCount - 1) / LaneCount * LaneCount));
        }

        _columns = new int[_starts[^1]];
        _values = new float[_starts[^1]];
        for (var row = 0; row < graph.RowCount; row++)
        {
            var part = _starts[row].._starts[row + 1];
            _columns.AsSpan(part).Fill(row);
            graph.RowColumns(row).CopyTo(_columns.AsSpan(part));
            graph.RowValues(row).CopyTo(_values.AsSpan(part));
        }
    }

    /// <summary>Computes sum_j p_ij (1 + |y_i - y_j|^2 / dof)^-1 (y_i - y_j) of each row.</summary>
    /// <param name="positions">c axes of n coordinates.</param>
    /// <param name="forces">The destination, c axes of n sums.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public void Compute(float[] positions, float[] forces, Execution execution) =>
        ParallelRows.For(_rowCount, RowsPerBlock, execution, (start, end) =>
        {
            Span<Vector256<float>> sums = stackalloc Vector256<float>[_dimension];
            Span<Vector256<float>> differences = stackalloc Vector256<float>[_dimension];
            for (var row = start; row < end; row++)
            {
                sums.Clear();
                AddRow(row, positions, sums, differences);
                for (var axis = 0; axis < _dimension; axis++)
                {
                    forces[(axis * _rowCount) + row] = Vector256.Sum(sums[axis]);
                }
            }
        });

    /// <summary>The Kullback-Leibler divergence of the layout's similarities from the graph's, in nats.</summary>
    /// <param name="positions">c axes of n coordinates.</param>
    /// <param name="normalizer">The sum of the layout's similarities over all pairs, Z.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public double Divergence(float[] positions, double normalizer, Execution execution) =>
        ParallelRows.Sum(_rowCount, RowsPerBlock, execution, (start, end) =>
        {
            var sum = 0.0;
            for (var row = start; row < end; row++)
            {
                for (var entry = _starts[row]; entry < _starts[row + 1] && _values[entry] > 0; entry++)
                {
                    var square = 0.0;
                    for (var axis = 0; axis < _dimension; axis++)
                    {
                        double difference = positions[(axis * _rowCount) + row] - positions[(axis * _rowCount) + _columns[entry]];
                        square += difference * difference;
                    }

                    var similarity = StudentTail.LogSimilarity(square, _dimension);
                    sum += _values[entry] * (PortableMath.Log(_values[entry]) - similarity + PortableMath.Log(normalizer));
                }
            }

            return sum;
        });

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddRow(int row, float[] positions, Span<Vector256<float>> sums, Span<Vector256<float>> differences)
    {
        Debug.Assert(
            _starts[row] % LaneCount == 0 && _starts[row + 1] % LaneCount == 0 && _starts[row + 1] <= _columns.Length,
            "The entries of a row must be whole vectors.");
        Debug.Assert(positions.Length == _dimension * _rowCount, "There must be c axes of n coordinates.");
        Debug.Assert(sums.Length == _dimension && differences.Length == _dimension, "There must be a vector for each axis.");
        ref var columns = ref MemoryMarshal.GetArrayDataReference(_columns);
        ref var values = ref MemoryMarshal.GetArrayDataReference(_values);
        for (var entry = _starts[row]; entry < _starts[row + 1]; entry += LaneCount)
        {
            var others = Vector256.LoadUnsafe(ref columns, (nuint)entry);
            var square = Vector256<float>.Zero;
            for (var axis = 0; axis < differences.Length; axis++)
            {
                ref var coordinates = ref positions[axis * _rowCount];
                var difference = Vector256.Create(Unsafe.Add(ref coordinates, row)) - Gather(ref coordinates, others);
                differences[axis] = difference;
                square = Vector256.MultiplyAddEstimate(difference, difference, square);
            }

            var divisor = Vector256.MultiplyAddEstimate(square, Vector256.Create(_inverseFreedom), Vector256<float>.One);
            var weight = Vector256.LoadUnsafe(ref values, (nuint)entry) / divisor;
            for (var axis = 0; axis < sums.Length; axis++)
            {
                sums[axis] = Vector256.MultiplyAddEstimate(weight, differences[axis], sums[axis]);
            }
        }
    }

    /// <summary>Loads the coordinates of eight rows, whose indices the caller has checked to be below n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<float> Gather(ref float coordinates, Vector256<int> rows)
    {
        if (Avx2.IsSupported)
        {
            // Pin the array while the instruction reads it.
            fixed (float* first = &coordinates)
            {
                return Avx2.GatherVector256(first, rows, sizeof(float));
            }
        }

        return Vector256.Create(
            Unsafe.Add(ref coordinates, rows[0]),
            Unsafe.Add(ref coordinates, rows[1]),
            Unsafe.Add(ref coordinates, rows[2]),
            Unsafe.Add(ref coordinates, rows[3]),
            Unsafe.Add(ref coordinates, rows[4]),
            Unsafe.Add(ref coordinates, rows[5]),
            Unsafe.Add(ref coordinates, rows[6]),
            Unsafe.Add(ref coordinates, rows[7]));
    }
}
