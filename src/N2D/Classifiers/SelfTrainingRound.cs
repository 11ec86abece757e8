namespace N2D.Classifiers;

/// <summary>A round of self-training.</summary>
/// <param name="Round">The number of the round, from 1.</param>
/// <param name="AgreedShare">
/// The share of rows that both layouts before the round put in the same cluster, 0 to 1. The networks were trained on these rows.
/// </param>
/// <param name="NetworkAgreement">
/// The share of rows for which both networks predict the same cluster, 0 to 1. Each network was trained on one half of the rows.
/// </param>
/// <param name="MovedCount">The number of rows whose cluster the round changed.</param>
/// <param name="Seconds">The duration of the round, in seconds.</param>
public sealed record SelfTrainingRound(int Round, double AgreedShare, double NetworkAgreement, int MovedCount, double Seconds);
