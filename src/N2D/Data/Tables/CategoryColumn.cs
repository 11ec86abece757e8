namespace N2D.Data;

/// <summary>A column of categories: a code for each row, and the category of each code.</summary>
internal sealed class CategoryColumn
{
    private readonly List<int> _codes = [];
    private readonly Dictionary<string, int> _codeOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>Makes a column of no rows.</summary>
    public CategoryColumn() => _lookup = _codeOf.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The number of gaps.</summary>
    public int GapCount { get; private set; }

    /// <summary>Where the first gap is, by the number that the source gives its row.</summary>
    public int FirstGap { get; private set; }

    /// <summary>Adds a category.</summary>
    /// <param name="category">Its name.</param>
    public void Add(ReadOnlySpan<char> category)
    {
        if (!_lookup.TryGetValue(category, out var code))
        {
            code = _codeOf.Count;
            _codeOf.Add(category.ToString(), code);
        }

        _codes.Add(code);
    }

    /// <summary>Adds a gap.</summary>
    /// <param name="row">The number that the source gives the row.</param>
    public void AddGap(int row)
    {
        FirstGap = GapCount++ == 0 ? row : FirstGap;
        _codes.Add(-1);
    }

    /// <summary>The categories in ordinal order, and the code of each row among them; NaN of a gap.</summary>
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
