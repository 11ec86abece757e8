using N2D.Data;

namespace N2D.PowerShell;

/// <summary>PowerShell commands that the messages of errors and warnings recommend. The library gives its remedies in words only.</summary>
internal static class Remedies
{
    /// <summary>For the warning about subfolders with images.</summary>
    public const string Subfolders = "For example: Get-ChildItem FOLDER -Recurse -File | Import-N2DDataset";

    private static readonly Dictionary<string, Func<N2DException, string?>> ById = new(StringComparer.Ordinal)
    {
        ["JsonShape"] = error => ReadTable(error) is { } command ? $"For example: {command}" : null,
        ["IdAmbiguous"] = _ => "To match by order, use -ByOrder.",
        ["IdsRequired"] = _ => "Use -IdColumn of Import-N2DDataset, -IdProperty of ConvertTo-N2DDataset, or -ByOrder.",
        ["NoClusterer"] = _ => "For the embedding alone, use -EmbeddingOnly.",
        ["NotFitted"] = error => error.Message.Contains("Self-training", StringComparison.Ordinal)
            ? "Pipe the output of Invoke-N2DCluster or Invoke-N2D."
            : null,
        ["NoClusterCountCurve"] = _ => "For example: Invoke-N2DCluster -ClusterCount Auto -Method GaussianMixture",
        ["PlotSizeOutOfRange"] = error => error.Message.Contains("characters", StringComparison.Ordinal)
            ? "For a size in pixels, use -Sixel or -Window."
            : null,
        ["TooManyValues"] = error => error.Message.Contains("Write the codes to a file", StringComparison.Ordinal)
            ? "Use -CodePath."
            : null,
    };

    /// <summary>Appends the remedy in PowerShell of an error to its message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="error">The error.</param>
    public static string Append(string message, N2DException error) =>
        ById.TryGetValue(error.Id, out var find) && find(error) is { } remedy ? $"{message} {remedy}" : message;

    /// <summary>Reads one of several tables in a JSON file.</summary>
    private static string? ReadTable(N2DException error)
    {
        // An error that names the cmdlet wraps the one with the data.
        var data = error.Data.Contains(JsonReader.TablePath) ? error.Data : error.InnerException?.Data;
        return data?[JsonReader.TablePath] is IEnumerable<string> path && error.Target is string file
            ? $"(Get-Content {Quoted(Path.GetFileName(file))} -Raw | "
                + $"ConvertFrom-Json).{string.Join('.', path.Select(Quotation.ArgumentOf))} | ConvertTo-N2DDataset"
            : null;
    }

    private static string Quoted(string text) => $"'{Quotation.Printable(text).Replace("'", "''", StringComparison.Ordinal)}'";
}
