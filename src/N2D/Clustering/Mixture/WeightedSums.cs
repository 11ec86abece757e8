using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace N2D.Clustering;

/// <summary>The sums Σ w, Σ w y and the lower triangle of Σ w y yᵀ in one array, with the kernel that adds rows to them.</summary>
/// <param name="dimension">The length of a row y, d.</param>
/// <param name="isDiagonal">Whether only the diagonal of Σ w y yᵀ is computed.</param>
internal readonly struct WeightedSums(int dimension, bool isDiagonal)
{
    /// <summary>The number of rows that are added at once.</summary>
    public const int BatchSize = 8;

    private readonly int _secondCount = isDiagonal ? 1 : dimension;

    /// <summary>d rounded up to whole vectors: the row stride of the sums and of the rows to add.</summary>
    public int Stride { get; } = (dimension + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;

    /// <summary>The length of the array of sums.</summary>
    public int Length => (_secondCount + 2) * Stride;

    /// <summary>Σ w.</summary>
    /// <param name="sums">The sums.</param>
    public ref double Weight(double[] sums) => ref sums[(_secondCount + 1) * Stride];

    /// <summary>Σ w y, d values.</summary>
    /// <param name="sums">The sums.</param>
    public Span<double> First(double[] sums) => sums.AsSpan(_secondCount * Stride, dimension);

    /// <summary>A row of Σ w y yᵀ, valid up to the diagonal. With isDiagonal, row 0 is the diagonal.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="row">The number of the row.</param>
    public ReadOnlySpan<double> Second(double[] sums, int row) => sums.AsSpan(row * Stride, dimension);

    /// <summary>Adds eight rows.</summary>
    /// <param name="rows">8 x Stride values, with zeros as padding.</param>
    /// <param name="weights">The weight of each row, zero for padding rows.</param>
    /// <param name="sums">The sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Add(double[] rows, ReadOnlySpan<double> weights, double[] sums)
    {
        Debug.Assert(rows.Length >= BatchSize * Stride && weights.Length >= BatchSize, "There must be a whole batch of rows and weights.");
        Debug.Assert(sums.Length >= Length, "There must be room for all sums.");
        fixed (double* y = rows, w = weights, target = sums)
        {
            for (var i = 0; i < (isDiagonal ? 0 : dimension); i++)
            {
                AddRow(
                    y,
                    new Vector<double>(w[0] * y[i]),
                    new Vector<double>(w[1] * y[Stride + i]),
                    new Vector<double>(w[2] * y[(2 * Stride) + i]),
                    new Vector<double>(w[3] * y[(3 * Stride) + i]),
                    new Vector<double>(w[4] * y[(4 * Stride) + i]),
                    new Vector<double>(w[5] * y[(5 * Stride) + i]),
                    new Vector<double>(w[6] * y[(6 * Stride) + i]),
                    new Vector<double>(w[7] * y[(7 * Stride) + i]),
                    target + (i * Stride),
                    i + 1);
            }

            if (isDiagonal)
            {
                AddSquares(y, w, target);
            }

            AddRow(
                y,
                new Vector<double>(w[0]),
                new Vector<double>(w[1]),
                new Vector<double>(w[2]),
                new Vector<double>(w[3]),
                new Vector<double>(w[4]),
                new Vector<double>(w[5]),
                new Vector<double>(w[6]),
                new Vector<double>(w[7]),
                target + (_secondCount * Stride),
                dimension);
            target[(_secondCount + 1) * Stride] += (w[0] + w[1]) + (w[2] + w[3]) + ((w[4] + w[5]) + (w[6] + w[7]));
        }
    }

    private unsafe void AddSquares(double* y, double* w, double* target)
    {
        for (var j = 0; j < dimension; j += Vector<double>.Count)
        {
            var sum = Vector.Load(target + j);
            for (var row = 0; row < BatchSize; row++)
            {
                var value = Vector.Load(y + (row * Stride) + j);
                sum = Vector.MultiplyAddEstimate(new Vector<double>(w[row]) * value, value, sum);
            }

            Vector.Store(sum, target + j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe void AddRow(
        double* y,
        Vector<double> w0,
        Vector<double> w1,
        Vector<double> w2,
        Vector<double> w3,
        Vector<double> w4,
        Vector<double> w5,
        Vector<double> w6,
        Vector<double> w7,
        double* target,
        int columnCount)
    {
        for (var j = 0; j < columnCount; j += Vector<double>.Count)
        {
            // Two chains of four multiply-adds have half the latency of one chain of eight.
            var even = Vector.MultiplyAddEstimate(w0, Vector.Load(y + j), Vector.Load(target + j));
            var odd = w1 * Vector.Load(y + Stride + j);
            even = Vector.MultiplyAddEstimate(w2, Vector.Load(y + (2 * Stride) + j), even);
            odd = Vector.MultiplyAddEstimate(w3, Vector.Load(y + (3 * Stride) + j), odd);
            even = Vector.MultiplyAddEstimate(w4, Vector.Load(y + (4 * Stride) + j), even);
            odd = Vector.MultiplyAddEstimate(w5, Vector.Load(y + (5 * Stride) + j), odd);
            even = Vector.MultiplyAddEstimate(w6, Vector.Load(y + (6 * Stride) + j), even);
            odd = Vector.MultiplyAddEstimate(w7, Vector.Load(y + (7 * Stride) + j), odd);
            Vector.Store(even + odd, target + j);
        }
    }
}
