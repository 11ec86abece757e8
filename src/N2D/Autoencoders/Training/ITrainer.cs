namespace N2D.Autoencoders;

/// <summary>Trains a network step by step on a device, or several networks of the same shape together.</summary>
internal interface ITrainer : IDisposable
{
    /// <summary>The networks.</summary>
    IReadOnlyList<ITrainedNetwork> Networks { get; }

    /// <summary>
    /// Makes one step of each network, and adds the squared errors of its batch and the new parameters to their sum and average.
    /// </summary>
    /// <param name="batches">The indices of the rows: a batch of each network, of the same size, one after another.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="factor">The factor of the schedule by which the learning rate is multiplied.</param>
    void Step(ReadOnlySpan<int> batches, int epoch, double factor);
}
