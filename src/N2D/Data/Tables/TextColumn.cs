namespace N2D.Data;

/// <summary>A column of text: the labels or ids of the rows. Equal texts are stored once.</summary>
internal sealed class TextColumn
{
    private readonly List<string?> _texts = [];
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _known =
        new Dictionary<string, string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The text of each row; null for a row without a text.</summary>
    public IReadOnlyList<string?> Texts => _texts;

    /// <summary>Adds a text.</summary>
    /// <param name="text">The text.</param>
    public void Add(ReadOnlySpan<char> text)
    {
        if (!_known.TryGetValue(text, out var known))
        {
            known = text.ToString();
            _known[text] = known;
        }

        _texts.Add(known);
    }

    /// <summary>Adds a row without a text.</summary>
    public void AddGap() => _texts.Add(null);
}
