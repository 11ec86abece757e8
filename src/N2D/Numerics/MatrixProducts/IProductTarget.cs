namespace N2D.Numerics;

/// <summary>Takes a product of matrices as it comes, a piece of a row at a time, and so can finish it while it is in the cache.</summary>
internal interface IProductTarget
{
    /// <summary>Takes a piece. May be called from several threads, for different pieces.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="column">Its first column.</param>
    /// <param name="values">Its values, of <see cref="MicroKernel.Columns"/> columns or, at the end of a row, fewer.</param>
    void Write(int row, int column, ReadOnlySpan<float> values);
}
