using System.Globalization;
using System.Text.RegularExpressions;

namespace N2D.Data;

/// <summary>
/// Parses the header of a .npy file: a Python literal with three entries, such as <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape':
/// (3, 4), }</c>. It is never evaluated as code.
/// </summary>
/// <param name="file">The array, for errors.</param>
/// <param name="text">The header.</param>
internal sealed partial class NpyHeaderText(ArrayStream file, string text)
{
    /// <summary>Parses the header.</summary>
    /// <param name="dataOffset">The position of the first value, in bytes.</param>
    /// <exception cref="N2DException">See <see cref="NpyHeader.Read"/>.</exception>
    public NpyHeader Parse(int dataOffset)
    {
        if (!Dictionary().IsMatch(text))
        {
            throw Malformed();
        }

        var order = ValueOf(OrderEntry());
        return new NpyHeader(NpyType.Of(ValueOf(TypeEntry())), order == "True", SizesOf(ValueOf(ShapeEntry())), dataOffset);
    }

    private string ValueOf(Regex entry) => entry.Matches(text) is [var only] ? only.Groups[1].Value : throw Malformed();

    private int[] SizesOf(string tuple)
    {
        var sizes = tuple.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(size => size.TrimEnd('L'))
            .ToArray();
        var parsed = new int[sizes.Length];
        var rowLength = 1L;
        for (var dimension = 0; dimension < sizes.Length; dimension++)
        {
            if (!sizes[dimension].All(char.IsAsciiDigit))
            {
                throw Malformed();
            }

            var isRepresentable = long.TryParse(sizes[dimension], NumberStyles.None, CultureInfo.InvariantCulture, out var size);
            if (isRepresentable && size == 0)
            {
                throw file.Invalid("NoRows", $" is empty: according to its header, dimension {dimension + 1} has size 0.");
            }

            if (!isRepresentable || size > Array.MaxLength || (rowLength *= dimension == 0 ? 1 : size) > Array.MaxLength)
            {
                throw file.Invalid(
                    "TooManyValues",
                    $" has the shape {tuple} according to its header. Up to {Array.MaxLength} rows, with as many values each, are "
                        + $"supported. If the shape is wrong, the file is damaged.");
            }

            parsed[dimension] = (int)size;
        }

        return parsed;
    }

    private N2DException Malformed() => file.Invalid(
        "NpyHeader",
        $" is damaged: its header should be a dictionary of descr, fortran_order and shape, but is '{Shortened()}'. "
            + $"Write it with numpy.save.");

    private string Shortened()
    {
        const int Most = 100;
        var printable = new string([.. text.Select(character => char.IsControl(character) ? '?' : character)]).Trim();
        return printable.Length <= Most ? printable : $"{printable[..Most]}...";
    }

    // Three entries in any order, with an optional comma after the last. No two alternatives start alike, so matching takes linear time.
    [GeneratedRegex(
        @"\A\{\s*(?:(?:['""]descr['""]\s*:\s*(?:['""][^'""]*['""]|\[(?:[^\[\]]|\[[^\[\]]*\])*\])"
            + @"|['""]fortran_order['""]\s*:\s*(?:True|False)|['""]shape['""]\s*:\s*\([0-9L,\s]*\))\s*(?:,\s*|(?=\}))){3}\}\s*\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Dictionary();

    [GeneratedRegex(@"['""]descr['""]\s*:\s*(['""][^'""]*['""]|\[(?:[^\[\]]|\[[^\[\]]*\])*\])", RegexOptions.CultureInvariant)]
    private static partial Regex TypeEntry();

    [GeneratedRegex(@"['""]fortran_order['""]\s*:\s*(True|False)", RegexOptions.CultureInvariant)]
    private static partial Regex OrderEntry();

    [GeneratedRegex(@"['""]shape['""]\s*:\s*\(([0-9L,\s]*)\)", RegexOptions.CultureInvariant)]
    private static partial Regex ShapeEntry();
}
