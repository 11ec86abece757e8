namespace N2D.Plotting;

/// <summary>The color themes of plots.</summary>
public enum PlotTheme
{
    /// <summary>Dark on white: for paper.</summary>
    Light,

    /// <summary>Light on near-black: for dark slides and terminals.</summary>
    Dark,
}
