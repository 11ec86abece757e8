namespace N2D.Data;

/// <summary>A value that no column of a data set can be made of, such as a list of texts.</summary>
/// <param name="Kind">What messages call its kind, in the plural.</param>
/// <param name="Sample">Its text; null to show none.</param>
internal sealed record UnusableValue(string Kind, string? Sample)
{
    /// <inheritdoc/>
    public override string ToString() => Sample ?? "";
}
