using System.Globalization;

namespace N2D.Data;

/// <summary>The element type of a NumPy array, from <c>descr</c> in its header.</summary>
/// <param name="Name">The type as in the header, such as <c>&lt;f4</c>.</param>
/// <param name="Size">The size of a value in bytes; 0 for unsupported types.</param>
/// <param name="Numbers">The binary format of numbers; null if the values are not numbers.</param>
/// <param name="Text">The binary format of texts; null if the values are not text.</param>
/// <param name="Content">A plural noun for the values.</param>
/// <param name="Remedy">What to save instead; empty for numbers.</param>
internal sealed record NpyType(string Name, int Size, ElementFormat? Numbers, NpyText? Text, string Content, string Remedy)
{
    /// <summary>The maximum length of a label or id in bytes.</summary>
    private const int MaxTextLength = 1 << 20;

    /// <summary>Whether the values are supported, as numbers or as labels and ids.</summary>
    public bool IsReadable => Numbers is not null || Text is not null;

    /// <summary>Returns the type of a <c>descr</c>.</summary>
    /// <param name="descr">A type in quotation marks, or the list of a structured type.</param>
    public static NpyType Of(string descr)
    {
        if (descr.StartsWith('['))
        {
            return Unreadable("structured records", "Save each field as its own array: array['name'].");
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
            ['U' or 'S' or 'a', .. var length] when int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && count <= MaxTextLength / (kind[0] == 'U' ? 4 : 1) =>
                new NpyType(
                    name,
                    count * (kind[0] == 'U' ? 4 : 1),
                    null,
                    new NpyText(kind[0] == 'U', isBigEndian),
                    "text",
                    "Encode it as numbers."),
            ['O', ..] => Unreadable("Python objects, which only Python can read", "Save numbers as array.astype('float32'), and labels "
                + "or ids as array.astype(str)."),
            ['c', ..] => Unreadable("complex numbers", "Save numpy.column_stack([array.real, array.imag]), or numpy.abs(array)."),
            ['M', ..] => Unreadable("dates and times", "Save array.astype('int64')."),
            ['m', ..] => Unreadable("time differences", "Save array.astype('int64')."),
            ['f' or 'g', ..] => Unreadable("numbers of more than 64 bits", "Save array.astype('float64')."),
            ['V', ..] => Unreadable("raw bytes or a custom type", "Save array.astype('float32')."),
            _ => Unreadable("values of an unknown type", "Save numbers as array.astype('float32'), and labels or ids as "
                + "array.astype(str)."),
        };

        NpyType Unreadable(string content, string remedy) => new(descr, 0, null, null, content, remedy);
    }

    /// <summary>The values with their type: <c>complex numbers (&lt;c8)</c>.</summary>
    public override string ToString() => $"{Content} ({Quotation.Visible(Name.Trim('\'', '"'))})";

    private static NpyType Number(string name, ElementFormat format) => new(name, format.Size, format, null, "numbers", "");
}
