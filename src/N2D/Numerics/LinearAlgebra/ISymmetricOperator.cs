namespace N2D.Numerics;

/// <summary>A symmetric positive semidefinite matrix that is available as products with vectors.</summary>
internal interface ISymmetricOperator
{
    /// <summary>The number of rows and columns, d.</summary>
    int Dimension { get; }

    /// <summary>Multiplies the matrix with vectors.</summary>
    /// <param name="vectors">w vectors of d values, one after another.</param>
    /// <param name="products">Receives the w products.</param>
    void Multiply(double[] vectors, double[] products);
}
