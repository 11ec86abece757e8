using N2D.Clustering;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>
/// What the novelty of a row is measured by: how far the training rows lie from what each stage was fitted to, each told of as if it had been left out (leave-one-out), for a fit is nearer its own rows than others
/// of their kind. The novelty of a row is the largest of its distances at the stages that tell one, each in units of the distance that 99 of 100 training rows stay within, and these largest ones
/// again in such units: 99 of 100 rows like those of the training have a novelty of 1 or less. Where no stage tells of any, as scaled columns do not, the clusterer does.
/// </summary>
/// <param name="Distances">
/// That distance at each stage; null where the stage cannot tell of any, or all training rows are at none. Where that is so of all stages, the clusterer's alone.
/// </param>
/// <param name="Largest">What 99 of 100 training rows have as the largest of these at most.</param>
/// <param name="IsOfClusterer">Whether the distances are the clusterer's, and not the stages'.</param>
internal sealed record NoveltyScale(double?[] Distances, double Largest, bool IsOfClusterer = false)
{
    /// <summary>Rows that the scale is estimated on, drawn at random where there are more: a hundred of them lie beyond it.</summary>
    private const int SampleSize = 10_000;
    private const double Share = 0.99;

    /// <summary>Measures the training rows.</summary>
    /// <param name="rows">All of them.</param>
    /// <param name="stages">The stages that were fitted to them, in order.</param>
    /// <param name="clusterer">The clusterer that was fitted to what they make of the rows; null if there is none.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>The scale; null if a stage places no rows but those of its fit, or nothing can tell of any distance.</returns>
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

    /// <summary>Whether it is one of so many stages, or of a clusterer if there is one.</summary>
    public bool Fits(int stageCount, bool hasClusterer) => (IsOfClusterer ? hasClusterer && Distances.Length == 1 : Distances.Length == stageCount)
        && Distances.All(distance => distance is null || IsScale(distance.Value)) && Distances.Any(distance => distance is not null) && IsScale(Largest);

    /// <summary>The novelty of rows.</summary>
    /// <param name="distances">Their distances at each stage, null where the stage cannot tell; or the clusterer's.</param>
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

    /// <summary>The scale after the last stage was fitted to more rows; those of the other stages stay.</summary>
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

    /// <summary>What the share of the values stays within; the least above zero if that is none, null if all are zero.</summary>
    private static double? Quantile(float[] values)
    {
        var ascending = values.Order().ToArray();
        var quantile = ascending[Math.Clamp((int)Math.Ceiling(Share * ascending.Length) - 1, 0, ascending.Length - 1)];
        return quantile > 0 ? quantile : Array.Find(ascending, value => value > 0) is > 0 and var least ? least : null;
    }
}
