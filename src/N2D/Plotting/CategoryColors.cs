using ScottPlot;

namespace N2D.Plotting;

/// <summary>Colours of categories: told apart with the common colour blindnesses, and dark enough for white paper.</summary>
internal static class CategoryColors
{
    /// <summary>The colour of rows of which nothing is known.</summary>
    public static readonly Color Unknown = Color.FromHex("#4D4D4D");

    /// <summary>In an order in which neighbours differ in hue and in lightness.</summary>
    private static readonly Color[] Colors =
    [
        .. new[]
        {
            "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#332288", "#999933", "#882255", "#44AA99",
            "#661100", "#6699CC", "#117733", "#CC6677", "#AA4499", "#8C8C8C", "#1B1B1B", "#B8860B", "#5A5AD6", "#00A0A0",
        }.Select(Color.FromHex),
    ];

    /// <summary>The colour of a category. Past twenty they come again, each time lighter.</summary>
    /// <param name="category">From 0.</param>
    public static Color Of(int category)
    {
        var color = Colors[category % Colors.Length];
        var round = category / Colors.Length;
        return round == 0 ? color : color.Lighten(Math.Min(0.6, 0.25 * round));
    }
}
