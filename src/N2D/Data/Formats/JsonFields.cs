using System.Text.Json;

namespace N2D.Data;

/// <summary>Collects the fields of JSON records.</summary>
/// <param name="file">The file, for errors.</param>
internal sealed class JsonFields(InputFile file)
{
    /// <summary>A million records of eight fields, written as an object of columns by pandas, have as many names.</summary>
    private const int MostFields = 1 << 23;

    private int _count;

    /// <summary>The record around all fields.</summary>
    public JsonField Root { get; } = new("", "", -1);

    /// <summary>Adds the fields of a record.</summary>
    /// <param name="tokens">The tokens, at the record's beginning; left at its end.</param>
    public void AddRecord(JsonTokens tokens) => AddRecord(tokens, Root);

    /// <summary>The field that a name means in a record; a new one if it is not known.</summary>
    /// <param name="tokens">The tokens, at the name.</param>
    /// <param name="record">The record.</param>
    public JsonField FindOrAdd(JsonTokens tokens, JsonField record) => record.Find(tokens) ?? (_count < MostFields
        ? record.Add(tokens.GetString(), _count++)
        : throw file.Invalid("TooManyFields", $" has more than {MostFields} different fields. Write one record for each row, with the same fields: pandas.DataFrame.to_json(FILE, orient='records')."));

    /// <summary>Notes the value of a field.</summary>
    /// <param name="tokens">The tokens, at the value; left at its end.</param>
    /// <param name="field">The field.</param>
    public void AddValue(JsonTokens tokens, JsonField field)
    {
        switch (tokens.Type)
        {
            case JsonTokenType.StartObject:
                field.HasRecords = true;
                AddRecord(tokens, field);
                break;
            case JsonTokenType.Null:
                field.HasNulls = true;
                break;
            default:
                field.HasValues = true;
                tokens.Skip();
                break;
        }
    }

    private void AddRecord(JsonTokens tokens, JsonField record)
    {
        while (tokens.Read() && tokens.Type != JsonTokenType.EndObject)
        {
            var field = FindOrAdd(tokens, record);
            tokens.Read();
            AddValue(tokens, field);
        }
    }
}
