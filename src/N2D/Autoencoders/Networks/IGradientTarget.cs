namespace N2D.Autoencoders;

/// <summary>
/// Receives the gradient of the loss by the parameters, part by part. Parts do not overlap, and can arrive on several threads at once. When
/// a part arrives, the pass no longer needs its parameters, so they can be updated.
/// </summary>
internal unsafe interface IGradientTarget
{
    /// <summary>Receives a part of the gradient.</summary>
    /// <param name="first">The index of the first parameter.</param>
    /// <param name="values">The derivatives of the loss by the parameters.</param>
    /// <param name="count">The number of parameters.</param>
    void Receive(long first, float* values, int count);

    /// <summary>Announces a part that arrives soon, so that its memory can be prefetched.</summary>
    /// <param name="first">The index of the first parameter.</param>
    /// <param name="count">The number of parameters.</param>
    void Prefetch(long first, int count);
}
