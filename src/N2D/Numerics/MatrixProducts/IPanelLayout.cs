namespace N2D.Numerics;

/// <summary>The layout of the micro-panels of a product, as constants of the micro-kernel.</summary>
internal interface IPanelLayout
{
    /// <summary>The number of values from one column of A to the next.</summary>
    static abstract int ColumnStride { get; }

    /// <summary>The number of values from one row of the micro-panel of B to the next.</summary>
    /// <param name="columnCount">The columns that the micro-kernel reads.</param>
    static abstract int RowStrideOfB(int columnCount);
}
