namespace N2D.Manifolds;

/// <summary>How a locally linear embedding writes rows by their neighbors.</summary>
public enum LocallyLinearVariant
{
    /// <summary>By the one best combination of the neighbors (Roweis and Saul, 2000).</summary>
    Standard,

    /// <summary>By several good ones, which keeps more of the local geometry where there are more neighbors than dimensions (Zhang and Wang, 2007).</summary>
    Modified,
}
