using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>The properties that identify the rows of an embedding in the output: Index, and Id and Label if the rows have them.</summary>
/// <param name="embedding">The embedding.</param>
internal sealed class RowIdentity(Embedding embedding)
{
    private readonly int[] _places = [.. embedding.EnumeratePlaces()];
    private readonly IReadOnlyList<string>? _ids = embedding.GetIds();
    private readonly Labels? _labels = embedding.GetLabels();

    /// <summary>The properties of a row.</summary>
    /// <param name="row">The row, from 0.</param>
    public IEnumerable<(string Name, object? Value)> Of(int row)
    {
        yield return ("Index", _places[row]);
        if (_ids is not null)
        {
            yield return ("Id", _ids[row]);
        }

        if (_labels is not null)
        {
            yield return ("Label", _labels[row]);
        }
    }
}
