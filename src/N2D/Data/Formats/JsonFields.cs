using System.Text.Json;

namespace N2D.Data;

/// <summary>Collects the fields of JSON records.</summary>
/// <param name="file">The file, for errors.</param>
internal sealed class JsonFields(InputFile file)
{
    /// <summary>
    /// The maximum number of fields. A million records with eight fields that pandas writes as an object of columns have this many names.
    /// </summary>
    private const int MaxFields = 1 << 23;

    private int _count;

    /// <summary>The root record.</summary>
    public JsonField Root { get; } = new("", "", -1);

    /// <summary>Adds the fields of a record.</summary>
    /// <param name="tokens">The tokens, at the start of the record. Afterward they are at its end.</param>
    public void AddRecord(JsonTokens tokens) => AddRecord(tokens, Root);

    /// <summary>Finds the field of the current property name, or adds it.</summary>
    /// <param name="tokens">The tokens, at the property name.</param>
    /// <param name="record">The record.</param>
    public JsonField FindOrAdd(JsonTokens tokens, JsonField record) => record.Find(tokens) ?? (_count < MaxFields
        ? record.Add(tokens.GetString(), _count++)
        : throw file.Invalid(
            "TooManyFields",
            $" has more than {MaxFields} different fields. Write one record for each row, with the same fields: "
                + $"pandas.DataFrame.to_json(FILE, orient='records')."));

    /// <summary>Records the kind of a field's value.</summary>
    /// <param name="tokens">The tokens, at the value. Afterward they are at its end.</param>
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
