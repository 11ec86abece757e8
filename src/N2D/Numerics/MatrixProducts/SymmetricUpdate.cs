using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace N2D.Numerics;

/// <summary>
/// The symmetric rank-k update C ± Aᵀ A in double precision (SYRK), of the lower triangle. The columns of A are packed in panels of
/// <see cref="PanelWidth"/>, so that both factors of a micro-tile are read from consecutive memory.
/// </summary>
internal static unsafe class SymmetricUpdate
{
    /// <summary>The columns of a panel.</summary>
    public const int PanelWidth = DoubleMicroKernel.NR;

    /// <summary>The number of panels of some columns.</summary>
    /// <param name="columnCount">The number of columns.</param>
    public static int PanelCount(int columnCount) => (columnCount + PanelWidth - 1) / PanelWidth;

    /// <summary>Adds the products of packed columns to rows of C.</summary>
    /// <param name="panels">The panels, each depth x PanelWidth, row-major, with zeros as padding.</param>
    /// <param name="depth">The rows of A, k.</param>
    /// <param name="columnCount">The columns of A, and the rows and columns of C.</param>
    /// <param name="firstPanel">The first panel whose rows of C are updated.</param>
    /// <param name="endPanel">The panel after the last.</param>
    /// <param name="sign">1 to add, -1 to subtract.</param>
    /// <param name="c">C. Only the lower triangle is read and written.</param>
    /// <param name="stride">The number of values from one row of C to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(
        double* panels, int depth, int columnCount, int firstPanel, int endPanel, double sign, double* c, nint stride)
    {
        Debug.Assert(panels != null && c != null && stride >= columnCount, "The panels and C must be there, with whole rows.");
        Debug.Assert(firstPanel >= 0 && endPanel <= PanelCount(columnCount), "The panels must be those of the columns.");
        var tile = stackalloc double[DoubleMicroKernel.TileSize];
        var panelSize = (nint)depth * PanelWidth;
        for (var rowPanel = firstPanel; rowPanel < endPanel; rowPanel++)
        {
            for (var columnPanel = 0; columnPanel <= rowPanel; columnPanel++)
            {
                var b = panels + (columnPanel * panelSize);
                var firstColumn = columnPanel * PanelWidth;
                for (var row = rowPanel * PanelWidth; row < Math.Min((rowPanel + 1) * PanelWidth, columnCount); row += DoubleMicroKernel.MR)
                {
                    var a = panels + (rowPanel * panelSize) + (row % PanelWidth);
                    var needed = columnPanel < rowPanel ? PanelWidth : row + DoubleMicroKernel.MR - firstColumn;
                    DoubleMicroKernel.Multiply<DoubleMicroKernel.Columns>(a, 1, b, depth, needed, tile);
                    var target = c + (row * stride) + firstColumn;
                    if (columnPanel < rowPanel && row + DoubleMicroKernel.MR <= columnCount)
                    {
                        AddTile(tile, sign, target, stride);
                    }
                    else
                    {
                        for (var i = row; i < Math.Min(row + DoubleMicroKernel.MR, columnCount); i++)
                        {
                            var valid = Math.Min(PanelWidth, i - firstColumn + 1);
                            AddPartOfRow(tile + ((i - row) * PanelWidth), valid, sign, target + ((i - row) * stride));
                        }
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTile(double* tile, double sign, double* target, nint stride)
    {
        for (var row = 0; row < DoubleMicroKernel.MR; row++, tile += PanelWidth, target += stride)
        {
            ScaledVector.Add(new ReadOnlySpan<double>(tile, PanelWidth), sign, new Span<double>(target, PanelWidth));
        }
    }

    private static void AddPartOfRow(double* tile, int valid, double sign, double* target)
    {
        for (var column = 0; column < valid; column++)
        {
            target[column] += sign * tile[column];
        }
    }
}
