using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>
/// The strips into which the columns of a scatter matrix Σ w (x - μ)(x - μ)ᵀ are divided among threads, and the packing of its rows for
/// <see cref="SymmetricUpdate"/>.
/// </summary>
/// <remarks>
/// Threads divide the columns of the sums, not the rows, so that there is one array of sums, however many threads there are. Each sum adds
/// its terms in the order of the rows.
/// </remarks>
internal static unsafe class ScatterStrips
{
    private const int PanelWidth = SymmetricUpdate.PanelWidth;

    // With fewer columns for each thread, copying the rows takes longer than the products.
    private const int MinPanelsPerStrip = 4;

    /// <summary>The number of strips of each scatter matrix, to have work for all threads.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="matrixCount">The number of scatter matrices.</param>
    /// <param name="threadCount">The number of threads.</param>
    public static int Count(int dimension, int matrixCount, int threadCount) => threadCount == 1
        ? 1
        : Math.Clamp((2 * threadCount) / matrixCount, 1, Math.Max(1, SymmetricUpdate.PanelCount(dimension) / MinPanelsPerStrip));

    /// <summary>The panels of a strip. Strips have about the same number of products below the diagonal.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="strip">The number of the strip.</param>
    /// <param name="stripCount">The number of strips.</param>
    /// <returns>The first panel, the panel after the last, and the columns up to there: a strip is multiplied by those before it.</returns>
    public static (int First, int End, int ColumnCount) Panels(int dimension, int strip, int stripCount)
    {
        Debug.Assert(strip >= 0 && strip < stripCount, "The strip must be one of the strips.");
        var panelCount = SymmetricUpdate.PanelCount(dimension);
        var end = Bound(strip + 1);
        return (Bound(strip), end, Math.Min(end * PanelWidth, dimension));

        int Bound(int place) => (int)Math.Round(panelCount * Math.Sqrt((double)place / stripCount));
    }

    /// <summary>Packs √w (x - μ) of some rows into the panels of their first columns.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="numbers">The numbers of the rows.</param>
    /// <param name="roots">√w of each of these rows.</param>
    /// <param name="means">The means of the columns to pack.</param>
    /// <param name="panels">Receives the panels, with zeros as padding.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(
        Matrix rows, ReadOnlySpan<int> numbers, ReadOnlySpan<double> roots, ReadOnlySpan<double> means, double* panels)
    {
        Debug.Assert(roots.Length >= numbers.Length && means.Length <= rows.ColumnCount, "There must be a weight for each row.");
        var panelSize = numbers.Length * PanelWidth;
        for (var place = 0; place < numbers.Length; place++)
        {
            var root = roots[place];
            var target = panels + (place * PanelWidth);
            fixed (float* values = rows.Row(numbers[place]))
            fixed (double* center = means)
            {
                var first = 0;
                for (; first <= means.Length - PanelWidth; first += PanelWidth, target += panelSize)
                {
                    for (var column = 0; column < PanelWidth; column += Vector256<double>.Count)
                    {
                        var value = Vector256.WidenLower(Vector128.Load(values + first + column).ToVector256Unsafe());
                        Vector256.Store(root * (value - Vector256.Load(center + first + column)), target + column);
                    }
                }

                if (first < means.Length)
                {
                    new Span<double>(target, PanelWidth).Clear();
                    for (var column = first; column < means.Length; column++)
                    {
                        target[column - first] = root * (values[column] - center[column]);
                    }
                }
            }
        }
    }
}
