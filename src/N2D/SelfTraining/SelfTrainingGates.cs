using System.Globalization;
using N2D.Classifiers;
using N2D.Models;

namespace N2D.SelfTraining;

/// <summary>
/// The gates of self-training, which need no labels: clusters that another seed, or another half of the rows, does not reproduce are not
/// trained on.
/// </summary>
/// <remarks>
/// Both measures are simple agreement rates. Their thresholds come from our own measurements on noise and on images (bench/gate.ps1, with
/// the figures in bench/README.md). A clustering that passes can still be wrong.
/// </remarks>
/// <param name="options">The thresholds.</param>
/// <param name="dataset">The name of the data set.</param>
/// <param name="execution">Warnings and explanations.</param>
internal sealed class SelfTrainingGates(SelfTrainingOptions options, string dataset, Execution execution)
{
    private const string Layouts = nameof(SelfTrainingOptions.MinimumAgreement);
    private const string Networks = nameof(SelfTrainingOptions.MinimumNetworkAgreement);

    /// <summary>Whether both layouts before the first round agree on enough rows. Otherwise, warns.</summary>
    /// <param name="pair">The layouts.</param>
    public bool Passes(LayoutPair pair)
    {
        var share = TextOf(pair.AgreedShare);
        var minimum = options.MinimumAgreement.ToString(CultureInfo.InvariantCulture);
        if (pair.AgreedShare < options.MinimumAgreement)
        {
            execution.Advise(
                $"Self-training did not start, and the clusters of '{dataset}' are unchanged: a second layout with another seed puts only "
                    + $"a share of {share} of the rows in the same cluster, and {Layouts} is {minimum}. Training on such clusters would "
                    + "make wrong clusters look certain. Try another number of clusters, or other stages before them. To continue anyway, "
                    + $"set {Layouts} to 0.",
                Layouts);
            return false;
        }

        execution.ExplainChoice(
            $"Self-training of '{dataset}': a second layout with another seed puts a share of {share} of the rows in the same cluster, and "
                + $"{Layouts} is {minimum}.",
            Layouts);
        return true;
    }

    /// <summary>Whether both networks of a round predict the same cluster for enough rows. Otherwise, warns.</summary>
    /// <param name="fit">The networks.</param>
    /// <param name="round">The number of the round, from 1.</param>
    public bool Passes(CrossFit fit, int round)
    {
        var share = TextOf(fit.Agreement);
        var minimum = options.MinimumNetworkAgreement.ToString(CultureInfo.InvariantCulture);
        if (fit.Agreement < options.MinimumNetworkAgreement)
        {
            var state = round == 1
                ? "are unchanged"
                : string.Create(CultureInfo.InvariantCulture, $"are those of round {round - 1}");
            execution.Advise(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Self-training stopped in round {round}, and the clusters of '{dataset}' {state}: two networks, each trained on one "
                        + $"half of the rows, predict the same cluster for only a share of {share} of all rows, and {Networks} is "
                        + $"{minimum}. The halves do not show the same clusters, which is typical of rows without clusters, and of too "
                        + $"many clusters. Try another number of clusters, or other stages before them. To continue "
                        + $"anyway, set {Networks} to 0."),
                Networks);
            return false;
        }

        execution.ExplainChoice(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Self-training, round {round} of {options.Rounds}: two networks, each trained on one half of the rows, predict the same "
                    + $"cluster for a share of {share} of all rows, and {Networks} is {minimum}."),
            Networks);
        return true;
    }

    /// <summary>Shows a share with four digits. A share that fails must not look like its threshold, so digits are cut off.</summary>
    /// <remarks>In decimal numbers, because in binary ones, 0.0029 times 10,000 is less than 29.</remarks>
    internal static string TextOf(double share) =>
        (Math.Floor((decimal)share * 10_000) / 10_000).ToString("0.0###", CultureInfo.InvariantCulture);
}
