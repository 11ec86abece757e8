namespace N2D.Numerics;

/// <summary>Receives a matrix product piece by piece, so that each piece can be post-processed while it is in the cache.</summary>
internal interface IProductTarget
{
    /// <summary>Receives part of a row. Different parts can arrive on several threads at once.</summary>
    /// <param name="row">The row of C.</param>
    /// <param name="column">The first column of C.</param>
    /// <param name="values">The values: <see cref="MicroKernel.NR"/>, or fewer at the end of a row.</param>
    void Write(int row, int column, ReadOnlySpan<float> values);
}
