namespace N2D.Data;

/// <summary>Stops a reader, as a cancellation does, when the names of its columns are known and nothing else is wanted.</summary>
/// <param name="names">The names.</param>
internal sealed class ColumnsKnownException(IReadOnlyList<string> names) : OperationCanceledException
{
    /// <summary>The names of all columns.</summary>
    public IReadOnlyList<string> Names => names;
}
