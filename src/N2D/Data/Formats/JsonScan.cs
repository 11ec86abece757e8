using System.Text.Json;

namespace N2D.Data;

/// <summary>The first look at a JSON file: finds out where the rows are and what columns they have.</summary>
/// <param name="file">The file, for errors.</param>
/// <param name="tokens">Its tokens, at the beginning.</param>
internal sealed class JsonScan(InputFile file, JsonTokens tokens)
{
    private const string Remedy = "Write an array of records, such as [{\"a\": 1, \"b\": 2}, ...], or a record on each line.";

    /// <summary>Finds the table.</summary>
    /// <exception cref="N2DException">It is not JSON (<c>MalformedJson</c>), or holds no table, or several (<c>JsonShape</c>).</exception>
    public JsonLayout Find()
    {
        if (!tokens.Read())
        {
            throw file.Invalid("NoRows", $" has no rows.");
        }

        return tokens.Type switch
        {
            JsonTokenType.StartArray => FindInArray(),
            JsonTokenType.StartObject => FindInObject(),
            _ => throw Unclear("is a single value and not a table"),
        };
    }

    private JsonLayout FindInArray()
    {
        var list = new JsonList(file);
        list.Read(tokens);
        if (!tokens.Read())
        {
            return list.ToLayout(null) ?? throw Unclear(list.Count == 0 ? "is an empty array" : "is an array of single values and not of records");
        }

        // Rows one after the other: the first one has been read as if it were the list of them.
        var rows = new JsonList(file);
        rows.AddRow(list);
        for (var isMore = true; isMore; isMore = tokens.Read())
        {
            rows.AddElement(tokens.Type == JsonTokenType.StartArray ? tokens : throw Unclear("holds lists and other values one after the other"));
        }

        return rows.ToLayout(null)! with { Form = JsonForm.Lines };
    }

    private JsonLayout FindInObject()
    {
        var fields = new JsonFields(file);
        var lists = new List<(string Name, JsonList List)>();
        while (tokens.Read() && tokens.Type != JsonTokenType.EndObject)
        {
            var field = fields.FindOrAdd(tokens, fields.Root);
            tokens.Read();
            if (tokens.Type == JsonTokenType.StartArray)
            {
                var list = new JsonList(file);
                list.Read(tokens);
                lists.Add((field.Name, list));
                field.HasValues = true;
            }
            else
            {
                fields.AddValue(tokens, field);
            }
        }

        if (!tokens.Read())
        {
            return OfSingleObject(fields, lists);
        }

        for (var isMore = true; isMore; isMore = tokens.Read())
        {
            if (tokens.Type != JsonTokenType.StartObject)
            {
                throw Unclear("holds records and other values one after the other");
            }

            fields.AddRecord(tokens);
        }

        return JsonLayout.OfRecords(JsonForm.Lines, null, fields.Root);
    }

    private JsonLayout OfSingleObject(JsonFields fields, List<(string Name, JsonList List)> lists)
    {
        var tables = lists.Where(list => list.List.IsTable).ToArray();
        if (tables.Length == 1)
        {
            var layout = tables[0].List.ToLayout(tables[0].Name)!;
            var header = lists.Find(list => list.Name == "columns").List;
            return header is { Texts.Count: > 0 } && header.Texts.Count == layout.Names.Count && layout.Root is null ? layout with { Names = header.Texts } : layout;
        }

        if (tables.Length > 1)
        {
            throw Unclear($"holds {tables.Length} tables, {Quotation.ListOf([.. tables.Select(table => table.Name)])}");
        }

        var top = fields.Root.Children;
        if (lists.Count == top.Count && lists.Count > 0)
        {
            return lists.TrueForAll(list => list.List.Count == lists[0].List.Count)
                ? new JsonLayout(JsonForm.Columns, null, [.. lists.Select(list => list.Name)])
                : throw Unclear($"holds lists of different lengths: {string.Join(", ", lists.Take(10).Select(list => $"{Quotation.Of(list.Name)} {list.List.Count}"))}");
        }

        if (top.Count > 0 && top.All(field => field is { HasRecords: true, HasValues: false, HasNulls: false, Children.Count: > 0 }))
        {
            return OfKeyed(top);
        }

        return top.Count > 0 ? JsonLayout.OfRecords(JsonForm.Lines, null, fields.Root) : throw Unclear("is an empty object");
    }

    /// <summary>pandas writes columns of values by row numbers, or records by row numbers.</summary>
    private JsonLayout OfKeyed(IReadOnlyCollection<JsonField> top)
    {
        if (top.All(field => field.Children.All(child => child.Children.Count == 0 && IsNumber(child.Key))))
        {
            return new JsonLayout(JsonForm.KeyedColumns, null, [.. top.Select(field => field.Name)]);
        }

        if (!top.All(field => IsNumber(field.Key)))
        {
            throw Unclear($"is an object of objects, {Quotation.ListOf([.. top.Select(field => field.Name)])}, and these may be columns or rows");
        }

        var records = new JsonField("", "", -1);
        foreach (var record in top)
        {
            Merge(record, records);
        }

        return JsonLayout.OfRecords(JsonForm.KeyedRecords, null, records);
    }

    private static void Merge(JsonField source, JsonField target)
    {
        foreach (var child in source.Children)
        {
            var known = target.Children.FirstOrDefault(other => other.Key == child.Key) ?? target.Add(child.Key, child.Order);
            known.HasNulls |= child.HasNulls;
            known.HasRecords |= child.HasRecords;
            known.HasValues |= child.HasValues;
            Merge(child, known);
        }
    }

    private static bool IsNumber(string key) => key.Length > 0 && key.All(char.IsAsciiDigit);

    private N2DException Unclear(string what) => file.Invalid("JsonShape", $" {what}. {Remedy}");
}
