using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>Checks places that a fit is to begin at, which the user gives in place of drawn ones.</summary>
internal static class InitialPlaces
{
    /// <summary>Hands places on, or refuses them before anything long begins.</summary>
    /// <param name="places">The places, k x d; null for drawn ones.</param>
    /// <param name="counts">The number of clusters.</param>
    /// <param name="noun">What they are, such as <c>initial centers</c>.</param>
    /// <exception cref="N2DException">
    /// There is not one for each cluster (<c>InitialCenterCount</c>), or a value is NaN or infinite (<c>NotFinite</c>).
    /// </exception>
    public static Matrix? Check(Matrix? places, ClusterCountRange counts, string noun)
    {
        if (places is null)
        {
            return null;
        }

        if (!counts.IsSingle || counts.Most != places.RowCount)
        {
            throw new N2DException(
                "InitialCenterCount",
                ErrorKind.InvalidArgument,
                $"There are {places.RowCount} {noun}, and the number of clusters is {counts}. Give one for each cluster.",
                places.RowCount);
        }

        places.ThrowIfNotFinite();
        return places;
    }

    /// <summary>Refuses places that do not lie among the rows.</summary>
    /// <param name="places">The places; null for drawn ones.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="noun">What they are.</param>
    /// <exception cref="N2DException">They have another number of columns (<c>DimensionMismatch</c>).</exception>
    public static void ThrowIfMismatched(Matrix? places, Matrix rows, string noun)
    {
        if (places is not null && places.ColumnCount != rows.ColumnCount)
        {
            throw new N2DException(
                "DimensionMismatch",
                ErrorKind.InvalidArgument,
                $"The {noun} have {Quantity.Of(places.ColumnCount, "column")}, and the rows to cluster {rows.ColumnCount}. Give them in the columns of these rows, scaled as they are.",
                places.ColumnCount);
        }
    }

    /// <summary>What stands in a run's settings: <c>3x2</c>; null for drawn ones.</summary>
    /// <param name="places">The places.</param>
    public static string? Describe(Matrix? places) => places is null ? null : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{places.RowCount}x{places.ColumnCount}");
}
