namespace N2D.Plotting;

/// <summary>What a plot shows, and how.</summary>
public enum PlotKind
{
    /// <summary>Rows as points in the plane: those of a clustering colored by cluster, those of an embedding by label.</summary>
    Scatter,

    /// <summary>Rows as points in the plane twice: by true label, and beside it by cluster in the colors of the labels that the clusters stand for.</summary>
    Comparison,

    /// <summary>How many rows of each class are in each cluster.</summary>
    Confusion,

    /// <summary>How much at home each row is in its cluster, cluster by cluster.</summary>
    Silhouette,

    /// <summary>The curve by which the number of clusters was chosen.</summary>
    ClusterCount,

    /// <summary>The images nearest the center of each cluster.</summary>
    Exemplar,

    /// <summary>The course of the loss over the epochs of a training.</summary>
    Loss,
}
