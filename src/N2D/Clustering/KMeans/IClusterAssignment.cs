namespace N2D.Clustering;

/// <summary>A device that assigns rows to their nearest centers for <see cref="HamerlyIterations"/>.</summary>
internal interface IClusterAssignment
{
    /// <summary>Forgets the clusters of the last start.</summary>
    void Start();

    /// <summary>Assigns each row to its nearest center, the first one in a tie.</summary>
    /// <param name="centers">k x d values.</param>
    /// <param name="clusters">Receives the cluster of each row.</param>
    /// <param name="sums">Receives the sum and the number of rows of each cluster.</param>
    /// <param name="execution">Cancellation.</param>
    /// <returns>The number of rows that changed their cluster.</returns>
    double Assign(float[] centers, int[] clusters, ClusterSums sums, Execution execution);
}
