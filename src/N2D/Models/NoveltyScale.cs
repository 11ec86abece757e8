using N2D.Clustering;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>
/// The scale of novelty. It is fitted to the distances of the training rows at each stage, each measured as if the row was left out of the
/// fit (leave-one-out), because a fit is closer to its own rows than to others. The novelty of a row is the largest of its distances at
/// all stages, each divided by its 99th percentile on the training rows; the result is divided by its own 99th percentile. So 99 % of
/// training-like rows have a novelty of 1 or less. If no stage measures distances (as with scaling only), the clusterer does.
/// </summary>
/// <param name="Distances">
/// The 99th percentile at each stage; null if the stage measures no distances, or all are zero. If this is so for all stages, the
/// clusterer's percentile only.
/// </param>
/// <param name="Largest">The 99th percentile of the training rows' largest scaled distance.</param>
/// <param name="IsOfClusterer">Whether the distances are those of the clusterer, not of the stages.</param>
internal sealed record NoveltyScale(double?[] Distances, double Largest, bool IsOfClusterer = false)
{
    /// <summary>
    /// The number of rows to estimate the scale on; of more rows, a random sample. A hundred of these lie above the 99th percentile.
    /// </summary>
    private const int SampleSize = 10_000;
    private const double Share = 0.99;

    /// <summary>Fits the scale to the training rows.</summary>
    /// <param name="rows">All training rows.</param>
    /// <param name="stages">The fitted stages, in order.</param>
    /// <param name="clusterer">The clusterer that was fitted to the output of the stages; null if there is none.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>The scale; null if a stage cannot transform new rows, or if nothing measures distances.</returns>
    public static NoveltyScale? Fit(IDataMatrix rows, IReadOnlyList<FittedStage> stages, FittedClusterer? clusterer, Execution execution)
    {
        if (stages.Any(stage => stage.WhyNoTransform is not null))
        {
            return null;
        }

        var run = PipelineRun.OfLeftOut(rows.RowCount <= SampleSize ? rows : rows.Sample(SampleSize), stages, execution);
        return Of(run.Distances, isOfClusterer: false)
            ?? (clusterer is null ? null : Of([clusterer.MeasureLeftOut(run.Rows, execution)], isOfClusterer: true));
    }

    /// <summary>Whether the scale is valid for a pipeline.</summary>
    public bool Fits(int stageCount, bool hasClusterer) =>
        (IsOfClusterer ? hasClusterer && Distances.Length == 1 : Distances.Length == stageCount)
        && Distances.All(distance => distance is null || IsScale(distance.Value))
            && Distances.Any(distance => distance is not null)
            && IsScale(Largest);

    /// <summary>Returns the novelty of rows.</summary>
    /// <param name="distances">
    /// The distances of the rows at each stage, null if the stage does not measure them; or those of the clusterer.
    /// </param>
    public float[] Of(float[]?[] distances)
    {
        var novelty = new float[distances.First(stage => stage is not null)!.Length];
        for (var stage = 0; stage < distances.Length; stage++)
        {
            if (Distances[stage] is { } scale && distances[stage] is { } ofRows)
            {
                for (var row = 0; row < novelty.Length; row++)
                {
                    novelty[row] = Math.Max(novelty[row], (float)(ofRows[row] / scale / Largest));
                }
            }
        }

        return novelty;
    }

    /// <summary>Returns the scale after the last stage was updated with more rows. The scales of the other stages stay the same.</summary>
    /// <param name="last">The last stage.</param>
    /// <param name="rows">The rows that it was fitted to.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public NoveltyScale WithLast(FittedStage last, Matrix rows, Execution execution)
    {
        var sample = rows.RowCount <= SampleSize ? rows : rows.Sample(SampleSize);
        return IsOfClusterer || last.MeasureLeftOut(sample, execution).Distances is not { } distances
            ? this
            : this with { Distances = [.. Distances[..^1], Quantile(distances)] };
    }

    private static NoveltyScale? Of(float[]?[] distances, bool isOfClusterer)
    {
        var scales = Array.ConvertAll(distances, ofRows => ofRows is null ? null : Quantile(ofRows));
        return scales.All(scale => scale is null)
            ? null
            : new NoveltyScale(scales, Quantile(new NoveltyScale(scales, 1).Of(distances))!.Value, isOfClusterer);
    }

    private static bool IsScale(double value) => value > 0 && double.IsFinite(value);

    /// <summary>Returns the 99th percentile; the smallest positive value if that is zero; null if all values are zero.</summary>
    private static double? Quantile(float[] values)
    {
        var ascending = values.Order().ToArray();
        var quantile = ascending[Math.Clamp((int)Math.Ceiling(Share * ascending.Length) - 1, 0, ascending.Length - 1)];
        return quantile > 0 ? quantile : Array.Find(ascending, value => value > 0) is > 0 and var least ? least : null;
    }
}
