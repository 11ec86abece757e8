using SkiaSharp;

namespace N2D.Plotting;

/// <summary>Converts plots to text that a terminal shows as a picture.</summary>
public static class TerminalPicture
{
    /// <summary>
    /// The assumed size of a character cell, in pixels. Text in plots takes about one such cell per letter, so the terminal can write it.
    /// </summary>
    internal const int CellWidth = 8, CellHeight = 16;

    private const int MinColumns = 20, MinLineCount = 10, MaxSide = 1000;
    private const int DefaultColumns = 80;

    /// <summary>The number of terminal lines that are left for the prompt.</summary>
    private const int SpareLines = 2;

    /// <summary>Rejects a size in characters that is out of range.</summary>
    /// <param name="columns">The number of characters in each line; null for that of the terminal.</param>
    /// <param name="lines">The number of lines; null for that of the terminal.</param>
    /// <exception cref="N2DException">A side is out of range (<c>PlotSizeOutOfRange</c>).</exception>
    public static void CheckSize(int? columns, int? lines)
    {
        if (columns is < MinColumns or > MaxSide || lines is < MinLineCount or > MaxSide)
        {
            var sides = new[] { columns is null ? null : $"{columns} columns", lines is null ? null : $"{lines} lines" };
            throw new N2DException(
                "PlotSizeOutOfRange",
                ErrorKind.InvalidArgument,
                $"The plot has {string.Join(" and ", sides.OfType<string>())} of characters; it must have {MinColumns} to {MaxSide} "
                    + $"columns and {MinLineCount} to {MaxSide} lines.",
                columns ?? lines);
        }
    }

    /// <summary>Converts a plot to characters: two pixels per character in 24-bit color, and the plot's text as text.</summary>
    /// <param name="picture">The plot.</param>
    /// <param name="terminal">The size of the terminal.</param>
    /// <param name="columns">The number of characters in each line; null for that of the terminal.</param>
    /// <param name="lines">The number of lines; null to fit the plot and the terminal.</param>
    /// <param name="theme">The theme.</param>
    /// <returns>The lines, each with a line break.</returns>
    /// <exception cref="N2DException">A side is out of range (<c>PlotSizeOutOfRange</c>).</exception>
    public static string HalfBlocks(PlotPicture picture, TerminalSize terminal, int? columns, int? lines, PlotTheme theme)
    {
        ArgumentNullException.ThrowIfNull(picture);
        CheckSize(columns, lines);

        // The last column stays free, because some terminals break a full line before its line break.
        var width = columns ?? Math.Clamp((terminal.Columns ?? DefaultColumns + 1) - 1, MinColumns, MaxSide);
        var style = CharacterPicture.StyleOf(ThemeColors.Of(theme));
        var preferred = (double)picture.HeightFor(width * CellWidth, style) / CellHeight;
        var available = Math.Max(picture.MinLines, (terminal.Lines ?? MaxSide) - SpareLines);
        var height = lines ?? Math.Clamp(Math.Max(picture.MinLines, (int)Math.Ceiling(preferred)), MinLineCount, available);
        return new CharacterPicture(picture, width, height, style).ToString();
    }

    /// <summary>Converts a plot to sixels, for a terminal that supports them.</summary>
    /// <param name="picture">The plot.</param>
    /// <param name="terminal">The size of the terminal.</param>
    /// <param name="width">The width, in pixels; null for 8 pixels per character of the terminal, which fits all common fonts.</param>
    /// <param name="height">The height, in pixels; null for the plot's default proportions.</param>
    /// <param name="theme">The theme.</param>
    /// <exception cref="N2DException">A side is out of range (<c>PlotSizeOutOfRange</c>).</exception>
    public static string Sixels(PlotPicture picture, TerminalSize terminal, int? width, int? height, PlotTheme theme)
    {
        ArgumentNullException.ThrowIfNull(picture);
        PlotFile.CheckSize(width, height);
        var across = width ?? Math.Clamp((terminal.Columns ?? DefaultColumns) * CellWidth, 320, picture.DefaultWidth);
        var style = new DrawingStyle(ThemeColors.Of(theme));
        var down = height ?? picture.HeightFor(across, style);
        using var bitmap = picture.ToBitmap(new SKSizeI(across, down), style);
        return SixelPicture.Encode(bitmap) + Environment.NewLine;
    }
}
