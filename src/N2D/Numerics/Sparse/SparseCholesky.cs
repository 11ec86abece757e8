using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>
/// The Cholesky factor of a sparse symmetric positive definite matrix, by fronts (Duff and Reid, 1983): each block of a nested dissection is eliminated from a dense matrix of its rows and of those
/// after it that it touches, and hands what is left on to the block that follows it in the tree.
/// </summary>
internal sealed class SparseCholesky
{
    /// <summary>The largest block whose square has less than 2^31 values.</summary>
    public const int LargestFront = 46_340;

    /// <summary>Right-hand sides that go through the factor together: two registers.</summary>
    private const int LaneCount = 8;

    private readonly Front[] _fronts;
    private readonly int _rowCount;

    private SparseCholesky(Front[] fronts, int rowCount) => (_fronts, _rowCount) = (fronts, rowCount);

    /// <summary>A block: its own rows, the later ones that it touches, and its part of L once it is factored.</summary>
    private sealed record Front(int[] Rows, int PivotCount, int Parent)
    {
        /// <summary>L, a row for each of Rows, of which those up to the diagonal count.</summary>
        public double[] Factor { get; set; } = [];
    }

    /// <summary>The shape of a factor: what it will take, before it takes it.</summary>
    internal sealed record Plan
    {
        private Plan(Front[] fronts) => Fronts = fronts;

        private Front[] Fronts { get; }

        /// <summary>The bytes that factor and working memory take at most.</summary>
        public double Bytes => sizeof(double) * (Fronts.Sum(front => (double)front.Rows.Length * front.PivotCount) + (2 * Fronts.Max(front => (double)front.Rows.Length * front.Rows.Length)));

        /// <summary>The multiplications that it takes.</summary>
        public double Multiplications => Fronts.Sum(front => (double)front.PivotCount * front.Rows.Length * front.Rows.Length / 2);

        /// <summary>The rows of the largest block.</summary>
        public int LargestFront => Fronts.Max(front => front.Rows.Length);

        /// <summary>Makes the plan of a matrix.</summary>
        public static Plan Make(SymmetricSparseMatrix matrix, CancellationToken cancellationToken)
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

            var later = Enumerable.Range(0, blocks.Count).Select(_ => new SortedSet<int>()).ToArray();
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
                            later[block].Add(column);
                        }
                    }
                }

                fronts[block] = new Front([.. blocks[block], .. later[block]], blocks[block].Length, parents[block]);
                if (parents[block] >= 0)
                {
                    later[parents[block]].UnionWith(later[block].Where(row => blockOf[row] > parents[block]));
                }
            }

            return new Plan(fronts);
        }

        /// <summary>Factors A + shift I.</summary>
        /// <param name="matrix">A, of which the plan was made.</param>
        /// <param name="shift">Added to the diagonal.</param>
        /// <param name="execution">Threads, progress and cancellation.</param>
        /// <returns>The factor; null if the matrix is not positive definite in double precision.</returns>
        public SparseCholesky? TryFactor(SymmetricSparseMatrix matrix, double shift, Execution execution)
        {
            var fronts = Fronts.Select(front => front with { }).ToArray();
            var (done, all) = (0.0, Multiplications);
            var left = new double[fronts.Length][];
            var placeOf = new int[matrix.RowCount];
            var children = Enumerable.Range(0, fronts.Length).ToLookup(block => fronts[block].Parent);
            for (var block = 0; block < fronts.Length; block++)
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                var front = fronts[block];
                var size = front.Rows.Length;
                var dense = Assemble(matrix, shift, front, placeOf);
                foreach (var child in children[block])
                {
                    Add(left[child], fronts[child], dense, size, placeOf);
                    left[child] = [];
                }

                if (!FrontalMatrix.TryEliminate(dense, size, front.PivotCount, execution))
                {
                    return null;
                }

                (front.Factor, left[block]) = Split(dense, size, front.PivotCount);
                done += (double)front.PivotCount * size * size / 2;
                execution.Report("factorization", done / all);
            }

            return new SparseCholesky(fronts, matrix.RowCount);
        }

        /// <summary>The entries of the matrix in the block's own columns.</summary>
        private static double[] Assemble(SymmetricSparseMatrix matrix, double shift, Front front, int[] placeOf)
        {
            var size = front.Rows.Length;
            var dense = new double[(long)size * size];
            Array.Fill(placeOf, -1);
            for (var place = 0; place < size; place++)
            {
                placeOf[front.Rows[place]] = place;
            }

            for (var pivot = 0; pivot < front.PivotCount; pivot++)
            {
                var columns = matrix.RowColumns(front.Rows[pivot]);
                var values = matrix.RowValues(front.Rows[pivot]);
                for (var entry = 0; entry < columns.Length; entry++)
                {
                    // Entries with rows of earlier blocks are in those.
                    var place = placeOf[columns[entry]];
                    if (place >= pivot)
                    {
                        dense[(place * size) + pivot] = values[entry] + (place == pivot ? shift : 0);
                    }
                }
            }

            return dense;
        }

        /// <summary>Adds what a block left.</summary>
        private static void Add(double[] left, Front child, double[] dense, int size, int[] placeOf)
        {
            var rows = child.Rows.AsSpan(child.PivotCount);
            for (var i = 0; i < rows.Length; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    var (row, column) = (placeOf[rows[i]], placeOf[rows[j]]);
                    dense[(Math.Max(row, column) * size) + Math.Min(row, column)] += left[(i * rows.Length) + j];
                }
            }
        }

        private static (double[] Factor, double[] Left) Split(double[] dense, int size, int pivotCount)
        {
            if (pivotCount == size)
            {
                return (dense, []);
            }

            var rest = size - pivotCount;
            var (factor, left) = (new double[(long)size * pivotCount], new double[(long)rest * rest]);
            for (var row = 0; row < size; row++)
            {
                dense.AsSpan(row * size, pivotCount).CopyTo(factor.AsSpan(row * pivotCount));
                if (row >= pivotCount)
                {
                    dense.AsSpan((row * size) + pivotCount, row - pivotCount + 1).CopyTo(left.AsSpan((row - pivotCount) * rest));
                }
            }

            return (factor, left);
        }
    }

    /// <summary>Solves for several right-hand sides at once: the factor is read once for all of them.</summary>
    /// <param name="rightSides">Some vectors of n values.</param>
    /// <param name="solutions">As many, which take the solutions.</param>
    /// <param name="cancellationToken">Looked at before each block.</param>
    public void Solve(IReadOnlyList<double[]> rightSides, IReadOnlyList<double[]> solutions, CancellationToken cancellationToken)
    {
        var width = (rightSides.Count + LaneCount - 1) / LaneCount * LaneCount;
        var values = new double[_rowCount * width];
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

    private static void Forward(Front front, double[] local, int width)
    {
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
                    low = Vector256.FusedMultiplyAdd(weight, Vector256.LoadUnsafe(ref other), low);
                    high = Vector256.FusedMultiplyAdd(weight, Vector256.LoadUnsafe(ref other, LaneCount / 2), high);
                    other = ref Unsafe.Add(ref other, width);
                }

                (low / pivot).StoreUnsafe(ref own);
                (high / pivot).StoreUnsafe(ref own, LaneCount / 2);
            }
        }
    }

    private static void Backward(Front front, double[] local, int width)
    {
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
                    Vector256.FusedMultiplyAdd(weight, low, Vector256.LoadUnsafe(ref other)).StoreUnsafe(ref other);
                    Vector256.FusedMultiplyAdd(weight, high, Vector256.LoadUnsafe(ref other, LaneCount / 2)).StoreUnsafe(ref other, LaneCount / 2);
                    other = ref Unsafe.Add(ref other, width);
                }
            }
        }
    }
}
