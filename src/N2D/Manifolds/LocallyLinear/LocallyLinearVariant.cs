namespace N2D.Manifolds;

/// <summary>The way in which a locally linear embedding describes rows by their neighbors.</summary>
public enum LocallyLinearVariant
{
    /// <summary>The best combination of the neighbors (Roweis and Saul, 2000).</summary>
    Standard,

    /// <summary>
    /// Several good combinations, which preserve more of the local geometry with more neighbors than dimensions (Zhang and Wang, 2007).
    /// </summary>
    Modified,
}
