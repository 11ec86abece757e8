using N2D.Models;
using N2D.Plotting;
using N2D.Profiles;

namespace N2D.Reports;

/// <summary>The content of a report on one clustering.</summary>
internal sealed record ReportSection
{
    /// <summary>The data set, the stages and the clusterer.</summary>
    public required string Title { get; init; }

    /// <summary>What was found, in a sentence.</summary>
    public required string Finding { get; init; }

    /// <summary>The sizes and scores.</summary>
    public required IReadOnlyList<ReportFigure> Figures { get; init; }

    /// <summary>The stages and the clusterer with their settings.</summary>
    public required IReadOnlyList<StageSetting> Settings { get; init; }

    /// <summary>The map of the rows.</summary>
    public required ReportMap Map { get; init; }

    /// <summary>The profiles of the clusters; noise, if there is some, is the last.</summary>
    public required IReadOnlyList<ClusterProfile> Profiles { get; init; }

    /// <summary>The names of the clusters, such as <c>3: mostly seven</c>; the name of noise is the last.</summary>
    public required IReadOnlyList<string> ClusterNames { get; init; }

    /// <summary>What the words <c>mostly seven</c> in the names mean; null if no name has them.</summary>
    public required string? NameNote { get; init; }

    /// <summary>The typical rows of each cluster.</summary>
    public required ExemplarTable Exemplars { get; init; }

    /// <summary>The number of rows of each class in each cluster; null without labels.</summary>
    public required ConfusionCells? Confusion { get; init; }

    /// <summary>The curves of the fit.</summary>
    public required IReadOnlyList<ReportPicture> Curves { get; init; }

    /// <summary>The commands that repeat the clustering; empty to leave them out.</summary>
    public required IReadOnlyList<string> Commands { get; init; }

    /// <summary>Collects the content.</summary>
    /// <param name="result">The clustering.</param>
    /// <param name="options">The options.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public static ReportSection Of(ClusterResult result, ReportOptions options, Execution execution)
    {
        var source = options.SourceOf?.Invoke(result, execution);
        var dataset = source is null ? result.GetEmbedding().GetDataset() : source.Columns;
        var chosen = source is null ? options.Columns : source.Columns is null ? [] : null;
        var profiles = ClusterProfiles.Of(
            result, new ProfileOptions { Columns = chosen, Source = source?.Columns, Texts = source?.Texts }, execution.Part(0, 0.2));
        var columns = dataset is null
            ? new ReportColumns(result.GetEmbedding().GetDataset(), [])
            : ReportColumns.Of(dataset, chosen, profiles);
        var texts = RowTexts.Of(source);
        execution.Report("collecting the exemplars", 0.2);
        var exemplars = ExemplarTable.Of(result, columns, texts, options.ExemplarCount, execution.Part(0.2, 0.3));
        execution.Report("collecting the rows of the map", 0.3);
        var map = ReportMap.Of(result, columns, texts, options.Layout, execution.Part(0.3, 0.9));
        return new ReportSection
        {
            Title = $"{result.Dataset}: {result.Stages} > {result.Method}, {Quantity.Of(result.ClusterCount, "cluster")}",
            Finding = ReportFigures.FindingOf(result),
            Figures = ReportFigures.Of(result),
            Settings = StageSetting.Of(result),
            Map = map,
            Profiles = profiles,
            ClusterNames = [.. ClusterTitles.Of(result).Names, ClusterLegend.Noise],
            NameNote = ClusterTitles.NoteOf(result),
            Exemplars = exemplars,
            Confusion = result.GetContingencyTable() is null ? null : ConfusionCells.Of(result),
            Curves = ReportPicture.CurvesOf(result),
            Commands = options.CommandsOf?.Invoke(result) ?? [],
        };
    }
}
