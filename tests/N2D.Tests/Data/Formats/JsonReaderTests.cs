using System.Text;
using N2D.Data;

namespace N2D.Tests.Data.Formats;

public sealed class JsonReaderTests : ReaderTests
{
    [Theory]
    [InlineData("""[{"a":1,"b":2.5},{"a":3,"b":-4}]""")]
    [InlineData("""{"a":1,"b":2.5}""" + "\n" + """{"a":3,"b":-4}""" + "\n")]
    [InlineData("""{"total":2,"data":[{"a":1,"b":2.5},{"a":3,"b":-4}],"next":null}""")]
    [InlineData("""{"data":{"items":[{"a":1,"b":2.5},{"a":3,"b":-4}],"total":2},"meta":{}}""")]
    [InlineData("""{"data":{"total":2,"tags":["x"],"items":[{"a":1,"b":2.5},{"a":3,"b":-4}]},"page":{"number":1}}""")]
    [InlineData("""{"a":{"b":{"x":1},"c":{"d":[{"a":1,"b":2.5},{"a":3,"b":-4}]}}}""")]
    [InlineData("""{"a":[1,3],"b":[2.5,-4]}""")]
    [InlineData("""{"a":{"0":1,"1":3},"b":{"0":2.5,"1":-4}}""")]
    [InlineData("""{"0":{"a":1,"b":2.5},"1":{"a":3,"b":-4}}""")]
    [InlineData("""{"columns":["a","b"],"index":[0,1],"data":[[1,2.5],[3,-4]]}""")]
    [InlineData("""[["a","b"],[1,2.5],[3,-4]]""")]
    [InlineData("""[ {"a":"1","b":"2.5"}, /* text */ {"b":"-4","a":"3"}, ]""")]
    public void Table_IsRead_HoweverItIsWritten(string json)
    {
        var path = Files.Text("t.json", json);

        var dataset = new JsonReader().Read(path);

        Assert.Equal(DatasetFormat.Json, FileFormats.Detect(path));
        Assert.Equal(["a", "b"], dataset.GetColumnNames());
        Assert.Equal([1, 2.5f, 3, -4], Values(dataset));
    }

    [Theory]
    [InlineData("[[1,2],[3,4]]")]
    [InlineData("[1,2]\n[3,4]\n")]
    [InlineData("{\"x\":[[1,2],[3,4]]}")]
    public void RowsWithoutNames_AreNumbered(string json)
    {
        var dataset = new JsonReader().Read(Files.Text("t.json", json));

        Assert.Equal(["x1", "x2"], dataset.GetColumnNames());
        Assert.Equal([1, 2, 3, 4], Values(dataset));
    }

    [Fact]
    public void Fields_AreThoseOfAllRecords_InOrderOfAppearance()
    {
        var dataset = new JsonReader().Read(Files.Text("t.json", """[{"a":1,"z":null},{"c":true,"a":null},{"b":2}]"""));

        Assert.Equal(["a", "z", "c", "b"], dataset.GetColumnNames());
        Assert.Equal(
            [1, float.NaN, float.NaN, float.NaN, float.NaN, float.NaN, 1, float.NaN, float.NaN, float.NaN, float.NaN, 2], Values(dataset));
    }

    [Fact]
    public void NestedRecords_AreFlattened_AndListsAreVectors()
    {
        var path = Files.Text(
            "t.json", """[{"p":{"x":1,"q":{"y":2}},"v":[0.5,1.5],"tags":["u",1]},{"v":[2.5,3.5],"p":{"q":{"y":4},"x":3},"tags":[]}]""");

        var dataset = new JsonReader(new() { ExcludedColumns = ["tags"] }).Read(path);

        Assert.Equal(["p.x", "p.q.y", "v1", "v2"], dataset.GetColumnNames());
        Assert.Equal([1, 2, 0.5f, 1.5f, 3, 4, 2.5f, 3.5f], Values(dataset));
        Assert.Contains("'tags' (text, such as '[\"u\", 1]')", Refused("NotANumber", new JsonReader(), path), StringComparison.Ordinal);
    }

    [Fact]
    public void ARecordAmongValues_IsRefusedByName() =>
        Assert.StartsWith(
            "'t.json', row 2, column 'x2': '{...}'",
            Refused("NotANumber", new JsonReader(), Files.Text("t.json", "[[1,2],[3,{\"a\":4}],[5,6]]")),
            StringComparison.Ordinal);

    [Fact]
    public void ARecordAmongLabels_IsRefusedByName() =>
        Assert.StartsWith(
            "'t.json', row 3, column 'y': a record is not a single value.",
            Refused("JsonShape", new JsonReader(new() { LabelColumn = "y" }), Files.Text(
                "t.json", "[[\"x\",\"y\"],[1,\"a\"],[2,{\"k\":\"b\"}]]")),
            StringComparison.Ordinal);

    [Fact]
    public void IdsAndLabels_KeepTheirDigits()
    {
        var dataset = new JsonReader(new() { IdColumn = "id", LabelColumn = "kind" }).Read(Files.Text("t.jsonl", """
            {"id":12345678901234567890,"kind":"b\u00e9","a":1}
            {"id":"007","kind":1,"a":2}
            """));

        Assert.Equal(["12345678901234567890", "007"], dataset.Ids!);
        Assert.Equal(["bé", "1"], LabelsOf(dataset));
        Assert.Equal(["a"], dataset.GetColumnNames());
    }

    [Fact]
    public void NamesWithEscapes_AreOneField()
    {
        Assert.Equal(
            ["é\"", "b"],
            new JsonReader().Read(Files.Text("t.json", "[{\"\\u00e9\\\"\":1,\"b\":1},{\"é\\\"\":2,\"b\":2}]")).GetColumnNames());
    }

    [Fact]
    public void FieldGivenTwice_CountsOnce()
    {
        Assert.Equal([2, 5, 3, 6], Values(new JsonReader().Read(Files.Text("t.json", """[{"a":1,"a":2,"b":5},{"a":3,"b":6}]"""))));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void ByteOrderMark_Decides(string encoding)
    {
        var coding = Encoding.GetEncoding(encoding);
        var path = Files.Bytes("t.json", [.. coding.GetPreamble(), .. coding.GetBytes("""[{"é":1,"b":2}]""")]);

        Assert.Equal(DatasetFormat.Json, FileFormats.Detect(path));
        Assert.Equal(["é", "b"], new JsonReader().Read(path).GetColumnNames());
    }

    [Fact]
    public void LongFiles_AreReadInBlocks()
    {
        var text = new StringBuilder("[");
        for (var row = 0; row < 20_000; row++)
        {
            text.Append(row == 0 ? "" : ",\n").Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{{\"name\":\"{new string('n', row % 100)}\",\"a\":{row},\"b\":{row}.5}}");
        }

        var path = Files.Text("t.json.gz", text.Append(']').ToString());

        var dataset = new JsonReader(new() { ExcludedColumns = ["name"] }).Read(path);

        Assert.Equal((20_000, 2), (dataset.RowCount, dataset.Dimension));
        Assert.Equal(19_999.5f, Values(dataset)[^1]);
        StopsWhenCanceled(new JsonReader(), path);
    }

    [Theory]
    [InlineData("[{\"a\":1},\n{\"a\":2,}x]", "MalformedJson", "'t.json', line 2, byte ")]
    [InlineData(
        "[{\"a\":1},\n{\"a\":NaN}]", "MalformedJson", "'t.json', line 2: NaN and Infinity are not JSON. Write null for a missing value")]
    [InlineData("[{\"a\":1},\n{\"a\":", "MalformedJson", "'t.json', line 2: the file ends within a value.")]
    [InlineData("{\"a\":[{\"x\":1}],\"b\":[{\"x\":1}]}", "JsonShape", "'t.json' has 2 tables: 'a', 'b'.")]
    [InlineData("{\"a\":[1,2],\"b\":[1]}", "JsonShape", "'t.json' has lists of different lengths: 'a' 2, 'b' 1.")]
    [InlineData("{\"a\":{\"x\":1},\"b\":{\"x\":1}}", "JsonShape", "'t.json' is an object of objects")]
    [InlineData("[1,2,3]", "JsonShape", "'t.json' is an array of single values instead of records.")]
    [InlineData("[]", "JsonShape", "'t.json' is an empty array.")]
    [InlineData("{}", "JsonShape", "'t.json' is an empty object.")]
    [InlineData("12", "JsonShape", "'t.json' is a single value instead of a table.")]
    [InlineData(
        "[{\"a\":1},2]",
        "RaggedRow",
        "'t.json', row 2: expected a record as in the other rows, found a single value. Use the same kind of value for all rows.")]
    [InlineData("[[1,2],[3]]", "RaggedRow", "'t.json', row 2: the row has 1 value, but the first row has 2.")]
    [InlineData("[{\"a\":1},{\"a\":1e999}]", "NotFinite", "'t.json', row 2, column 'a'")]
    [InlineData("[{\"a\":1},{\"a\":\"x\"}]", "NotANumber", "'t.json', row 2, column 'a': 'x' is not a number.")]
    public void WhatIsNoTable_IsRefused_WithItsPlace(string json, string id, string message) =>
        Assert.StartsWith(message, Refused(id, new JsonReader(), Files.Text("t.json", json)), StringComparison.Ordinal);

    [Theory]
    [InlineData("[0.1, 0.2],a\n[0.3, 0.4],b\n")]
    [InlineData("[0.1 0.2]\n[0.3 0.4]\n")]
    [InlineData("{\"a\":1},5\n")]
    [InlineData("{x},b\n1,2\n")]
    [InlineData("<DATE>,<OPEN>\n1,2\n")]
    public void TextThatMerelyBeginsAlike_IsNotJson(string text) =>
        Assert.Equal(DatasetFormat.Delimited, FileFormats.Detect(Files.Text("t.csv", text)));

    [Fact]
    public void SeveralTables_AreNamed()
    {
        var path = Files.Text("t.json", """{"data":{"links":[{"x":1}],"all items":[{"x":1},{"x":2}]},"meta":{}}""");

        var error = Assert.Throws<N2DException>(() => new JsonReader().Read(path));

        Assert.Equal(
            ("JsonShape", "'t.json' has 2 tables: 'data.links', 'data.all items'. Write the table that you need to a file of its own."),
            (error.Id, error.Message));
        Assert.Equal<string>(["data", "all items"], (string[])error.Data[JsonReader.TablePath]!);
    }

    [Fact]
    public void RowsInAnObject_AreExplained()
    {
        new JsonReader().Read(Files.Text("t.json", """{"data":{"items":[{"a":1}]}}"""), Listening);

        Assert.Contains(Remarks, remark => remark.EndsWith("the rows are the elements of 'data.items'.", StringComparison.Ordinal));
    }

    [Fact]
    public void NullInAVector_MakesThatVectorMissing()
    {
        var path = Files.Text("t.jsonl", "{\"v\":[1.5,null,1]}\n{\"v\":[5,2,1]}\n{\"v\":[null,null]}\n{\"v\":[1,3,2]}\n");

        Assert.Equal(
            [float.NaN, float.NaN, float.NaN, 5, 2, 1, float.NaN, float.NaN, float.NaN, 1, 3, 2],
            Values(new JsonReader().Read(path)));
    }
}
