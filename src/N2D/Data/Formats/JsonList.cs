using System.Text.Json;

namespace N2D.Data;

/// <summary>Classifies the elements of a JSON array: records, rows or single values.</summary>
/// <param name="file">The file, for errors.</param>
internal sealed class JsonList(InputFile file)
{
    /// <summary>The maximum number of column names in a header row.</summary>
    private const int MaxTexts = 1 << 16;

    private readonly JsonFields _fields = new(file);
    private int _recordCount;
    private int _rowCount;
    private int _width = -1;
    private List<string>? _header;
    private bool _hasNumbers;

    /// <summary>The number of elements.</summary>
    public int Count { get; private set; }

    /// <summary>The elements, if all are texts; otherwise empty.</summary>
    public List<string> Texts { get; private set; } = [];

    /// <summary>Whether the elements are records or rows.</summary>
    public bool IsTable => _recordCount + _rowCount > 0;

    /// <summary>Whether an element is a record.</summary>
    public bool HasRecords => _recordCount > 0;

    /// <summary>Reads an array.</summary>
    /// <param name="tokens">The tokens, at the start of the array. Afterward they are at its end.</param>
    public void Read(JsonTokens tokens)
    {
        while (tokens.Read() && tokens.Type != JsonTokenType.EndArray)
        {
            AddElement(tokens);
        }
    }

    /// <summary>Adds an element.</summary>
    /// <param name="tokens">The tokens, at the start of the element. Afterward they are at its end.</param>
    public void AddElement(JsonTokens tokens)
    {
        Count++;
        switch (tokens.Type)
        {
            case JsonTokenType.StartObject:
                _recordCount++;
                _fields.AddRecord(tokens);
                break;
            case JsonTokenType.StartArray:
                var row = new JsonList(file);
                row.ReadFlat(tokens);
                AddRow(row, isCounted: true);
                break;
            case JsonTokenType.String when Texts.Count == Count - 1 && Count <= MaxTexts:
                Texts.Add(tokens.GetString());
                break;
            default:
                _hasNumbers |= tokens.Type == JsonTokenType.Number;
                Texts = [];
                break;
        }
    }

    /// <summary>Adds a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="isCounted">Whether the row is already counted as an element.</param>
    public void AddRow(JsonList row, bool isCounted = false)
    {
        Count += isCounted ? 0 : 1;
        _header = _rowCount == 0 && row.Count > 0 && row.Texts.Count == row.Count ? row.Texts : _header;
        _width = _rowCount == 0 ? row.Count : _width;
        _hasNumbers |= _rowCount > 0 && row._hasNumbers;
        _rowCount++;
    }

    /// <summary>Creates the layout of the table; null if the elements are not mainly records or rows.</summary>
    /// <param name="path">The keys of the objects that contain the array, from the outside in.</param>
    /// <remarks>Elements of another kind than the first one are reported as unusable rows.</remarks>
    public JsonLayout? ToLayout(params IReadOnlyList<string> path) =>
        _recordCount >= Math.Max(1, _rowCount) ? JsonLayout.OfRecords(JsonForm.Records, path, _fields.Root)
        : _rowCount == 0 || _width == 0 ? null
        : _header is not null && _hasNumbers ? new JsonLayout(JsonForm.Rows, path, _header) { HasHeader = true }
        : new JsonLayout(JsonForm.Rows, path, [.. Enumerable.Repeat("", _width)]);

    /// <summary>Reads a row. Nested arrays and records in it are not part of the table.</summary>
    private void ReadFlat(JsonTokens tokens)
    {
        while (tokens.Read() && tokens.Type != JsonTokenType.EndArray)
        {
            Count++;
            if (tokens.Type == JsonTokenType.String && Texts.Count == Count - 1)
            {
                Texts.Add(tokens.GetString());
            }
            else
            {
                _hasNumbers |= tokens.Type == JsonTokenType.Number;
                Texts = [];
                tokens.Skip();
            }
        }
    }
}
