using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>The squared Mahalanobis distances |P (x - μ)|² of blocks of rows from the Gaussians of a mixture.</summary>
internal interface IBlockDistances
{
    /// <summary>The number of rows in a block, a multiple of <see cref="ColumnBlocks.RowMultiple"/>.</summary>
    int BlockSize { get; }

    /// <summary>The number of values of working memory.</summary>
    int ScratchLength { get; }

    /// <summary>The logarithm of the smallest responsibility that counts, relative to the largest.</summary>
    double LeastExponent { get; }

    /// <summary>Computes the squared distances of a block.</summary>
    /// <param name="start">The first row of the block.</param>
    /// <param name="count">The number of rows in the block, 1 to BlockSize.</param>
    /// <param name="isComplete">Whether all distances are wanted, even those of Gaussians with negligible responsibilities.</param>
    /// <param name="squares">
    /// Receives k x BlockSize values: the squared distances from the first Gaussian, then those from the second, and so on. Where the
    /// responsibility is negligible, they may be lower limits, unless all distances are wanted.
    /// </param>
    /// <param name="scratch">Working memory.</param>
    /// <param name="cancellationToken">Checked before each Gaussian.</param>
    void Compute(int start, int count, bool isComplete, Span<double> squares, Span<double> scratch, CancellationToken cancellationToken);
}
