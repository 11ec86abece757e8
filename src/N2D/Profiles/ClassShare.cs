namespace N2D.Profiles;

/// <summary>A class in a cluster.</summary>
/// <param name="Class">The name of the class.</param>
/// <param name="RowCount">The number of the cluster's rows of this class.</param>
/// <param name="Share">Their share of the cluster's rows with a known class, 0 to 1.</param>
public sealed record ClassShare(string Class, int RowCount, double Share);
