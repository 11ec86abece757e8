namespace N2D.Numerics;

/// <summary>Receives a matrix product piece by piece, so that each piece can be post-processed while it is in the cache.</summary>
internal unsafe interface IProductTarget
{
    /// <summary>Receives part of a row. Different parts can arrive on several threads at once.</summary>
    /// <param name="row">The row of C.</param>
    /// <param name="column">The first column of C.</param>
    /// <param name="values">The values.</param>
    /// <param name="count">The number of values.</param>
    void Write(int row, int column, float* values, int count);

    /// <summary>Announces parts that <see cref="Write"/> receives soon, so that their memory can be prefetched.</summary>
    /// <param name="row">The first row of C.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="column">The first column of C.</param>
    /// <param name="count">The number of values in each row.</param>
    void Prefetch(int row, int rowCount, int column, int count);
}
