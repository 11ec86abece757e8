namespace N2D.Data;

/// <summary>An array in an HDF5 file.</summary>
/// <param name="Path">Its path, without a leading slash.</param>
/// <param name="Sizes">Its dimensions; none for a scalar.</param>
/// <param name="IsNumeric">Whether it holds numbers.</param>
internal sealed record Hdf5Array(string Path, ulong[] Sizes, bool IsNumeric)
{
    /// <summary>The text in messages: <c>'train/data' 100 x 784</c>.</summary>
    public override string ToString() =>
        $"{Quotation.Of(Path)} {(Sizes.Length == 0 ? "(a single value)" : string.Join(" x ", Sizes))}{(IsNumeric ? "" : " (no numbers)")}";
}
