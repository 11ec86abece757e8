namespace N2D.Data;

/// <summary>Stops a reader as soon as it knows the column names, for callers that need nothing else.</summary>
/// <param name="names">The names of all columns.</param>
internal sealed class ColumnsKnownException(IReadOnlyList<string> names) : OperationCanceledException
{
    /// <summary>The names of all columns.</summary>
    public IReadOnlyList<string> Names => names;
}
