namespace N2D.Plotting;

/// <summary>The ground that a plot is drawn on.</summary>
public enum PlotTheme
{
    /// <summary>Dark on white: for paper.</summary>
    Light,

    /// <summary>Light on near-black: for dark slides and terminals.</summary>
    Dark,
}
