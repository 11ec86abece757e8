using System.Text;

namespace N2D.Data;

/// <summary>The header of an ARFF file, with one attribute per line.</summary>
/// <param name="Attributes">The columns.</param>
internal sealed record ArffHeader(IReadOnlyList<ArffAttribute> Attributes)
{
    /// <summary>Whether text is ARFF: it starts with @relation after comments and blank lines.</summary>
    /// <param name="text">The first bytes of a file, in UTF-8.</param>
    public static bool IsArff(ReadOnlySpan<byte> text)
    {
        const int KeywordLength = 9;
        while (true)
        {
            text = text.TrimStart(" \t\r\n"u8);
            if (!text.StartsWith("%"u8))
            {
                return text.Length > KeywordLength && text[KeywordLength] is (byte)' ' or (byte)'\t'
                    && Ascii.EqualsIgnoreCase(text[..KeywordLength], "@relation"u8);
            }

            var end = text.IndexOf((byte)'\n');
            if (end < 0)
            {
                return false;
            }

            text = text[end..];
        }
    }

    /// <summary>Reads the header through the @data line.</summary>
    /// <param name="lines">The lines, at the first one.</param>
    /// <exception cref="N2DException">The header is malformed (<c>ArffHeader</c>).</exception>
    public static ArffHeader Read(ArffLines lines)
    {
        var attributes = new List<ArffAttribute>();
        while (lines.Read())
        {
            var scanner = new ArffScanner(lines.Line);
            var keyword = scanner.Word().ToUpperInvariant();
            switch (keyword)
            {
                case "@RELATION":
                    break;
                case "@ATTRIBUTE":
                    attributes.Add(AttributeOf(lines, ref scanner));
                    break;
                case "@DATA" when attributes.Count > 0:
                    return new ArffHeader(attributes);
                case "@DATA":
                    throw lines.Invalid("ArffHeader", "@data comes before any @attribute. Declare each column: @attribute NAME numeric");
                default:
                    throw lines.Invalid(
                        "ArffHeader",
                        $"{Quotation.Of(keyword)} is not a header keyword. Use @relation, @attribute and @data");
            }
        }

        throw lines.Invalid("ArffHeader", "the file has no @data line. Check that it is complete");
    }

    private static ArffAttribute AttributeOf(ArffLines lines, ref ArffScanner scanner)
    {
        if (!scanner.TryValue(" \t{", out var name, out _) || name.Length == 0)
        {
            throw lines.Invalid("ArffHeader", "the attribute has no name. Write: @attribute NAME numeric");
        }

        if (scanner.Skip('{'))
        {
            return new ArffAttribute(name, ArffKind.Nominal, ValuesOf(lines, ref scanner));
        }

        var type = scanner.Word().ToUpperInvariant();
        return type switch
        {
            "NUMERIC" or "REAL" or "INTEGER" => new ArffAttribute(name, ArffKind.Numeric, []),
            "STRING" => new ArffAttribute(name, ArffKind.Text, []),
            "DATE" => new ArffAttribute(name, ArffKind.Date, []),
            "RELATIONAL" => throw lines.Invalid(
                "ArffHeader",
                $"attribute {Quotation.Of(name)} is relational, which is not supported. "
                    + "Convert it in Weka with MultiInstanceToPropositional"),
            _ => throw lines.Invalid(
                "ArffHeader",
                $"attribute {Quotation.Of(name)} has the unknown type {Quotation.Of(type)}. "
                    + $"Use numeric, string, date, or a list of values: {{a,b,c}}"),
        };
    }

    private static List<string> ValuesOf(ArffLines lines, ref ArffScanner scanner)
    {
        var values = new List<string>();
        while (!scanner.Skip('}'))
        {
            if (!scanner.TryValue(",}", out var value, out _) || scanner.IsAtEnd)
            {
                throw lines.Invalid("ArffHeader", "the list of values has no end. Write: @attribute NAME {a,b,c}");
            }

            values.Add(value);
            scanner.Skip(',');
        }

        return values;
    }
}
