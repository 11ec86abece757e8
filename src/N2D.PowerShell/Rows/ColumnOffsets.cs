using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>Adds the offsets of columns back to their values. Columns of large numbers are stored as float32 minus an offset.</summary>
/// <param name="embedding">The rows.</param>
internal sealed class ColumnOffsets(Embedding embedding)
{
    private readonly IReadOnlyList<double>? _offsets = embedding.GetOffsets();

    /// <summary>The value in the source: a float, or a double if a float cannot hold it.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="value">The stored value.</param>
    public object Restore(int column, float value) => _offsets is not null && _offsets[column] != 0
        ? (object)(value + _offsets[column])
        : value;
}
