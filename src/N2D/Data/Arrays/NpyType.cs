using System.Globalization;

namespace N2D.Data;

/// <summary>What the values of a NumPy array are, from the <c>descr</c> of its header.</summary>
/// <param name="Name">The type as the header has it, such as <c>&lt;f4</c>.</param>
/// <param name="Size">Bytes a value; 0 of types that cannot be read.</param>
/// <param name="Numbers">How a number lies in the file; null if the values are not numbers.</param>
/// <param name="Text">How a text lies in the file; null if the values are not text.</param>
/// <param name="Content">What the values are, in the plural.</param>
/// <param name="Remedy">What to save instead; empty where numbers can be read.</param>
internal sealed record NpyType(string Name, int Size, ElementFormat? Numbers, NpyText? Text, string Content, string Remedy)
{
    /// <summary>The longest text that is a label or an id, in bytes.</summary>
    private const int LongestText = 1 << 20;

    /// <summary>Whether the values can be read: as numbers, or as labels and ids.</summary>
    public bool IsReadable => Numbers is not null || Text is not null;

    /// <summary>The type of a <c>descr</c>.</summary>
    /// <param name="descr">A type in quotation marks, or the list of a structure.</param>
    public static NpyType Of(string descr)
    {
        if (descr.StartsWith('['))
        {
            return Unreadable("a structure of several fields", "Save each field as an array of its own: array['name'].");
        }

        var name = descr.Trim('\'', '"');
        var isBigEndian = name.StartsWith('>');
        var kind = name.TrimStart('<', '>', '=', '|');
        return kind switch
        {
            "f2" => Number(name, ElementFormat.Of<Half>(isBigEndian)),
            "f4" => Number(name, ElementFormat.Of<float>(isBigEndian)),
            "f8" => Number(name, ElementFormat.Of<double>(isBigEndian)),
            "i1" => Number(name, ElementFormat.Of<sbyte>(isBigEndian)),
            "i2" => Number(name, ElementFormat.Of<short>(isBigEndian)),
            "i4" => Number(name, ElementFormat.Of<int>(isBigEndian)),
            "i8" => Number(name, ElementFormat.Of<long>(isBigEndian)),
            "u1" or "b1" => Number(name, ElementFormat.Of<byte>(isBigEndian)),
            "u2" => Number(name, ElementFormat.Of<ushort>(isBigEndian)),
            "u4" => Number(name, ElementFormat.Of<uint>(isBigEndian)),
            "u8" => Number(name, ElementFormat.Of<ulong>(isBigEndian)),
            ['U' or 'S' or 'a', .. var length] when int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= LongestText / (kind[0] == 'U' ? 4 : 1) =>
                new NpyType(name, count * (kind[0] == 'U' ? 4 : 1), null, new NpyText(kind[0] == 'U', isBigEndian), "text", "Encode it as numbers."),
            ['O', ..] => Unreadable("Python objects, which only Python can read", "Save array.astype('float32') of numbers, array.astype(str) of labels or ids."),
            ['c', ..] => Unreadable("complex numbers", "Save numpy.column_stack([array.real, array.imag]), or numpy.abs(array)."),
            ['M', ..] => Unreadable("dates and times", "Save array.astype('int64')."),
            ['m', ..] => Unreadable("lengths of time", "Save array.astype('int64')."),
            ['f' or 'g', ..] => Unreadable("numbers of more than 64 bits", "Save array.astype('float64')."),
            ['V', ..] => Unreadable("raw bytes or a type that NumPy itself lacks", "Save array.astype('float32')."),
            _ => Unreadable("values of a type that is not known", "Save array.astype('float32') of numbers, array.astype(str) of labels or ids."),
        };

        NpyType Unreadable(string content, string remedy) => new(descr, 0, null, null, content, remedy);
    }

    /// <summary>What the values are, with the type: <c>complex numbers (&lt;c8)</c>.</summary>
    public override string ToString() => $"{Content} ({Quotation.Visible(Name.Trim('\'', '"'))})";

    private static NpyType Number(string name, ElementFormat format) => new(name, format.Size, format, null, "numbers", "");
}
