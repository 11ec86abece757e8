using SkiaSharp;

namespace N2D.Plotting;

/// <summary>
/// The heading of a plot: the title, and smaller lines such as the scores. It begins at the left, where a reader begins.
/// </summary>
internal sealed class PlotHeading
{
    private const float TitleSize = 17, NoteSize = 13;
    private const float TitleHeight = 24, NoteHeight = 19, Margin = 12;

    private readonly DrawingStyle _style;
    private readonly string[] _title;
    private readonly string[] _notes;
    private readonly float _left;

    /// <summary>Breaks a heading into lines.</summary>
    /// <param name="text">The text: the title in the first line, notes in further lines.</param>
    /// <param name="width">The width of the plot, in pixels.</param>
    /// <param name="style">The style.</param>
    public PlotHeading(string text, float width, DrawingStyle style)
    {
        _style = style;
        _left = style.GridWidth > 0 ? style.GridWidth : Margin;
        var lines = text.ReplaceLineEndings("\n").Split('\n', 2);
        var room = Math.Max(1, width - (2 * _left));
        _title = lines[0].Length == 0 ? [] : PlotText.Wrap(lines[0], TitleSize, room, style);
        _notes = lines.Length == 1 ? [] : PlotText.Wrap(lines[1], NoteSize, room, style);
    }

    /// <summary>The height, in pixels, with the space below.</summary>
    public float Height => _style.GridHeight > 0
        ? _style.GridHeight * (_title.Length + _notes.Length)
        : (TitleHeight * _title.Length) + (NoteHeight * _notes.Length) + Margin + (_title.Length + _notes.Length == 0 ? 0 : Margin / 2);

    /// <summary>Draws the heading at the top of a plot.</summary>
    /// <param name="canvas">The canvas.</param>
    public void Draw(SKCanvas canvas)
    {
        var top = _style.GridHeight > 0 ? 0 : Margin / 2;
        var (text, note) = (_style.Colors.Text.ToSKColor(), _style.Colors.Frame.ToSKColor());
        top = Draw(canvas, _title, top, TitleSize, _style.LineOr(TitleHeight), text);
        Draw(canvas, _notes, top, NoteSize, _style.LineOr(NoteHeight), note);
    }

    private float Draw(SKCanvas canvas, string[] lines, float top, float size, float height, SKColor color)
    {
        foreach (var line in lines)
        {
            PlotText.Draw(canvas, line, new SKPoint(_left, top + (height / 2)), size, color, _style);
            top += height;
        }

        return top;
    }
}
