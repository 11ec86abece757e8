namespace N2D.Data;

/// <summary>A column of categories, stored as one code per row.</summary>
internal sealed class CategoryColumn
{
    private readonly List<int> _codes = [];
    private readonly Dictionary<string, int> _codeOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>Creates a column without rows.</summary>
    public CategoryColumn() => _lookup = _codeOf.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The number of missing values.</summary>
    public int GapCount { get; private set; }

    /// <summary>The number of the row of the first missing value in the source.</summary>
    public int FirstGap { get; private set; }

    /// <summary>Adds a category.</summary>
    /// <param name="category">The name of the category.</param>
    public void Add(ReadOnlySpan<char> category)
    {
        if (!_lookup.TryGetValue(category, out var code))
        {
            code = _codeOf.Count;
            _codeOf.Add(category.ToString(), code);
        }

        _codes.Add(code);
    }

    /// <summary>Adds a missing value.</summary>
    /// <param name="row">The number of the row in the source.</param>
    public void AddGap(int row)
    {
        FirstGap = GapCount++ == 0 ? row : FirstGap;
        _codes.Add(-1);
    }

    /// <summary>
    /// Returns the categories in ordinal order, and the code of each row: the position of its category, or NaN for a missing value.
    /// </summary>
    public (string[] Categories, float[] Codes) Finish()
    {
        string[] categories = [.. _codeOf.Keys.Order(StringComparer.Ordinal)];
        var places = new float[categories.Length];
        for (var place = 0; place < categories.Length; place++)
        {
            places[_codeOf[categories[place]]] = place;
        }

        return (categories, [.. _codes.Select(code => code < 0 ? float.NaN : places[code])]);
    }
}
