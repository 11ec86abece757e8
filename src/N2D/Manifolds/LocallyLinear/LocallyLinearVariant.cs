namespace N2D.Manifolds;

/// <summary>How a locally linear embedding writes rows by their neighbours.</summary>
public enum LocallyLinearVariant
{
    /// <summary>By the one best combination of the neighbours (Roweis and Saul, 2000).</summary>
    Standard,

    /// <summary>By several good ones, which keeps more of the local geometry where there are more neighbours than dimensions (Zhang and Wang, 2007).</summary>
    Modified,
}
