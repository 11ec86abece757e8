using N2D.Data;
using N2D.Pipeline;

namespace N2D.Tests.Data.Formats;

/// <summary>Base class of reader tests.</summary>
public abstract class ReaderTests : IDisposable
{
    internal TemporaryFiles Files { get; } = new();

    internal List<string> Warnings { get; } = [];

    internal List<string> Remarks { get; } = [];

    internal Execution Listening => new() { Warn = Warnings.Add, Explain = Remarks.Add };

    public void Dispose()
    {
        Files.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static float[] Values(Dataset dataset) => dataset.GetRawRows(Execution.Default).Values.ToArray();

    internal static IEnumerable<string?> LabelsOf(Dataset dataset) =>
        Enumerable.Range(0, dataset.RowCount).Select(row => dataset.Labels![row]);

    internal string Refused(string id, IDatasetReader reader, string path)
    {
        var error = Assert.Throws<N2DException>(() => reader.Read(path, Listening));
        Assert.True(error.Id == id, $"{error.Id}: {error.Message}");
        return error.Message;
    }

    internal static void StopsWhenCanceled(IDatasetReader reader, string path) =>
        Assert.ThrowsAny<OperationCanceledException>(() =>
            reader.Read(path, new Execution { CancellationToken = new CancellationToken(canceled: true) }));
}
