using System.Globalization;
using System.Runtime.CompilerServices;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>Validates the initial centers or means that a user provides instead of random ones.</summary>
internal static class InitialCenterValidation
{
    /// <summary>Returns centers if they are valid.</summary>
    /// <param name="centers">The centers, k x d; null for random ones.</param>
    /// <param name="counts">The number of clusters.</param>
    /// <param name="noun">The name of the centers in messages, such as <c>initial centers</c>.</param>
    /// <param name="option">The name of the option.</param>
    /// <exception cref="N2DException">
    /// The number of centers is not the number of clusters (<c>InitialCenterCount</c>), or a value is NaN or infinite (<c>NotFinite</c>).
    /// </exception>
    public static Matrix? Check(Matrix? centers, ClusterCountRange counts, string noun, [CallerMemberName] string option = "")
    {
        if (centers is null)
        {
            return null;
        }

        if (!counts.IsSingle || counts.Most != centers.RowCount)
        {
            throw new N2DException(
                "InitialCenterCount",
                ErrorKind.InvalidArgument,
                $"{option}: there are {centers.RowCount} {noun}, but the number of clusters is {counts}. Provide one for each cluster.",
                centers.RowCount)
            { Options = [option] };
        }

        centers.ThrowIfNotFinite();
        return centers;
    }

    /// <summary>Throws if centers and rows have different numbers of columns.</summary>
    /// <param name="centers">The centers; null for random ones.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="noun">The name of the centers in messages.</param>
    /// <param name="option">The name of the option.</param>
    /// <exception cref="N2DException">The numbers of columns differ (<c>DimensionMismatch</c>).</exception>
    public static void ThrowIfMismatched(Matrix? centers, Matrix rows, string noun, string option)
    {
        if (centers is not null && centers.ColumnCount != rows.ColumnCount)
        {
            throw new N2DException(
                "DimensionMismatch",
                ErrorKind.InvalidArgument,
                $"{option}: the {noun} have {Quantity.Of(centers.ColumnCount, "column")}, but the rows to cluster have "
                    + $"{rows.ColumnCount}. Use the columns of these rows, with the same scaling.",
                centers.ColumnCount)
            { Options = [option] };
        }
    }

    /// <summary>The text in a run's settings, such as <c>3x2</c>; null for random centers.</summary>
    /// <param name="centers">The centers.</param>
    public static string? Describe(Matrix? centers) => centers is null
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{centers.RowCount}x{centers.ColumnCount}");
}
