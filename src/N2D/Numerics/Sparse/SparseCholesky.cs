using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>
/// A multifrontal Cholesky factorization of a sparse symmetric positive definite matrix (Duff and Reid, 1983). Each block of a nested
/// dissection has a front, a dense matrix of its pivots and of the later variables that they touch. Its contribution block is assembled
/// into the front of its parent in the elimination tree (extend-add).
/// </summary>
internal sealed class SparseCholesky
{
    /// <summary>The size of the largest front with less than 2^31 values.</summary>
    public const int LargestFront = 46_340;

    /// <summary>The number of right-hand sides that are solved together: two registers.</summary>
    private const int LaneCount = 8;

    private readonly Front[] _fronts;
    private readonly int _rowCount;

    private SparseCholesky(Front[] fronts, int rowCount) => (_fronts, _rowCount) = (fronts, rowCount);

    /// <summary>A front: its variables, pivots first, and its columns of L once it is factored.</summary>
    private sealed record Front(int[] Rows, int PivotCount, int Parent)
    {
        /// <summary>The columns of L: a row for each variable, up to the diagonal.</summary>
        public double[] Factor { get; set; } = [];
    }

    /// <summary>The analysis phase: the fronts of a factorization, and what it costs, before any memory is allocated.</summary>
    internal sealed record Analysis
    {
        private Analysis(Front[] fronts) => Fronts = fronts;

        private Front[] Fronts { get; }

        /// <summary>The largest number of bytes that the factor and the working memory take.</summary>
        public double Bytes => sizeof(double)
            * (Fronts.Sum(front => (double)front.Rows.Length * front.PivotCount)
                + (2 * Fronts.Max(front => (double)front.Rows.Length * front.Rows.Length)));

        /// <summary>The number of multiplications of the factorization.</summary>
        public double Multiplications => Fronts.Sum(front => (double)front.PivotCount * front.Rows.Length * front.Rows.Length / 2);

        /// <summary>The size of the largest front.</summary>
        public int LargestFront => Fronts.Max(front => front.Rows.Length);

        /// <summary>Analyzes a matrix.</summary>
        public static Analysis Run(SymmetricSparseMatrix matrix, CancellationToken cancellationToken)
        {
            var (blocks, parents) = NestedDissection.Order(matrix, cancellationToken);
            var blockOf = new int[matrix.RowCount];
            for (var block = 0; block < blocks.Count; block++)
            {
                foreach (var row in blocks[block])
                {
                    blockOf[row] = block;
                }
            }

            var boundaries = Enumerable.Range(0, blocks.Count).Select(_ => new SortedSet<int>()).ToArray();
            var fronts = new Front[blocks.Count];
            for (var block = 0; block < blocks.Count; block++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var row in blocks[block])
                {
                    foreach (var column in matrix.RowColumns(row))
                    {
                        if (blockOf[column] > block)
                        {
                            boundaries[block].Add(column);
                        }
                    }
                }

                fronts[block] = new Front([.. blocks[block], .. boundaries[block]], blocks[block].Length, parents[block]);
                if (parents[block] >= 0)
                {
                    boundaries[parents[block]].UnionWith(boundaries[block].Where(row => blockOf[row] > parents[block]));
                }
            }

            return new Analysis(fronts);
        }

        /// <summary>Factors A + shift I.</summary>
        /// <param name="matrix">A, the matrix that was analyzed.</param>
        /// <param name="shift">The number to add to the diagonal.</param>
        /// <param name="execution">Threads, progress and cancellation.</param>
        /// <returns>The factor; null if the matrix is not positive definite in double precision.</returns>
        public SparseCholesky? TryFactor(SymmetricSparseMatrix matrix, double shift, Execution execution)
        {
            var fronts = Fronts.Select(front => front with { }).ToArray();
            var (done, all) = (0.0, Multiplications);
            var contributions = new double[fronts.Length][];
            var localIndexOf = new int[matrix.RowCount];
            var children = Enumerable.Range(0, fronts.Length).ToLookup(block => fronts[block].Parent);
            for (var block = 0; block < fronts.Length; block++)
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                var front = fronts[block];
                var size = front.Rows.Length;
                var dense = Assemble(matrix, shift, front, localIndexOf);
                foreach (var child in children[block])
                {
                    ExtendAdd(contributions[child], fronts[child], dense, size, localIndexOf);
                    contributions[child] = [];
                }

                if (!FrontalMatrix.TryEliminate(dense, size, front.PivotCount, execution))
                {
                    return null;
                }

                (front.Factor, contributions[block]) = Split(dense, size, front.PivotCount);
                done += (double)front.PivotCount * size * size / 2;
                execution.Report("factorization", done / all);
            }

            return new SparseCholesky(fronts, matrix.RowCount);
        }

        /// <summary>Creates a front with the entries of the matrix in its pivot columns.</summary>
        private static double[] Assemble(SymmetricSparseMatrix matrix, double shift, Front front, int[] localIndexOf)
        {
            var size = front.Rows.Length;
            var dense = new double[(long)size * size];
            Array.Fill(localIndexOf, -1);
            for (var place = 0; place < size; place++)
            {
                localIndexOf[front.Rows[place]] = place;
            }

            for (var pivot = 0; pivot < front.PivotCount; pivot++)
            {
                var columns = matrix.RowColumns(front.Rows[pivot]);
                var values = matrix.RowValues(front.Rows[pivot]);
                for (var entry = 0; entry < columns.Length; entry++)
                {
                    // Entries with variables of earlier blocks belong to the fronts of these.
                    var place = localIndexOf[columns[entry]];
                    if (place >= pivot)
                    {
                        dense[(place * size) + pivot] = values[entry] + (place == pivot ? shift : 0);
                    }
                }
            }

            return dense;
        }

        /// <summary>Adds the contribution block of a child to the front of its parent.</summary>
        private static void ExtendAdd(double[] contribution, Front child, double[] dense, int size, int[] localIndexOf)
        {
            var rows = child.Rows.AsSpan(child.PivotCount);
            for (var i = 0; i < rows.Length; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    var (row, column) = (localIndexOf[rows[i]], localIndexOf[rows[j]]);
                    dense[(Math.Max(row, column) * size) + Math.Min(row, column)] += contribution[(i * rows.Length) + j];
                }
            }
        }

        private static (double[] Factor, double[] Contribution) Split(double[] dense, int size, int pivotCount)
        {
            if (pivotCount == size)
            {
                return (dense, []);
            }

            var rest = size - pivotCount;
            var (factor, contribution) = (new double[(long)size * pivotCount], new double[(long)rest * rest]);
            for (var row = 0; row < size; row++)
            {
                dense.AsSpan(row * size, pivotCount).CopyTo(factor.AsSpan(row * pivotCount));
                if (row >= pivotCount)
                {
                    dense.AsSpan((row * size) + pivotCount, row - pivotCount + 1).CopyTo(contribution.AsSpan((row - pivotCount) * rest));
                }
            }

            return (factor, contribution);
        }
    }

    /// <summary>Solves for several right-hand sides at once, so that the factor is read once for all.</summary>
    /// <param name="rightSides">Vectors of n values.</param>
    /// <param name="solutions">As many vectors, which receive the solutions.</param>
    /// <param name="cancellationToken">Checked before each front.</param>
    public void Solve(IReadOnlyList<double[]> rightSides, IReadOnlyList<double[]> solutions, CancellationToken cancellationToken)
    {
        var width = (rightSides.Count + LaneCount - 1) / LaneCount * LaneCount;
        var values = new double[ArraySize.Of(_rowCount, width)];
        for (var row = 0; row < _rowCount; row++)
        {
            for (var side = 0; side < rightSides.Count; side++)
            {
                values[(row * width) + side] = rightSides[side][row];
            }
        }

        var local = new double[_fronts.Max(front => front.Rows.Length) * width];
        foreach (var front in _fronts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Gather(front, values, local, width);
            Forward(front, local, width);
            Scatter(front, values, local, width);
        }

        foreach (var front in Enumerable.Reverse(_fronts))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Gather(front, values, local, width);
            Backward(front, local, width);
            Scatter(front, values, local, width);
        }

        for (var row = 0; row < _rowCount; row++)
        {
            for (var side = 0; side < rightSides.Count; side++)
            {
                solutions[side][row] = values[(row * width) + side];
            }
        }
    }

    [Conditional("DEBUG")]
    private static void AssertSizes(Front front, double[] local, int width)
    {
        Debug.Assert(width % LaneCount == 0, "The right-hand sides must fill whole registers.");
        Debug.Assert(local.Length >= (long)front.Rows.Length * width, "There must be a value for each variable and right-hand side.");
        Debug.Assert(front.Factor.Length >= (long)front.Rows.Length * front.PivotCount, "The front must be factored.");
    }

    private static void Gather(Front front, double[] values, double[] local, int width)
    {
        for (var place = 0; place < front.Rows.Length; place++)
        {
            values.AsSpan(front.Rows[place] * width, width).CopyTo(local.AsSpan(place * width));
        }
    }

    private static void Scatter(Front front, double[] values, double[] local, int width)
    {
        for (var place = 0; place < front.Rows.Length; place++)
        {
            local.AsSpan(place * width, width).CopyTo(values.AsSpan(front.Rows[place] * width));
        }
    }

    /// <summary>Solves L y = b for the pivots of a front, and updates its other variables.</summary>
    private static void Forward(Front front, double[] local, int width)
    {
        AssertSizes(front, local, width);
        ref var values = ref MemoryMarshal.GetArrayDataReference(local);
        for (var row = 0; row < front.Rows.Length; row++)
        {
            var factor = front.Factor.AsSpan(row * front.PivotCount, Math.Min(row, front.PivotCount));
            var pivot = Vector256.Create(row < front.PivotCount ? front.Factor[(row * front.PivotCount) + row] : 1);
            for (var lane = 0; lane < width; lane += LaneCount)
            {
                ref var own = ref Unsafe.Add(ref values, (nint)((row * width) + lane));
                var (low, high) = (Vector256.LoadUnsafe(ref own), Vector256.LoadUnsafe(ref own, LaneCount / 2));
                ref var other = ref Unsafe.Add(ref values, lane);
                foreach (var value in factor)
                {
                    var weight = Vector256.Create(-value);
                    low = Vector256.MultiplyAddEstimate(weight, Vector256.LoadUnsafe(ref other), low);
                    high = Vector256.MultiplyAddEstimate(weight, Vector256.LoadUnsafe(ref other, LaneCount / 2), high);
                    other = ref Unsafe.Add(ref other, width);
                }

                (low / pivot).StoreUnsafe(ref own);
                (high / pivot).StoreUnsafe(ref own, LaneCount / 2);
            }
        }
    }

    /// <summary>Solves Lᵀ x = y for the pivots of a front.</summary>
    private static void Backward(Front front, double[] local, int width)
    {
        AssertSizes(front, local, width);
        ref var values = ref MemoryMarshal.GetArrayDataReference(local);
        for (var row = front.Rows.Length - 1; row >= 0; row--)
        {
            var factor = front.Factor.AsSpan(row * front.PivotCount, Math.Min(row, front.PivotCount));
            var pivot = Vector256.Create(row < front.PivotCount ? front.Factor[(row * front.PivotCount) + row] : 1);
            for (var lane = 0; lane < width; lane += LaneCount)
            {
                ref var own = ref Unsafe.Add(ref values, (nint)((row * width) + lane));
                var (low, high) = (Vector256.LoadUnsafe(ref own) / pivot, Vector256.LoadUnsafe(ref own, LaneCount / 2) / pivot);
                low.StoreUnsafe(ref own);
                high.StoreUnsafe(ref own, LaneCount / 2);
                ref var other = ref Unsafe.Add(ref values, lane);
                foreach (var value in factor)
                {
                    var weight = Vector256.Create(-value);
                    Vector256.MultiplyAddEstimate(weight, low, Vector256.LoadUnsafe(ref other)).StoreUnsafe(ref other);
                    Vector256.MultiplyAddEstimate(
                        weight, high, Vector256.LoadUnsafe(ref other, LaneCount / 2)).StoreUnsafe(ref other, LaneCount / 2);
                    other = ref Unsafe.Add(ref other, width);
                }
            }
        }
    }
}
