using N2D.Numerics;

namespace N2D.Plotting;

/// <summary>One picture of rows in the plane, coloured by category.</summary>
/// <param name="Title">What stands above it; may have several lines.</param>
/// <param name="Points">n x 2.</param>
/// <param name="Categories">The category of each row, from 0, or -1 where it is not known; empty if none is.</param>
/// <param name="CategoryNames">What the legend calls each category.</param>
/// <param name="CategoryColors">The number of each category's colour, so that two panels can agree.</param>
/// <param name="AxisNames">What the axes mean.</param>
internal sealed record ScatterPanel(
    string Title,
    Matrix Points,
    int[] Categories,
    IReadOnlyList<string> CategoryNames,
    IReadOnlyList<int> CategoryColors,
    (string Horizontal, string Vertical) AxisNames)
{
    /// <summary>What the legend calls rows of category -1; null to leave them out of it.</summary>
    public string? UncategorisedName { get; init; }
}
