using System.Globalization;
using System.Text.RegularExpressions;

namespace N2D.Data;

/// <summary>
/// The header of a .npy file: a literal of Python with three entries, such as <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }</c>. Nothing of it is
/// ever run.
/// </summary>
/// <param name="file">The array, for errors.</param>
/// <param name="text">The header.</param>
internal sealed partial class NpyHeaderText(ArrayStream file, string text)
{
    /// <summary>Takes it apart.</summary>
    /// <param name="dataOffset">Where the values begin, in bytes.</param>
    /// <exception cref="N2DException">As <see cref="NpyHeader.Read"/>.</exception>
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
        var sizes = tuple.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(size => size.TrimEnd('L')).ToArray();
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
                throw file.Invalid("NoRows", $" holds nothing: its header says that dimension {dimension + 1} has size 0.");
            }

            if (!isRepresentable || size > Array.MaxLength || (rowLength *= dimension == 0 ? 1 : size) > Array.MaxLength)
            {
                throw file.Invalid("TooManyValues", $" promises {tuple} values in its header; up to {Array.MaxLength} rows, and as many values in each, can be read. If that is wrong, the file is damaged.");
            }

            parsed[dimension] = (int)size;
        }

        return parsed;
    }

    private N2DException Malformed() => file.Invalid(
        "NpyHeader",
        $" is damaged: its header is not a dictionary of descr, fortran_order and shape, but '{Shortened()}'. Write it with numpy.save.");

    private string Shortened()
    {
        const int Most = 100;
        var printable = new string([.. text.Select(character => char.IsControl(character) ? '?' : character)]).Trim();
        return printable.Length <= Most ? printable : $"{printable[..Most]}...";
    }

    // Three entries in any order, the last with or without a comma. No two of its parts begin alike, so that matching takes time linear in the length.
    [GeneratedRegex(@"\A\{\s*(?:(?:['""]descr['""]\s*:\s*(?:['""][^'""]*['""]|\[(?:[^\[\]]|\[[^\[\]]*\])*\])|['""]fortran_order['""]\s*:\s*(?:True|False)|['""]shape['""]\s*:\s*\([0-9L,\s]*\))\s*(?:,\s*|(?=\}))){3}\}\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Dictionary();

    [GeneratedRegex(@"['""]descr['""]\s*:\s*(['""][^'""]*['""]|\[(?:[^\[\]]|\[[^\[\]]*\])*\])", RegexOptions.CultureInvariant)]
    private static partial Regex TypeEntry();

    [GeneratedRegex(@"['""]fortran_order['""]\s*:\s*(True|False)", RegexOptions.CultureInvariant)]
    private static partial Regex OrderEntry();

    [GeneratedRegex(@"['""]shape['""]\s*:\s*\(([0-9L,\s]*)\)", RegexOptions.CultureInvariant)]
    private static partial Regex ShapeEntry();
}
