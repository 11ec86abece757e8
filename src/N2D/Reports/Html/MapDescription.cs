using System.Buffers;
using System.Text;
using System.Text.Json;
using N2D.Plotting;

namespace N2D.Reports;

/// <summary>Describes a map to the script of the page, as JSON.</summary>
internal static class MapDescription
{
    /// <summary>Describes a map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="arrays">Receives the arrays; the description names them by their places.</param>
    /// <returns>JSON that is safe in a script element: the writer escapes everything but plain ASCII.</returns>
    public static string Of(ReportMap map, List<PackedArray> arrays)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("rows", map.RowCount);
            json.WriteNumber("aspect", map.Points.Aspect);
            WriteTexts(json, "axes", [map.Points.AxisNames.Horizontal, map.Points.AxisNames.Vertical]);
            WriteArray(json, "positions", map.Points.Positions, arrays);
            WriteCenters(json, map.Points.Centers);
            json.WriteString("rowName", Quotation.Printable(map.RowNameTitle));
            if (map.RowNames is not null)
            {
                WriteArray(json, "names", map.RowNames, arrays);
            }

            if (map.Thumbnails is not null)
            {
                json.WriteStartObject("images");
                json.WriteNumber("width", map.Thumbnails.Shape.Width);
                json.WriteNumber("height", map.Thumbnails.Shape.Height);
                WriteArray(json, "pixels", map.Thumbnails.Pixels, arrays);
                json.WriteEndObject();
            }

            json.WriteStartArray("fields");
            foreach (var field in map.Fields)
            {
                WriteField(json, field, arrays);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteField(Utf8JsonWriter json, MapField field, List<PackedArray> arrays)
    {
        json.WriteStartObject();
        json.WriteString("name", Quotation.Printable(field.Name));
        WriteArray(json, "values", field.Values, arrays);
        if (field.Categories is { } categories)
        {
            WriteTexts(json, "categories", categories);
            json.WriteString("missing", field.Missing);
            WriteTexts(json, "light", ColorsOf(field.Styles!, PlotTheme.Light));
            WriteTexts(json, "dark", ColorsOf(field.Styles!, PlotTheme.Dark));
        }
        else if (!field.IsText)
        {
            json.WriteNumber("low", field.Range.Low);
            json.WriteNumber("high", field.Range.High);
            json.WriteNumber("offset", field.Offset);
            json.WriteBoolean("isWhole", field.IsWhole);
        }

        json.WriteEndObject();
    }

    /// <summary>Returns the colors of categories; the last one is that of a missing category.</summary>
    private static IEnumerable<string> ColorsOf(IReadOnlyList<int> styles, PlotTheme theme)
    {
        var colors = ThemeColors.Of(theme);
        return styles.Append(-1).Select(style => CategoryStyle.Of(style, colors).Color.ToHex());
    }

    private static void WriteArray(Utf8JsonWriter json, string name, PackedArray array, List<PackedArray> arrays)
    {
        json.WriteStartObject(name);
        json.WriteString("kind", array.Kind);
        json.WriteNumber("array", arrays.Count);
        json.WriteEndObject();
        arrays.Add(array);
    }

    private static void WriteCenters(Utf8JsonWriter json, IReadOnlyList<MapCenter> centers)
    {
        json.WriteStartArray("centers");
        foreach (var (x, y, top, rowCount) in centers)
        {
            json.WriteStartArray();
            json.WriteNumberValue(Math.Round(x, 4));
            json.WriteNumberValue(Math.Round(y, 4));
            json.WriteNumberValue(Math.Round(top, 4));
            json.WriteNumberValue(rowCount);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(Quotation.Printable(text));
        }

        json.WriteEndArray();
    }
}
