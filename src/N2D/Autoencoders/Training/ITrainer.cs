namespace N2D.Autoencoders;

/// <summary>
/// Trains a network step by step on a device: the network, its gradient and optimizer, the moving average of its parameters, and the
/// parameters of the best epoch.
/// </summary>
internal interface ITrainer : IDisposable
{
    /// <summary>The network.</summary>
    INetwork Network { get; }

    /// <summary>The number of steps so far.</summary>
    int StepCount { get; set; }

    /// <summary>The sum of the squared errors of the current epoch. Reading it waits for a GPU.</summary>
    float SquaredErrors { get; }

    /// <summary>Everything that the training continues from, besides its counters: parameters, errors, average, optimizer.</summary>
    IReadOnlyList<TrainingArray> Arrays { get; }

    /// <summary>Makes one step, and adds the squared errors of its batch and the new parameters to their sum and average.</summary>
    /// <param name="batch">The indices of the rows.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="factor">The factor of the schedule by which the learning rate is multiplied.</param>
    void Step(ReadOnlySpan<int> batch, int epoch, double factor);

    /// <summary>Starts the sum of the squared errors of another epoch.</summary>
    void ResetSquaredErrors();

    /// <summary>Returns the sum of the squared errors of rows, without dropout and noise, the same for any number of threads.</summary>
    /// <param name="batch">The indices of the rows, at most a batch.</param>
    double SquaredErrorsOf(ReadOnlySpan<int> batch);

    /// <summary>
    /// Swaps the parameters and their average, so that the network is the one that the training would end with. The next call swaps them
    /// back. Does nothing without an average.
    /// </summary>
    void SwapAverage();

    /// <summary>Keeps the parameters as those of the best epoch.</summary>
    void KeepBest();

    /// <summary>Replaces the parameters by those of the best epoch.</summary>
    void RestoreBest();

    /// <summary>Returns a copy of the parameters.</summary>
    float[] CopyParameters();
}
