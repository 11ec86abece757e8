using System.Buffers;
using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace N2D.Numerics;

/// <summary>The Cholesky factorization of a dense symmetric positive definite matrix, and the inverse of the factor.</summary>
/// <remarks>
/// Both work on blocks of 32 rows and columns: those on the diagonal by plain loops, and the others, which are nearly all of a large
/// matrix, by matrix products. Up to 32 rows, there are only the plain loops.
/// </remarks>
internal static unsafe class Cholesky
{
    private const int BlockSize = 32;
    private const int PanelWidth = DoubleMicroKernel.NR;
    private const int PanelsPerBlock = (BlockSize + PanelWidth - 1) / PanelWidth;

    /// <summary>Factors A = L Lᵀ.</summary>
    /// <param name="matrix">A, d x d, row-major. The part above the diagonal is not read.</param>
    /// <param name="dimension">d.</param>
    /// <param name="factor">Receives L, d rows of stride values. Nothing is written above the diagonal.</param>
    /// <param name="stride">The number of values from one row of L to the next, d or more.</param>
    /// <param name="cancellationToken">Checked before each block of columns.</param>
    /// <returns>Whether the matrix is positive definite in double precision. If not, the factor is invalid.</returns>
    public static bool TryFactor(
        ReadOnlySpan<double> matrix, int dimension, Span<double> factor, int stride, CancellationToken cancellationToken)
    {
        Debug.Assert(matrix.Length >= dimension * dimension, "The matrix must be square.");
        Debug.Assert(stride >= dimension && factor.Length >= ((dimension - 1) * stride) + dimension, "The factor must have room for L.");
        for (var i = 0; i < dimension; i++)
        {
            matrix.Slice(i * dimension, i + 1).CopyTo(factor.Slice(i * stride, i + 1));
        }

        var panelCount = SymmetricUpdate.PanelCount(Math.Max(0, dimension - BlockSize));
        var panels = ArrayPool<double>.Shared.Rent(panelCount * PanelWidth * BlockSize);
        try
        {
            for (var start = 0; start < dimension; start += BlockSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var size = Math.Min(BlockSize, dimension - start);
                var block = factor[((start * stride) + start)..];
                if (!TryFactorBlock(block, size, stride))
                {
                    return false;
                }

                var rest = dimension - start - size;
                if (rest > 0)
                {
                    var below = block[(size * stride)..];
                    fixed (double* packed = panels, values = below)
                    {
                        SolveBelow(block, below, rest, stride, panels);
                        SymmetricUpdate.Add(packed, BlockSize, rest, 0, SymmetricUpdate.PanelCount(rest), -1, values + size, stride);
                    }
                }
            }

            return true;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(panels);
        }
    }

    /// <summary>Inverts a lower triangular matrix in place.</summary>
    /// <param name="factor">
    /// L, d rows of stride values, with a positive diagonal. Receives the inverse, which is lower triangular too.
    /// </param>
    /// <param name="dimension">d.</param>
    /// <param name="stride">The number of values from one row to the next, d or more.</param>
    /// <param name="cancellationToken">Checked before each block of rows.</param>
    public static void InvertFactor(Span<double> factor, int dimension, int stride, CancellationToken cancellationToken)
    {
        var rows = ArrayPool<double>.Shared.Rent(BlockSize * dimension);
        var panel = ArrayPool<double>.Shared.Rent(PanelWidth * dimension);
        try
        {
            for (var start = 0; start < dimension; start += BlockSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var size = Math.Min(BlockSize, dimension - start);
                InvertBlock(factor[((start * stride) + start)..], size, stride);
                if (start > 0)
                {
                    InvertLeft(factor, start, size, stride, rows, panel);
                }
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rows);
            ArrayPool<double>.Shared.Return(panel);
        }
    }

    /// <summary>Factors a block on the diagonal in place.</summary>
    private static bool TryFactorBlock(Span<double> block, int size, int stride)
    {
        for (var i = 0; i < size; i++)
        {
            var row = block.Slice(i * stride, i + 1);
            for (var j = 0; j < i; j++)
            {
                var other = block.Slice(j * stride, j + 1);
                row[j] = (row[j] - FixedOrder.Dot<double>(row[..j], other[..j])) / other[j];
            }

            var pivot = row[i] - FixedOrder.Dot<double>(row[..i], row[..i]);
            if (!(pivot > 0) || !double.IsFinite(pivot))
            {
                return false;
            }

            row[i] = Math.Sqrt(pivot);
        }

        return true;
    }

    /// <summary>Inverts a lower triangular block on the diagonal in place.</summary>
    private static void InvertBlock(Span<double> block, int size, int stride)
    {
        for (var i = 0; i < size; i++)
        {
            var row = block.Slice(i * stride, i + 1);
            for (var j = 0; j < i; j++)
            {
                var weight = -row[j];
                row[j] = 0;
                TensorPrimitives.MultiplyAdd(block.Slice(j * stride, j + 1), weight, row[..(j + 1)], row[..(j + 1)]);
            }

            var pivot = row[i];
            TensorPrimitives.Divide(row, pivot, row);
            row[i] = 1 / pivot;
        }
    }

    /// <summary>
    /// Computes the rows of L below a block on the diagonal, X = A D⁻ᵀ, in place, and packs them for the update of the matrix that remains.
    /// The inverse of the block turns the substitution into a product.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SolveBelow(ReadOnlySpan<double> block, Span<double> below, int rowCount, int stride, Span<double> panels)
    {
        Span<double> inverse = stackalloc double[BlockSize * BlockSize];
        CopyTriangle(block, BlockSize, stride, inverse);
        InvertBlock(inverse, BlockSize, BlockSize);
        var transposed = stackalloc double[PanelsPerBlock * BlockSize * PanelWidth];
        new Span<double>(transposed, PanelsPerBlock * BlockSize * PanelWidth).Clear();
        for (var row = 0; row < BlockSize; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                transposed[(((row / PanelWidth * BlockSize) + column) * PanelWidth) + (row % PanelWidth)] =
                    inverse[(row * BlockSize) + column];
            }
        }

        var values = stackalloc double[DoubleMicroKernel.MR * BlockSize];
        var tile = stackalloc double[DoubleMicroKernel.TileSize];
        panels[..(SymmetricUpdate.PanelCount(rowCount) * PanelWidth * BlockSize)].Clear();
        for (var first = 0; first < rowCount; first += DoubleMicroKernel.MR)
        {
            var count = Math.Min(DoubleMicroKernel.MR, rowCount - first);
            for (var row = 0; row < count; row++)
            {
                below.Slice((first + row) * stride, BlockSize).CopyTo(new Span<double>(values + (row * BlockSize), BlockSize));
            }

            for (var panel = 0; panel < PanelsPerBlock; panel++)
            {
                var width = Math.Min(PanelWidth, BlockSize - (panel * PanelWidth));
                DoubleMicroKernel.Multiply<DoubleMicroKernel.Rows>(
                    values, BlockSize, transposed + (panel * BlockSize * PanelWidth), BlockSize, width, tile);
                for (var row = 0; row < count; row++)
                {
                    var solved = new Span<double>(tile + (row * PanelWidth), width);
                    solved.CopyTo(below.Slice(((first + row) * stride) + (panel * PanelWidth), width));
                    var (target, lane) = ((first + row) / PanelWidth * PanelWidth * BlockSize, (first + row) % PanelWidth);
                    for (var column = 0; column < width; column++)
                    {
                        panels[target + (((panel * PanelWidth) + column) * PanelWidth) + lane] = solved[column];
                    }
                }
            }
        }
    }

    /// <summary>
    /// Replaces the rows of L to the left of an inverted block D on the diagonal by those of the inverse, -D (L P), where P are the rows of
    /// the inverse above.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InvertLeft(Span<double> factor, int start, int size, int stride, Span<double> rows, Span<double> panel)
    {
        Span<double> inverse = stackalloc double[BlockSize * BlockSize];
        CopyTriangle(factor[((start * stride) + start)..], size, stride, inverse);
        rows[..(BlockSize * start)].Clear();
        for (var row = 0; row < size; row++)
        {
            factor.Slice((start + row) * stride, start).CopyTo(rows[(row * start)..]);
        }

        var product = stackalloc double[BlockSize * PanelWidth];
        var tile = stackalloc double[DoubleMicroKernel.TileSize];
        fixed (double* left = rows, above = panel, own = inverse)
        {
            for (var first = 0; first < start; first += PanelWidth)
            {
                // The rows of the inverse above the diagonal block of these columns are zero.
                var width = Math.Min(PanelWidth, start - first);
                panel[..((start - first) * PanelWidth)].Clear();
                for (var row = first; row < start; row++)
                {
                    factor.Slice((row * stride) + first, Math.Min(width, row - first + 1)).CopyTo(panel[((row - first) * PanelWidth)..]);
                }

                for (var row = 0; row < BlockSize; row += DoubleMicroKernel.MR)
                {
                    DoubleMicroKernel.Multiply<DoubleMicroKernel.Rows>(
                        left + (row * start) + first, start, above, start - first, width, product + (row * PanelWidth));
                }

                for (var row = 0; row < size; row += DoubleMicroKernel.MR)
                {
                    DoubleMicroKernel.Multiply<DoubleMicroKernel.Rows>(
                        own + (row * BlockSize), BlockSize, product, row + DoubleMicroKernel.MR, width, tile);
                    for (var i = row; i < Math.Min(row + DoubleMicroKernel.MR, size); i++)
                    {
                        TensorPrimitives.Negate(
                            new ReadOnlySpan<double>(tile + ((i - row) * PanelWidth), width),
                            factor.Slice(((start + i) * stride) + first, width));
                    }
                }
            }
        }
    }

    /// <summary>Copies a lower triangle to a square of BlockSize rows, with zeros elsewhere.</summary>
    private static void CopyTriangle(ReadOnlySpan<double> block, int size, int stride, Span<double> target)
    {
        target.Clear();
        for (var row = 0; row < size; row++)
        {
            block.Slice(row * stride, row + 1).CopyTo(target[(row * BlockSize)..]);
        }
    }
}
