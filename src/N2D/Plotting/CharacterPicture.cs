using System.Globalization;
using System.Text;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>
/// A plot in characters. The drawing is laid out for cells of fixed size. Everything but text is averaged to two pixels per cell; text is
/// written into the cells.
/// </summary>
internal sealed class CharacterPicture
{
    /// <summary>
    /// A character that fills the upper half of a cell with the foreground color. The lower half has the background color.
    /// </summary>
    private const char UpperHalf = '▀';

    private readonly int _columns;
    private readonly int _lines;
    private readonly (byte R, byte G, byte B)[] _pixels;
    private readonly (char Character, SKColor Color)[] _text;

    /// <summary>Draws a plot.</summary>
    /// <param name="picture">The plot.</param>
    /// <param name="columns">The number of characters in each line.</param>
    /// <param name="lines">The number of lines.</param>
    /// <param name="style">The style, of <see cref="StyleOf"/>.</param>
    public CharacterPicture(PlotPicture picture, int columns, int lines, DrawingStyle style)
    {
        (_columns, _lines) = (columns, lines);
        _text = new (char, SKColor)[columns * lines];
        var size = new SKSizeI(columns * TerminalPicture.CellWidth, lines * TerminalPicture.CellHeight);
        using (var bitmap = picture.ToBitmap(size, style with { HidesText = true }))
        {
            _pixels = Average(bitmap, columns, 2 * lines);
        }

        SvgText[] texts = [.. SvgText.Read(stream => picture.WriteSvg(stream, size, style with { IsVector = true }))];
        foreach (var text in texts)
        {
            Write(text with { Text = PlotFont.Cut(text.Text, text.IsUpright ? lines : columns) }, texts);
        }
    }

    /// <summary>Returns the style of plots in characters.</summary>
    /// <param name="colors">The theme.</param>
    public static DrawingStyle StyleOf(ThemeColors colors) => new(colors)
    {
        MinMarkSize = TerminalPicture.CellWidth - 1,
        GridWidth = TerminalPicture.CellWidth,
        GridHeight = TerminalPicture.CellHeight,
    };

    /// <summary>Returns the lines with escape sequences for colors (ISO 8613-6, as ECMA-48's SGR 38 and 48).</summary>
    public override string ToString()
    {
        var output = new StringBuilder();
        for (var line = 0; line < _lines; line++)
        {
            (byte, byte, byte)? front = null, ground = null;
            for (var column = 0; column < _columns; column++)
            {
                var cell = CellAt(line, column);
                if (cell.Ground != ground)
                {
                    ground = cell.Ground;
                    Append(output, 48, cell.Ground);
                }

                if (cell.Character != ' ' && cell.Front != front)
                {
                    front = cell.Front;
                    Append(output, 38, cell.Front);
                }

                output.Append(cell.Character);
            }

            output.Append("\e[0m").Append(Environment.NewLine);
        }

        return output.ToString();
    }

    private static void Append(StringBuilder output, int what, (byte R, byte G, byte B) color) =>
        output.Append(CultureInfo.InvariantCulture, $"\e[{what};2;{color.R};{color.G};{color.B}m");

    private (char Character, (byte R, byte G, byte B) Front, (byte R, byte G, byte B) Ground) CellAt(int line, int column)
    {
        var (upper, lower) = (_pixels[(2 * line * _columns) + column], _pixels[(((2 * line) + 1) * _columns) + column]);
        var (character, color) = _text[(line * _columns) + column];
        if (character != '\0')
        {
            return (character, (color.Red, color.Green, color.Blue), Between(upper, lower));
        }

        return upper == lower ? (' ', default, lower) : (UpperHalf, upper, lower);
    }

    private static (byte R, byte G, byte B) Between((byte R, byte G, byte B) x, (byte R, byte G, byte B) y) =>
        ((byte)((x.R + y.R) / 2), (byte)((x.G + y.G) / 2), (byte)((x.B + y.B) / 2));

    /// <summary>Returns the mean color of each block of pixels.</summary>
    private static (byte R, byte G, byte B)[] Average(SKBitmap bitmap, int columns, int rows)
    {
        var (width, height) = (bitmap.Width / columns, bitmap.Height / rows);
        var means = new (byte, byte, byte)[columns * rows];
        var bytes = bitmap.GetPixelSpan();
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var (red, green, blue) = (0, 0, 0);
                for (var y = row * height; y < (row + 1) * height; y++)
                {
                    var start = (y * bitmap.RowBytes) + (column * width * 4);
                    for (var place = start; place < start + (4 * width); place += 4)
                    {
                        red += bytes[place];
                        green += bytes[place + 1];
                        blue += bytes[place + 2];
                    }
                }

                var count = width * height;
                means[(row * columns) + column] = ((byte)(red / count), (byte)(green / count), (byte)(blue / count));
            }
        }

        return means;
    }

    /// <summary>Writes text into cells. Text that would overlap other text is omitted.</summary>
    private void Write(SvgText text, SvgText[] all)
    {
        var (y, length) = (text.Middle.Y / TerminalPicture.CellHeight, text.Text.Length);
        var (column, line, step) = text.IsUpright
            ? (Fit((text.Middle.X / TerminalPicture.CellWidth) - 0.5, 1, _columns), Fit(y - (length / 2.0), length, _lines), _columns)
            : (Fit(ColumnOf(text, all), length, _columns), Fit(y - 0.5, 1, _lines), 1);
        var start = (line * _columns) + column;
        if (Enumerable.Range(0, length).All(place => _text[start + (place * step)].Character == '\0'))
        {
            for (var place = 0; place < length; place++)
            {
                _text[start + (place * step)] = (Quotation.Visible(text.Text[place]), text.Color);
            }
        }
    }

    /// <summary>
    /// Returns the column where text begins. Texts that are left-aligned, as in a legend, or right-aligned, as the ticks of a vertical
    /// axis, stay aligned; others keep their middle.
    /// </summary>
    private static double ColumnOf(SvgText text, SvgText[] all)
    {
        const float Width = TerminalPicture.CellWidth;
        return IsAligned(other => other.Left - text.Left) ? Math.Round(text.Left / Width)
            : IsAligned(other => other.Right - text.Right) ? Math.Round(text.Right / Width) - text.Text.Length
            : (text.Middle.X / Width) - (text.Text.Length / 2.0);

        bool IsAligned(Func<SvgText, float> difference) =>
            all.Any(other => !other.IsUpright
                && Math.Abs(other.Middle.Y - text.Middle.Y) > 1
                && Math.Abs(other.Middle.X - text.Middle.X) > 1
                && Math.Abs(difference(other)) < 1);
    }

    /// <summary>Returns the index of the cell nearest to a position from which a text fits.</summary>
    private static int Fit(double start, int length, int cellCount) => Math.Clamp((int)Math.Round(start), 0, cellCount - length);
}
