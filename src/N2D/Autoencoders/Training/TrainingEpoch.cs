namespace N2D.Autoencoders;

/// <summary>What an epoch of training came to.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="Loss">The mean squared error of the reconstruction over the epoch's batches, as each was before its step.</param>
/// <param name="ValidationLoss">That of the validation rows after the epoch; null if there are none.</param>
/// <param name="Seconds">Seconds since training began.</param>
public sealed record TrainingEpoch(int Epoch, double Loss, double? ValidationLoss, double Seconds);
