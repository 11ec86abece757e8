namespace N2D.Manifolds;

/// <summary>The number of dimensions of a layout as a type, for which kernels are compiled.</summary>
internal interface ILayoutSpace
{
    /// <summary>1, 2 or 3.</summary>
    static abstract int Dimension { get; }
}

/// <summary>One dimension.</summary>
internal readonly struct Line : ILayoutSpace
{
    public static int Dimension => 1;
}

/// <summary>Two dimensions.</summary>
internal readonly struct Plane : ILayoutSpace
{
    public static int Dimension => 2;
}

/// <summary>Three dimensions.</summary>
internal readonly struct Volume : ILayoutSpace
{
    public static int Dimension => 3;
}
