using N2D.Numerics;

namespace N2D.Pipeline;

/// <summary>Checks that rows have the number of columns that a stage or a clusterer was fitted to.</summary>
internal static class FittedDimension
{
    /// <summary>Rejects rows with another number of columns.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="name">The name of the stage or clusterer.</param>
    /// <param name="dimension">The number of columns that it was fitted to.</param>
    /// <exception cref="N2DException">The rows have another number of columns (<c>DimensionMismatch</c>).</exception>
    public static void ThrowIfMismatched(IDataMatrix rows, string name, int dimension)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.ColumnCount != dimension)
        {
            throw new N2DException(
                "DimensionMismatch",
                ErrorKind.InvalidArgument,
                $"The {name} was fitted to rows of {Quantity.Of(dimension, "column")}; these have {rows.ColumnCount}.",
                rows.ColumnCount);
        }
    }
}
