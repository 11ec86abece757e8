namespace N2D.Data;

/// <summary>A value that a data set cannot hold, such as a list of texts.</summary>
/// <param name="Kind">The name of its kind in messages, in the plural.</param>
/// <param name="Sample">Its text for messages; null to show no text.</param>
internal sealed record UnusableValue(string Kind, string? Sample)
{
    /// <inheritdoc/>
    public override string ToString() => Sample ?? "";
}
