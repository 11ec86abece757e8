using System.Text.Json;

namespace N2D.Data;

/// <summary>The first pass over a JSON file, which finds the rows and their columns.</summary>
/// <param name="file">The file, for errors.</param>
/// <param name="tokens">The tokens of the file, at the start.</param>
internal sealed class JsonScan(InputFile file, JsonTokens tokens)
{
    /// <summary>The maximum depth of nested objects that are searched for records.</summary>
    private const int MaxDepth = 4;

    private const string Remedy = "Write an array of records, such as [{\"a\": 1, \"b\": 2}, ...], or one record per line.";

    /// <summary>Finds the table.</summary>
    /// <exception cref="N2DException">
    /// The file is not JSON (<c>MalformedJson</c>), or contains no table or several tables (<c>JsonShape</c>).
    /// </exception>
    public JsonLayout Find()
    {
        if (!tokens.Read())
        {
            throw file.Invalid("NoRows", $" has no rows. Check that it is the right file.");
        }

        return tokens.Type switch
        {
            JsonTokenType.StartArray => FindInArray(),
            JsonTokenType.StartObject => FindInObject(),
            _ => throw Unclear("is a single value instead of a table"),
        };
    }

    private JsonLayout FindInArray()
    {
        var list = new JsonList(file);
        list.Read(tokens);
        if (!tokens.Read())
        {
            return list.ToLayout() ?? throw Unclear(list.Count == 0 ? "is an empty array" : "is an array of single values instead of "
                + "records");
        }

        // Several arrays follow each other, so the first one is a row and not the list of rows.
        var rows = new JsonList(file);
        rows.AddRow(list);
        for (var isMore = true; isMore; isMore = tokens.Read())
        {
            rows.AddElement(tokens.Type == JsonTokenType.StartArray ? tokens : throw Unclear("is a sequence of arrays and other values"));
        }

        return rows.ToLayout()! with { Form = JsonForm.Lines };
    }

    private JsonLayout FindInObject()
    {
        var fields = new JsonFields(file);
        var lists = new List<JsonArray>();
        ReadObject(fields, fields.Root, [], lists);
        if (!tokens.Read())
        {
            return OfSingleObject(fields, lists);
        }

        for (var isMore = true; isMore; isMore = tokens.Read())
        {
            if (tokens.Type != JsonTokenType.StartObject)
            {
                throw Unclear("is a sequence of records and other values");
            }

            fields.AddRecord(tokens);
        }

        return JsonLayout.OfRecords(JsonForm.Lines, [], fields.Root);
    }

    /// <summary>Reads an object. Collects its own arrays, and the arrays of records in nested objects.</summary>
    private void ReadObject(JsonFields fields, JsonField record, string[] path, List<JsonArray> lists)
    {
        while (tokens.Read() && tokens.Type != JsonTokenType.EndObject)
        {
            var field = fields.FindOrAdd(tokens, record);
            tokens.Read();
            if (tokens.Type == JsonTokenType.StartArray)
            {
                var list = new JsonList(file);
                list.Read(tokens);
                field.HasValues = true;
                if (path.Length == 0 || list.HasRecords)
                {
                    lists.Add(new JsonArray([.. path, field.Key], list));
                }
            }
            else if (tokens.Type == JsonTokenType.StartObject && path.Length + 1 < MaxDepth)
            {
                field.HasRecords = true;
                ReadObject(fields, field, [.. path, field.Key], lists);
            }
            else
            {
                fields.AddValue(tokens, field);
            }
        }
    }

    private JsonLayout OfSingleObject(JsonFields fields, List<JsonArray> found)
    {
        var lists = found.FindAll(array => array.Path.Length == 1);
        var nested = found.FindAll(array => array.Path.Length > 1);
        var tables = lists.FindAll(array => array.List.IsTable);
        if (tables.Count == 1)
        {
            var layout = tables[0].List.ToLayout(tables[0].Path)!;
            var header = lists.Find(array => array.Name == "columns")?.List;
            return header is { Texts.Count: > 0 } && header.Texts.Count == layout.Names.Count && layout.Root is null
                ? layout with { Names = header.Texts }
                : layout;
        }

        if (tables.Count > 1)
        {
            throw Several([.. tables, .. nested]);
        }

        var top = fields.Root.Children;
        if (lists.Count == top.Count && lists.Count > 0)
        {
            return lists.TrueForAll(list => list.List.Count == lists[0].List.Count)
                ? new JsonLayout(JsonForm.Columns, [], [.. lists.Select(list => list.Name)])
                : throw Unclear("has lists of different lengths: "
                    + $"{string.Join(", ", lists.Take(10).Select(list => $"{Quotation.Of(list.Name)} {list.List.Count}"))}");
        }

        if (top.Count > 0 && top.All(field => field is { HasRecords: true, HasValues: false, HasNulls: false, Children.Count: > 0 }))
        {
            return OfKeyed(top, nested);
        }

        if (OfNested(nested) is { } inner)
        {
            return inner;
        }

        return top.Count > 0 ? JsonLayout.OfRecords(JsonForm.Lines, [], fields.Root) : throw Unclear("is an empty object");
    }

    /// <summary>Returns the table in nested objects; null if there is none.</summary>
    private JsonLayout? OfNested(List<JsonArray> nested) => nested.Count > 1
        ? throw Several(nested)
        : nested.Count == 1
        ? nested[0].List.ToLayout(nested[0].Path)
        : null;

    private N2DException Several(List<JsonArray> tables)
    {
        string[] paths = [.. tables.Select(table => string.Join('.', table.Path))];
        var largest = tables.MaxBy(table => table.List.Count)!.Path;
        var error = file.Invalid(
            "JsonShape",
            $" has {tables.Count} tables: {Quotation.ListOf(paths)}. Write the table that you need to a file of its own.");
        error.Data[JsonReader.TablePath] = largest;
        return error;
    }

    /// <summary>Handles the forms of pandas: columns as objects by row number, or records by row number.</summary>
    private JsonLayout OfKeyed(IReadOnlyCollection<JsonField> top, List<JsonArray> nested)
    {
        if (top.All(field => field.Children.All(child => child.Children.Count == 0 && IsNumber(child.Key))))
        {
            return new JsonLayout(JsonForm.KeyedColumns, [], [.. top.Select(field => field.Name)]);
        }

        if (!top.All(field => IsNumber(field.Key)))
        {
            return OfNested(nested) ?? throw Unclear("is an object of objects, "
                + $"{Quotation.ListOf([.. top.Select(field => field.Name)])}, which could be columns or rows");
        }

        var records = new JsonField("", "", -1);
        foreach (var record in top)
        {
            Merge(record, records);
        }

        return JsonLayout.OfRecords(JsonForm.KeyedRecords, [], records);
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

    /// <summary>An array and the keys of the objects that contain it, from the outside in.</summary>
    private sealed record JsonArray(string[] Path, JsonList List)
    {
        public string Name => Path[^1];
    }
}
