using System.Text.Json;

namespace N2D.Data;

/// <summary>What the elements of a JSON array are: records, rows or single values.</summary>
/// <param name="file">The file, for errors.</param>
internal sealed class JsonList(InputFile file)
{
    /// <summary>More texts than this are no header.</summary>
    private const int MostTexts = 1 << 16;

    private readonly JsonFields _fields = new(file);
    private int _recordCount;
    private int _rowCount;
    private int _width = -1;
    private List<string>? _header;
    private bool _hasNumbers;

    /// <summary>The number of elements.</summary>
    public int Count { get; private set; }

    /// <summary>The texts among the elements, if all are texts; otherwise none.</summary>
    public List<string> Texts { get; private set; } = [];

    /// <summary>Whether the elements are records or rows.</summary>
    public bool IsTable => _recordCount + _rowCount > 0;

    /// <summary>Whether some element is a record.</summary>
    public bool HasRecords => _recordCount > 0;

    /// <summary>Reads an array.</summary>
    /// <param name="tokens">The tokens, at its beginning; left at its end.</param>
    public void Read(JsonTokens tokens)
    {
        while (tokens.Read() && tokens.Type != JsonTokenType.EndArray)
        {
            AddElement(tokens);
        }
    }

    /// <summary>Adds an element.</summary>
    /// <param name="tokens">The tokens, at its beginning; left at its end.</param>
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
            case JsonTokenType.String when Texts.Count == Count - 1 && Count <= MostTexts:
                Texts.Add(tokens.GetString());
                break;
            default:
                _hasNumbers |= tokens.Type == JsonTokenType.Number;
                Texts = [];
                break;
        }
    }

    /// <summary>Adds a row.</summary>
    /// <param name="row">Its values.</param>
    /// <param name="isCounted">Whether it has been counted.</param>
    public void AddRow(JsonList row, bool isCounted = false)
    {
        Count += isCounted ? 0 : 1;
        _header = _rowCount == 0 && row.Count > 0 && row.Texts.Count == row.Count ? row.Texts : _header;
        _width = _rowCount == 0 ? row.Count : _width;
        _hasNumbers |= _rowCount > 0 && row._hasNumbers;
        _rowCount++;
    }

    /// <summary>The layout of the table; null if the elements are neither all records nor all rows.</summary>
    /// <param name="path">The fields that hold the array, from the outermost object inwards.</param>
    /// <remarks>Elements that are of another kind than the first are reported as rows that cannot be used.</remarks>
    public JsonLayout? ToLayout(params IReadOnlyList<string> path) =>
        _recordCount >= Math.Max(1, _rowCount) ? JsonLayout.OfRecords(JsonForm.Records, path, _fields.Root)
        : _rowCount == 0 || _width == 0 ? null
        : _header is not null && _hasNumbers ? new JsonLayout(JsonForm.Rows, path, _header) { HasHeader = true }
        : new JsonLayout(JsonForm.Rows, path, [.. Enumerable.Repeat("", _width)]);

    /// <summary>Reads a row: what is in it in turn makes no table.</summary>
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
