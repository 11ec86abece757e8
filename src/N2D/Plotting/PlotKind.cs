namespace N2D.Plotting;

/// <summary>The kinds of plots.</summary>
public enum PlotKind
{
    /// <summary>A scatter plot: a clustering is colored by cluster, an embedding by label.</summary>
    Scatter,

    /// <summary>Two scatter plots: colored by true label, and by cluster in the colors of the matched labels.</summary>
    Comparison,

    /// <summary>A table of the number of rows of each class in each cluster.</summary>
    Confusion,

    /// <summary>The silhouette of each row, by cluster.</summary>
    Silhouette,

    /// <summary>The scores by which the number of clusters was chosen.</summary>
    ClusterCount,

    /// <summary>The images nearest to the center of each cluster.</summary>
    Exemplar,

    /// <summary>The images whose label is not the class that their cluster is matched with.</summary>
    Mismatch,

    /// <summary>The loss over the epochs of a training.</summary>
    Loss,
}
