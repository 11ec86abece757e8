using System.Diagnostics;
using System.Globalization;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Autoencoders;

/// <summary>Makes autoencoders from weights that were trained before.</summary>
internal static class PretrainedAutoencoder
{
    /// <summary>Makes an autoencoder from weights, and encodes rows on the CPU.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="options">The network.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="image">The shape of the image in each row; null if the rows are not images.</param>
    /// <param name="output">Where the codes go.</param>
    /// <typeparam name="TCodes">The matrix of codes.</typeparam>
    public static (Autoencoder Autoencoder, TCodes Codes) Load<TCodes>(
        IDataMatrix rows,
        AutoencoderOptions options,
        AutoencoderWeights weights,
        Execution execution,
        ImageShape? image,
        ICodeOutput<TCodes> output)
        where TCodes : IDataMatrix
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(execution);
        output.ThrowIfNotWritable(rows.RowCount, options.LatentDimension);
        weights.ThrowIfMismatched(options, rows.ColumnCount, image);
        var clock = Stopwatch.StartNew();
        var plan = new NetworkPlan(options, rows.ColumnCount, image);
        var parameters = weights.ValuesFor(plan.Layout);
        using var network = plan.CreateOnProcessor(parameters, execution);
        rows.ThrowIfNotFinite(execution);
        var codes = output.Encode(network, rows, options.LatentDimension, execution);
        var loss = ReconstructionError.Of(network, rows, execution);
        execution.Explain?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"Autoencoder {plan}: weights from '{weights.FilePath}', no training; mean squared error {loss:G4}."));
        if (!(loss <= ReconstructionError.OfMean(rows, execution)))
        {
            execution.Warn?.Invoke(
                $"With the weights from '{weights.FilePath}', the reconstruction of these rows is worse than their mean. The weights "
                    + "were probably trained on other data, on values of another scale, or for too few epochs.");
        }

        var autoencoder = new Autoencoder(options, rows.ColumnCount, plan, parameters, loss, "cpu")
        {
            Seconds = clock.Elapsed.TotalSeconds,
            WeightsFile = Path.GetFileName(weights.FilePath),
            NoveltyReference = NoveltyReference.Of(rows),
        };
        return (autoencoder, codes);
    }
}
