namespace N2D.Autoencoders;

/// <summary>
/// A network in training, with its optimizer, the moving average of its parameters, and the parameters of the best epoch.
/// </summary>
internal interface ITrainedNetwork
{
    /// <summary>The network.</summary>
    INetwork Network { get; }

    /// <summary>The number of steps so far, of all networks of the trainer.</summary>
    int StepCount { get; set; }

    /// <summary>The sum of the squared errors of the current epoch. Reading it waits for a GPU.</summary>
    float SquaredErrors { get; }

    /// <summary>Everything that the training continues from, besides its counters: parameters, errors, average, optimizer.</summary>
    IReadOnlyList<TrainingArray> Arrays { get; }

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
