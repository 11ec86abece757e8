using System.Globalization;
using System.Xml;

namespace N2D.Data;

/// <summary>The error value of a formula cell.</summary>
/// <param name="Code">The error code, such as <c>#DIV/0!</c>.</param>
internal sealed record ExcelError(string Code)
{
    /// <inheritdoc/>
    public override string ToString() => Code;
}

/// <summary>A formula cell without a stored value.</summary>
internal sealed record ExcelFormula
{
    /// <inheritdoc/>
    public override string ToString() => "";
}

/// <summary>A row of a worksheet.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Cells">
/// The cells with values, by column from 0. A value is a number, text, Boolean, date, time, error, or formula without a value.
/// </param>
internal sealed record ExcelRow(int Number, List<(int Column, object Value)> Cells)
{
    /// <summary>The limits of Excel.</summary>
    private const int MaxRows = 1 << 20, MaxColumns = 1 << 14;

    /// <summary>Reads the rows of a worksheet.</summary>
    /// <param name="xml">The XML, at its beginning.</param>
    /// <param name="sharedTexts">The shared strings of the workbook.</param>
    /// <param name="styles">The styles that show dates.</param>
    /// <param name="is1904">Whether days are counted from 1904, as in old Mac versions.</param>
    /// <returns>The rows. The list of cells is reused for the next row.</returns>
    public static IEnumerable<ExcelRow> Read(XmlReader xml, Lazy<string[]> sharedTexts, Lazy<ExcelStyles> styles, bool is1904)
    {
        var (cells, number, isInRow) = (new List<(int, object)>(), 0, false);
        xml.Read();
        while (!xml.EOF)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "row")
            {
                cells.Clear();
                number = xml.GetAttribute("r") is { } given
                    && int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var found) ? found : number + 1;
                if (number is < 1 or > MaxRows)
                {
                    throw new InvalidDataException($"It has a row {number}.");
                }

                isInRow = !xml.IsEmptyElement;
                xml.Read();
            }
            else if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "row")
            {
                isInRow = false;
                yield return new ExcelRow(number, cells);
                xml.Read();
            }
            else if (isInRow && xml.NodeType == XmlNodeType.Element && xml.LocalName == "c")
            {
                ReadCell(xml, cells, sharedTexts, styles, is1904);
            }
            else
            {
                xml.Read();
            }
        }
    }

    private static void ReadCell(
        XmlReader xml, List<(int Column, object Value)> cells, Lazy<string[]> sharedTexts, Lazy<ExcelStyles> styles, bool is1904)
    {
        var column = xml.GetAttribute("r") is { } place ? ColumnOf(place) : cells.Count == 0 ? 0 : cells[^1].Column + 1;
        var (type, style, text, isFormula, depth) = (xml.GetAttribute("t"), xml.GetAttribute("s"), (string?)null, false, xml.Depth);
        if (xml.IsEmptyElement)
        {
            xml.Read();
            return;
        }

        xml.Read();
        while (xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "v")
            {
                text = xml.ReadElementContentAsString();
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "is")
            {
                text = ExcelWorkbook.ReadText(xml);
            }
            else
            {
                isFormula |= xml.NodeType == XmlNodeType.Element && xml.LocalName == "f";
                xml.Skip();
            }
        }

        xml.Read();
        if (isFormula && type is null or "n" && string.IsNullOrWhiteSpace(text))
        {
            // For an empty text, Excel stores the type of the formula's value. Other programs store no values at all.
            cells.Add((column, new ExcelFormula()));
        }
        else if (!string.IsNullOrWhiteSpace(text)
            && ValueOf(text, type, style, sharedTexts, styles, is1904) is { } value
            && value is not string { Length: 0 })
        {
            cells.Add((column, value));
        }
    }

    private static object? ValueOf(
        string text, string? type, string? style, Lazy<string[]> sharedTexts, Lazy<ExcelStyles> styles, bool is1904)
    {
        switch (type)
        {
            case "s":
                return sharedTexts.Value[int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)] is var shared
                    && string.IsNullOrWhiteSpace(shared) ? null : shared;
            case "str":
                return ExcelWorkbook.Unescaped(text);
            case "inlineStr":
                return text;
            case "b":
                return text.Trim() is "1" or "true";
            case "e":
                return text == "#N/A" ? null : new ExcelError(text);
            case "d":
                return DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
            default:
                var number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
                return style is not null
                    && int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    && index < styles.Value.IsDate.Count
                    && styles.Value.IsDate[index]
                    ? DateOf(number, is1904)
                    : number;
        }
    }

    /// <summary>
    /// Converts a serial number to a date. Days are counted from 1900, or from 1904. Excel treats 1900 as a leap year, so the days before
    /// 29 February 1900 are shifted by one (ECMA-376, 18.17.4.1).
    /// </summary>
    private static object DateOf(double number, bool is1904)
    {
        const int DaysTo1904 = 1462;
        const int LeapDay = 60;
        const double LastDay = 2_958_466;
        var days = is1904 ? number + DaysTo1904 : number is >= 1 and < LeapDay ? number + 1 : number;
        return days is < 0 or >= LastDay
            ? number
            : number < 1 && !is1904
            ? TimeSpan.FromSeconds(Math.Round(number * 86400, 3))
            : DateTime.FromOADate(days);
    }

    private static int ColumnOf(string place)
    {
        var column = 0;
        foreach (var letter in place)
        {
            var upper = char.ToUpperInvariant(letter);
            if (upper is < 'A' or > 'Z')
            {
                break;
            }

            column = (26 * column) + upper - 'A' + 1;
            if (column > MaxColumns)
            {
                throw new InvalidDataException($"It has a cell {Quotation.Of(place)}.");
            }
        }

        return column > 0 ? column - 1 : throw new InvalidDataException($"It has a cell {Quotation.Of(place)}.");
    }
}
