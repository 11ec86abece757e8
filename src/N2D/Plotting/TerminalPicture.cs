using System.Globalization;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>Plots as text that a terminal shows as a picture.</summary>
public static class TerminalPicture
{
    /// <summary>
    /// What a character is taken to measure, in pixels: text of the plots' size takes about one such cell a letter, so that a terminal can write it itself.
    /// </summary>
    internal const int CellWidth = 8, CellHeight = 16;

    private const int FewestColumns = 20, FewestLines = 10, Most = 1000;
    private const int UsualColumns = 80;

    /// <summary>Lines of the terminal that are left to the prompt.</summary>
    private const int SpareLines = 2;

    /// <summary>Refuses a size in characters that plots are not drawn in.</summary>
    /// <param name="columns">Characters, or null for the terminal's.</param>
    /// <param name="lines">Lines, or null for the terminal's.</param>
    /// <exception cref="N2DException">A side is out of range (<c>PlotSizeOutOfRange</c>).</exception>
    public static void CheckSize(int? columns, int? lines)
    {
        if (columns is < FewestColumns or > Most || lines is < FewestLines or > Most)
        {
            throw new N2DException(
                "PlotSizeOutOfRange",
                ErrorKind.InvalidArgument,
                string.Create(CultureInfo.InvariantCulture, $"A plot of {(columns is null ? "" : $"{columns} characters a line")}{(columns is null || lines is null ? "" : " and ")}{(lines is null ? "" : $"{lines} lines")}: a terminal's must be {FewestColumns} to {Most} wide and {FewestLines} to {Most} high. ")
                    + "Pixels go with -Sixel and -Window.",
                columns ?? lines);
        }
    }

    /// <summary>Two pixels a character, in 24-bit color, with the plot's text as text.</summary>
    /// <param name="picture">The plot.</param>
    /// <param name="terminal">Where it is to be shown.</param>
    /// <param name="columns">Characters a line; null for the terminal's.</param>
    /// <param name="lines">Lines; null for what suits plot and terminal.</param>
    /// <param name="theme">The ground that it is drawn on.</param>
    /// <returns>The lines, each ended.</returns>
    /// <exception cref="N2DException">A side is out of range (<c>PlotSizeOutOfRange</c>).</exception>
    public static string HalfBlocks(PlotPicture picture, TerminalSize terminal, int? columns, int? lines, PlotTheme theme)
    {
        ArgumentNullException.ThrowIfNull(picture);
        CheckSize(columns, lines);

        // The last column stays free: a terminal that breaks a full line would break it again at its end.
        var width = columns ?? Math.Clamp((terminal.Columns ?? UsualColumns + 1) - 1, FewestColumns, Most);
        var wanted = (double)width * CellWidth * picture.DefaultHeight / picture.DefaultWidth / CellHeight;
        var height = lines ?? Math.Clamp(Math.Max(picture.LeastLines, (int)Math.Round(wanted)), FewestLines, Math.Max(picture.LeastLines, (terminal.Lines ?? Most) - SpareLines));
        return new CharacterPicture(picture, width, height, ThemeColors.Of(theme)).ToString();
    }

    /// <summary>All pixels, for a terminal that knows sixels.</summary>
    /// <param name="picture">The plot.</param>
    /// <param name="terminal">Where it is to be shown.</param>
    /// <param name="width">Pixels; null for 8 a character of the terminal, which is what fits all common fonts.</param>
    /// <param name="height">Pixels; null for what suits the plot.</param>
    /// <param name="theme">The ground that it is drawn on.</param>
    /// <exception cref="N2DException">A side is out of range (<c>PlotSizeOutOfRange</c>).</exception>
    public static string Sixels(PlotPicture picture, TerminalSize terminal, int? width, int? height, PlotTheme theme)
    {
        ArgumentNullException.ThrowIfNull(picture);
        PlotFile.CheckSize(width, height);
        var across = width ?? Math.Clamp((terminal.Columns ?? UsualColumns) * CellWidth, 320, picture.DefaultWidth);
        var down = height ?? (int)Math.Round((double)across * picture.DefaultHeight / picture.DefaultWidth);
        using var bitmap = picture.ToBitmap(new SKSizeI(across, down), new DrawingStyle(ThemeColors.Of(theme)));
        return SixelPicture.Encode(bitmap) + Environment.NewLine;
    }
}
