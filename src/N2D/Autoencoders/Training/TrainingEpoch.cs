namespace N2D.Autoencoders;

/// <summary>The loss of one epoch of training.</summary>
/// <param name="Epoch">The number of the epoch, from 1.</param>
/// <param name="Loss">The mean squared error of the reconstruction over the epoch's batches, each computed before its step.</param>
/// <param name="ValidationLoss">The mean squared error of the validation rows after the epoch; null if there are none.</param>
/// <param name="Seconds">Seconds since the start of the training.</param>
public sealed record TrainingEpoch(int Epoch, double Loss, double? ValidationLoss, double Seconds);
