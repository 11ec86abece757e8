using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// The squared Mahalanobis distances |P (x - μ)|² of wide rows from Gaussians with a triangular P, by matrix products of 24 rows.
/// </summary>
/// <remarks>
/// The squares of the coordinates of P (x - μ) are added first to last, so a partial sum is a lower limit of the distance. A Gaussian is
/// given up for a row as soon as this limit shows that its responsibility is negligible: the first coordinates of all Gaussians come first,
/// then all of the Gaussian that looks nearest, then those of the others as far as needed. In data with clear clusters, the step takes
/// about as long as with a single Gaussian.
/// </remarks>
/// <param name="rows">The rows.</param>
/// <param name="mixture">The mixture.</param>
internal sealed unsafe class WideDistances(Matrix rows, MixtureParameters mixture) : IBlockDistances
{
    private const int GroupSize = DoubleMicroKernel.NR;
    private const int TileRows = DoubleMicroKernel.MR;
    private const int MinFirstCoordinates = 16;

    // Coordinates between two looks at the limit.
    private const int CoordinatesPerCheck = 16;

    /// <summary>The logarithm of the smallest responsibility that counts, relative to the largest; 10⁻¹⁰ as in the M step.</summary>
    private static readonly double LogNegligible = PortableMath.Log(MaximizationStep.NegligibleResponsibility);

    /// <inheritdoc/>
    /// <remarks>
    /// A multiple of the group size and of the vector size. With many rows, more of them share a Gaussian, so that fewer groups are
    /// incomplete.
    /// </remarks>
    public int BlockSize { get; } = Math.Clamp(rows.RowCount / 16 / 96 * 96, 96, 768);

    /// <inheritdoc/>
    public int ScratchLength => BlockSize + (mixture.Dimension * GroupSize);

    /// <inheritdoc/>
    public double LeastExponent => LogNegligible;

    /// <inheritdoc/>
    public void Compute(
        int start, int count, bool isComplete, Span<double> squares, Span<double> scratch, CancellationToken cancellationToken)
    {
        var size = BlockSize;
        Debug.Assert(squares.Length >= mixture.ClusterCount * size && count <= size, "There must be room for all distances.");
        Debug.Assert(scratch.Length >= ScratchLength, "There must be room for a packed group, and for a value of each row.");
        var best = scratch[..size];
        var dimension = mixture.Dimension;
        var firstCount = isComplete ? dimension : Math.Max(MinFirstCoordinates, dimension / 8 / TileRows * TileRows);
        Span<int> members = stackalloc int[count];
        Span<int> nearest = stackalloc int[count];
        for (var row = 0; row < count; row++)
        {
            members[row] = row;
        }

        fixed (float* values = rows.RowRange(start, count))
        fixed (double* group = scratch[size..])
        {
            var block = new Block(values, dimension, group);
            for (var cluster = 0; cluster < mixture.ClusterCount; cluster++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var own = squares.Slice(cluster * size, size);
                own.Clear();
                AddSquares(block, members, cluster, 0, firstCount, own, []);
            }

            if (!isComplete)
            {
                FindNearest(squares, size, nearest, best);
                for (var cluster = 0; cluster < mixture.ClusterCount; cluster++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var own = squares.Slice(cluster * size, size);
                    var memberCount = 0;
                    for (var row = 0; row < count; row++)
                    {
                        members[memberCount] = row;
                        memberCount += nearest[row] == cluster ? 1 : 0;
                    }

                    AddSquares(block, members[..memberCount], cluster, firstCount, dimension, own, []);
                    foreach (var row in members[..memberCount])
                    {
                        best[row] = LogDensity(cluster, own[row]);
                    }
                }

                for (var cluster = 0; cluster < mixture.ClusterCount; cluster++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var own = squares.Slice(cluster * size, size);
                    var memberCount = 0;
                    for (var row = 0; row < count; row++)
                    {
                        members[memberCount] = row;
                        memberCount += nearest[row] != cluster
                            && LogDensity(cluster, own[row]) >= best[row] + LogNegligible ? 1 : 0;
                    }

                    AddSquares(block, members[..memberCount], cluster, firstCount, dimension, own, best);
                }
            }
        }
    }

    private double LogDensity(int cluster, double square) =>
        mixture.LogFactors[cluster] - (0.5 * square);

    /// <summary>Finds the Gaussian with the largest density of each row by the first coordinates.</summary>
    private void FindNearest(ReadOnlySpan<double> squares, int size, Span<int> nearest, Span<double> best)
    {
        nearest.Clear();
        best.Fill(double.NegativeInfinity);
        for (var cluster = 0; cluster < mixture.ClusterCount; cluster++)
        {
            for (var row = 0; row < nearest.Length; row++)
            {
                var density = LogDensity(cluster, squares[(cluster * size) + row]);
                if (density > best[row])
                {
                    (nearest[row], best[row]) = (cluster, density);
                }
            }
        }
    }

    /// <summary>Adds the squares of some coordinates of P (x - μ).</summary>
    /// <param name="block">The rows.</param>
    /// <param name="members">The rows in the block to process.</param>
    /// <param name="cluster">The number of the Gaussian.</param>
    /// <param name="first">The first coordinate, a multiple of TileRows.</param>
    /// <param name="end">The coordinate after the last: a multiple of TileRows, or d.</param>
    /// <param name="squares">The sum of each row in the block. Updated.</param>
    /// <param name="best">
    /// The largest log density of each row so far. The rest of a group is skipped when all densities are negligible. Empty to skip nothing.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddSquares(
        Block block,
        ReadOnlySpan<int> members,
        int cluster,
        int first,
        int end,
        Span<double> squares,
        ReadOnlySpan<double> best)
    {
        var (dimension, stride) = (mixture.Dimension, mixture.FactorStride);
        var tile = stackalloc double[DoubleMicroKernel.TileSize];
        Span<int> group = stackalloc int[GroupSize];
        Span<double> sums = stackalloc double[GroupSize];
        fixed (double* factor = mixture.PrecisionFactors[cluster])
        {
            for (var place = 0; place < members.Length; place += GroupSize)
            {
                // Fill the last group with its first row.
                var valid = members.Slice(place, Math.Min(GroupSize, members.Length - place));
                group.Fill(valid[0]);
                valid.CopyTo(group);
                block.Pack(group, mixture.Mean(cluster)[..end]);
                for (var lane = 0; lane < GroupSize; lane++)
                {
                    sums[lane] = squares[group[lane]];
                }

                for (var coordinate = first; coordinate < end; coordinate += TileRows)
                {
                    // The last tile begins earlier, within the factor. The rows that it shares with the tile before it are not added again.
                    var row = Math.Min(coordinate, dimension - TileRows);
                    DoubleMicroKernel.Multiply<DoubleMicroKernel.Rows>(
                        factor + ((nint)row * stride), stride, block.Group, row + TileRows, valid.Length, tile);
                    AddSquaresOfRows(tile, coordinate - row, sums);
                    if (!best.IsEmpty
                        && (coordinate - first) % CoordinatesPerCheck == CoordinatesPerCheck - TileRows
                        && IsNegligible(cluster, valid, sums, best))
                    {
                        break;
                    }
                }

                for (var lane = 0; lane < valid.Length; lane++)
                {
                    squares[valid[lane]] = sums[lane];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSquaresOfRows(double* tile, int firstRow, Span<double> sums)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            AddSquaresOfRows<Width512<double>, Vector512<double>>(tile, firstRow, sums);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            AddSquaresOfRows<Width256<double>, Vector256<double>>(tile, firstRow, sums);
        }
        else
        {
            AddSquaresOfRows<Width128<double>, Vector128<double>>(tile, firstRow, sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSquaresOfRows<TWidth, TVector>(double* tile, int firstRow, Span<double> sums)
        where TWidth : struct, IVectorWidth<TVector, double>
        where TVector : struct
    {
        fixed (double* target = sums)
        {
            for (var lane = 0; lane < sums.Length; lane += TWidth.Lanes)
            {
                var sum = TWidth.Load(target + lane);
                for (var values = tile + lane + (firstRow * GroupSize); values < tile + DoubleMicroKernel.TileSize; values += GroupSize)
                {
                    var value = TWidth.Load(values);
                    sum = TWidth.MultiplyAdd(value, value, sum);
                }

                TWidth.Store(sum, target + lane);
            }
        }
    }

    private bool IsNegligible(int cluster, ReadOnlySpan<int> members, ReadOnlySpan<double> sums, ReadOnlySpan<double> best)
    {
        for (var lane = 0; lane < members.Length; lane++)
        {
            if (LogDensity(cluster, sums[lane]) >= best[members[lane]] + LogNegligible)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Rows of a block, and room for a packed group of them.</summary>
    private readonly struct Block(float* values, int dimension, double* group)
    {
        /// <summary>The packed group: column by column, GroupSize values each.</summary>
        public double* Group { get; } = group;

        /// <summary>Packs the first columns of x - μ of a group of rows.</summary>
        /// <param name="members">GroupSize rows in the block.</param>
        /// <param name="mean">The first values of μ.</param>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Pack(ReadOnlySpan<int> members, ReadOnlySpan<double> mean)
        {
            Debug.Assert(members.Length == GroupSize && mean.Length <= dimension, "There must be a whole group of rows.");
            for (var lane = 0; lane < GroupSize; lane += Vector256<double>.Count)
            {
                var row0 = values + ((nint)members[lane] * dimension);
                var row1 = values + ((nint)members[lane + 1] * dimension);
                var row2 = values + ((nint)members[lane + 2] * dimension);
                var row3 = values + ((nint)members[lane + 3] * dimension);
                var target = Group + lane;
                for (var column = 0; column < mean.Length; column++, target += GroupSize)
                {
                    var column4 = Vector128.Create(row0[column], row1[column], row2[column], row3[column]);
                    var wide = Vector256.WidenLower(column4.ToVector256Unsafe());
                    Vector256.Store(wide - Vector256.Create(mean[column]), target);
                }
            }
        }
    }
}
