namespace N2D.Reports;

/// <summary>A column of the map: categories, numbers or texts, one for each row.</summary>
internal sealed record MapField
{
    /// <summary>The most categories of a column: codes have 16 bits, of which the largest is a missing value.</summary>
    public const int MaxCategories = ushort.MaxValue;

    /// <summary>The most rows whose numbers are exact. Above it, they are rounded to a 65,000th of their range.</summary>
    private const int MaxExactRows = 20_000;

    private MapField(string name, PackedArray values) => (Name, Values) = (name, values);

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Whether it has texts, which cannot color the map.</summary>
    public bool IsText { get; private init; }

    /// <summary>
    /// The codes of categories, the numbers or the texts. The largest code, or a number that is not finite, is a missing value.
    /// </summary>
    public PackedArray Values { get; }

    /// <summary>The name of each category by code; null for numbers.</summary>
    public IReadOnlyList<string>? Categories { get; private init; }

    /// <summary>The index of the style of each category; null for numbers.</summary>
    public IReadOnlyList<int>? Styles { get; private init; }

    /// <summary>The name of a missing category, such as <c>noise</c>.</summary>
    public string Missing { get; private init; } = "";

    /// <summary>The smallest and the largest number, without the offset.</summary>
    public (float Low, float High) Range { get; private init; }

    /// <summary>The number to add to each value.</summary>
    public double Offset { get; private init; }

    /// <summary>Whether all numbers are integers, so that rounded ones are shown as integers.</summary>
    public bool IsWhole { get; private init; }

    /// <summary>Creates a column of categories.</summary>
    /// <param name="name">The name.</param>
    /// <param name="codes">The code of each row; negative for a missing value.</param>
    /// <param name="categories">The name of each category.</param>
    /// <param name="styles">The index of the style of each category; null for their codes.</param>
    /// <param name="missing">The name of a missing value.</param>
    /// <param name="token">Cancels the compression.</param>
    public static MapField OfCategories(
        string name,
        ReadOnlySpan<int> codes,
        IReadOnlyList<string> categories,
        IReadOnlyList<int>? styles,
        string missing,
        CancellationToken token) =>
        new(name, categories.Count <= byte.MaxValue ? PackedArray.Of(Narrow(codes), token) : PackedArray.Of(Shorten(codes), token))
        {
            Categories = categories,
            Styles = styles ?? [.. Enumerable.Range(0, categories.Count)],
            Missing = missing,
        };

    /// <summary>Creates a column of texts.</summary>
    /// <param name="name">The name.</param>
    /// <param name="texts">The text of each row.</param>
    /// <param name="token">Cancels the compression.</param>
    public static MapField OfTexts(string name, IReadOnlyList<string> texts, CancellationToken token) =>
        new(name, PackedArray.Of(texts, token)) { IsText = true };

    /// <summary>Creates a column of numbers.</summary>
    /// <param name="name">The name.</param>
    /// <param name="values">The numbers; NaN or infinite for a missing value.</param>
    /// <param name="token">Cancels the compression.</param>
    /// <param name="offset">The number to add to each value.</param>
    public static MapField OfNumbers(string name, ReadOnlySpan<float> values, CancellationToken token, double offset = 0)
    {
        var (low, high) = Quantization.RangeOf(values);
        var packed = values.Length <= MaxExactRows
            ? PackedArray.Of(values, token)
            : PackedArray.Of(Quantization.Of(values, low, high), token);
        return new MapField(name, packed) { Range = (low, high), Offset = offset, IsWhole = AreWhole(values) && double.IsInteger(offset) };
    }

    private static bool AreWhole(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (float.IsFinite(value) && !float.IsInteger(value))
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] Narrow(ReadOnlySpan<int> codes)
    {
        var narrow = new byte[codes.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            narrow[row] = codes[row] < 0 ? byte.MaxValue : (byte)codes[row];
        }

        return narrow;
    }

    private static ushort[] Shorten(ReadOnlySpan<int> codes)
    {
        var shorter = new ushort[codes.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            shorter[row] = codes[row] is < 0 or >= ushort.MaxValue ? ushort.MaxValue : (ushort)codes[row];
        }

        return shorter;
    }
}
