using System.Globalization;
using System.Xml.Linq;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>A text of a drawing and its position, read from the drawing's SVG.</summary>
/// <param name="Text">The text. Each character takes one cell.</param>
/// <param name="Middle">The middle of the text, in pixels.</param>
/// <param name="Length">The length of the text, in pixels.</param>
/// <param name="IsUpright">Whether the text runs from bottom to top.</param>
/// <param name="Color">The color.</param>
internal sealed record SvgText(string Text, SKPoint Middle, float Length, bool IsUpright, SKColor Color)
{
    /// <summary>The first character that some terminals show two cells wide. The font has hardly any characters from there on.</summary>
    private const char FirstWide = '\u1100';

    /// <summary>Half the height of a capital letter, as a share of the font's size.</summary>
    private const float HalfCapital = 0.36f;

    /// <summary>The left end of horizontal text, in pixels.</summary>
    public float Left => Middle.X - (Length / 2);

    /// <summary>The right end of horizontal text, in pixels.</summary>
    public float Right => Middle.X + (Length / 2);

    /// <summary>Reads the texts of a drawing.</summary>
    /// <param name="draw">Writes the drawing as SVG.</param>
    public static IEnumerable<SvgText> Read(Action<Stream> draw)
    {
        using var stream = new MemoryStream();
        draw(stream);
        stream.Position = 0;
        return [.. XDocument.Load(stream).Descendants().Where(element => element.Name.LocalName == "text").Select(Of).OfType<SvgText>()];
    }

    private static SvgText? Of(XElement element)
    {
        var characters = element.Value.Trim();
        if (characters.Length == 0)
        {
            return null;
        }

        // Skia writes the position of each letter from the left of the line, with at most one translation and one rotation.
        var across = Numbers((string?)element.Attribute("x"));
        var size = (float)element.Attribute("font-size")!;
        using var font = PlotFont.OfSize(size);
        var end = across[^1] + font.MeasureText(characters[^1..]);
        var line = new SKPoint((across[0] + end) / 2, Numbers((string?)element.Attribute("y"))[0] - (HalfCapital * size));
        var place = TransformOf((string?)element.Attribute("transform"));
        return new SvgText(
            string.Concat(characters.Select(character => character is >= FirstWide and not '…' ? '?' : character)),
            place.MapPoint(line),
            end - across[0],
            Math.Abs(place.SkewY) > Math.Abs(place.ScaleX),
            (string?)element.Attribute("fill") is { } fill && SKColor.TryParse(NameToCode(fill), out var color) ? color : SKColors.Black);
    }

    private static string NameToCode(string fill) => fill switch
    {
        "white" => "#FFFFFF",
        "black" => "#000000",
        _ => fill,
    };

    private static float[] Numbers(string? list) =>
        [.. (list ?? "0").Split(
            [',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(number => float.Parse(number, CultureInfo.InvariantCulture))];

    private static SKMatrix TransformOf(string? transform)
    {
        var matrix = SKMatrix.Identity;
        foreach (var step in (transform ?? "").Split(')', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var open = step.IndexOf('(', StringComparison.Ordinal);
            var values = Numbers(step[(open + 1)..]);
            matrix = matrix.PreConcat(step[..open].Trim() switch
            {
                "translate" => SKMatrix.CreateTranslation(values[0], values.ElementAtOrDefault(1)),
                "rotate" => SKMatrix.CreateRotationDegrees(values[0]),
                "scale" => SKMatrix.CreateScale(values[0], values.ElementAtOrDefault(1) is var y and not 0 ? y : values[0]),
                "matrix" => new SKMatrix(values[0], values[2], values[4], values[1], values[3], values[5], 0, 0, 1),
                _ => SKMatrix.Identity,
            });
        }

        return matrix;
    }
}
