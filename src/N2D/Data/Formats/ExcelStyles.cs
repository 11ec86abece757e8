using System.Globalization;
using System.Xml;

namespace N2D.Data;

/// <summary>The cell styles, and whether they show a number as a date.</summary>
/// <param name="IsDate">Whether each style shows dates, by style number.</param>
internal sealed record ExcelStyles(IReadOnlyList<bool> IsDate)
{
    /// <summary>No styles; all numbers are numbers.</summary>
    public static ExcelStyles None { get; } = new([]);

    /// <summary>Reads the styles of a workbook.</summary>
    /// <param name="xml">The XML, at its beginning.</param>
    public static ExcelStyles Read(XmlReader xml)
    {
        var (formats, isDate, isInCells) = (new Dictionary<int, bool>(), new List<bool>(), false);
        while (xml.Read())
        {
            if (xml.LocalName == "cellXfs")
            {
                isInCells = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "numFmt" && NumberOf(xml, "numFmtId") is { } id)
            {
                formats[id] = IsDateFormat(xml.GetAttribute("formatCode") ?? "");
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "xf" && isInCells)
            {
                var format = NumberOf(xml, "numFmtId") ?? 0;
                isDate.Add(formats.TryGetValue(format, out var isCustom) ? isCustom : IsBuiltInDate(format));
            }
        }

        return new ExcelStyles(isDate);
    }

    /// <summary>
    /// Whether a number format shows dates or times. It contains a date letter outside of quotes, escapes and brackets, or an elapsed time
    /// in brackets.
    /// </summary>
    /// <param name="code">The format code, such as <c>yyyy-mm-dd</c> or <c>0.00 "days"</c>.</param>
    internal static bool IsDateFormat(string code)
    {
        for (var place = 0; place < code.Length; place++)
        {
            var character = char.ToLowerInvariant(code[place]);
            switch (character)
            {
                case '"' or '[':
                    var end = code.IndexOf(character == '"' ? '"' : ']', place + 1);
                    if (end < 0)
                    {
                        return false;
                    }

                    if (character == '['
                        && code[(place + 1)..end].ToLowerInvariant() is ['h' or 'm' or 's', ..] elapsed
                        && elapsed.All(letter => letter == elapsed[0]))
                    {
                        return true;
                    }

                    place = end;
                    break;
                case '\\' or '_' or '*':
                    place++;
                    break;
                case 'y' or 'm' or 'd' or 'h' or 's':
                    return true;
            }
        }

        return false;
    }

    /// <summary>The built-in date formats (ECMA-376, 18.8.30), including those of East Asia.</summary>
    private static bool IsBuiltInDate(int format) =>
        format is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58);

    private static int? NumberOf(XmlReader xml, string attribute) =>
        int.TryParse(xml.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
