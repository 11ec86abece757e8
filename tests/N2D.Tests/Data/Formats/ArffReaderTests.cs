using System.Text;
using N2D.Data;

namespace N2D.Tests.Data.Formats;

public sealed class ArffReaderTests : ReaderTests
{
    private const string Header =
        "% comment\n@RELATION t\n\n@ATTRIBUTE a NUMERIC\n@attribute 'b c' real\n@Attribute class {x,'y z'}\n\n@DATA\n";

    [Fact]
    public void DenseRows_AreRead_AndTheClassIsTheLabel()
    {
        var path = Files.Text("t.arff", Header + "1,2.5,x\n% more\n\n3, ?, 'y z'\n5,6,?, {2}\n");

        var dataset = new ArffReader().Read(path, Listening);

        Assert.Equal(DatasetFormat.Arff, FileFormats.Detect(path));
        Assert.Equal(["a", "b c"], dataset.GetColumnNames());
        Assert.Equal([1, 2.5f, 3, float.NaN, 5, 6], Values(dataset));
        Assert.Equal(["x", "y z", null], LabelsOf(dataset));
        Assert.Equal("line 12", Assert.Single(dataset.Raw.Gaps).First);
        Assert.Contains(
            Remarks, remark => remark.Contains("'class', is nominal and is used as the label column", StringComparison.Ordinal));
    }

    [Fact]
    public void SparseRows_LeaveOutZeros_AndTheFirstNominalValue()
    {
        var dataset = new ArffReader().Read(Files.Text("t.arff", Header + "{0 1, 2 'y z'}\n{1 2.5}, {3}\n{}\n{ 0 ?,1 4 }\n"));

        Assert.Equal([1, 0, 0, 2.5f, 0, 0, float.NaN, 4], Values(dataset));
        Assert.Equal(["y z", "x", "x", "x"], LabelsOf(dataset));
    }

    [Fact]
    public void Class_IsNoLabel_WhereTheUserSaysOtherwise()
    {
        var path = Files.Text("t.arff", Header + "1,2,x\n3,4,'y z'\n");

        Assert.Null(new ArffReader(new() { ExcludedColumns = ["class"] }).Read(path).Labels);
        Assert.Equal(["x", "y z"], new ArffReader(new() { CategoryColumns = ["class"] }).Read(path).Raw.Categories![2]!);
        Assert.Null(new ArffReader(new() { IdColumn = "3" }).Read(path).Labels);
    }

    [Fact]
    public void NominalTextAndDates_AreNoNumbers()
    {
        var path = Files.Text(
            "t.arff",
            "@relation t\n@attribute a integer\n@attribute n {u,v}\n@attribute s string\n@attribute d date "
                + "'yyyy-MM-dd'\n@data\n1,u,\"it's, \\\"so\\\"\",2024-05-06\n2,v,'don\\'t','2024-05-07'\n");

        var message = Refused("NotANumber", new ArffReader(), path);

        Assert.Contains(
            "'n' (text, such as 'u'), 's' (text, such as 'it's, \"so\"'), 'd' (dates, such as '2024-05-06')",
            message,
            StringComparison.Ordinal);
        Assert.Equal(
            ["it's, \"so\"", "don't"],
            new ArffReader(new() { IdColumn = "s", LabelColumn = "n", ExcludedColumns = ["d"] }).Read(path).Ids!);
    }

    [Fact]
    public void OtherEncodings_AreWarnedOf()
    {
        var path = Files.Bytes(
            "t.arff", [.. "@relation t\n@attribute a real\n@attribute class {x,"u8, 0xe9, .. "}\n@data\n1,x\n2,"u8, 0xe9, (byte)'\n']);

        Assert.Equal(["x", "é"], LabelsOf(new ArffReader().Read(path, Listening)));
        Assert.Contains(
            "is not UTF-8 and is read as Windows-1252",
            Assert.Single(Warnings, warning => warning.Contains("UTF-8", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.Equal(
            ["é"],
            new ArffReader().Read(
                Files.Bytes(
                    "u.arff",
                    [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("@relation t\n@attribute é real\n@data\n1\n2\n")]))
                        .GetColumnNames());
    }

    [Theory]
    [InlineData("@relation t\n@data\n1\n", "ArffHeader", "'t.arff', line 2: @data comes before any @attribute.")]
    [InlineData("@relation t\n@attribute a real\n", "ArffHeader", "'t.arff', line 2: the file has no @data line.")]
    [InlineData(
        "@relation t\n@attribute a float32\n@data\n1\n",
        "ArffHeader",
        "'t.arff', line 2: attribute 'a' has the unknown type 'FLOAT32'. Use numeric")]
    [InlineData("@relation t\n@attribute a relational\n@data\n1\n", "ArffHeader", "'t.arff', line 2: attribute 'a' is relational")]
    [InlineData("@relation t\n@attribute a {x,y\n@data\nx\n", "ArffHeader", "'t.arff', line 2: the list of values has no end.")]
    [InlineData("@relation t\nattribute a real\n@data\n1\n", "ArffHeader", "'t.arff', line 2: 'ATTRIBUTE' is not a header keyword.")]
    [InlineData(
        "@relation t\n@attribute a real\n@attribute b real\n@data\n1,2\n1\n", "RaggedRow", "'t.arff', line 6: expected 2 values, found 1.")]
    [InlineData(
        "@relation t\n@attribute a real\n@attribute b real\n@data\n1,2,3\n", "RaggedRow", "'t.arff', line 5: expected 2 values, found 3.")]
    [InlineData(
        "@relation t\n@attribute a real\n@attribute b string\n@data\n1,'x\n",
        "UnclosedQuote",
        "'t.arff', line 5: the quotes in ''x' do not enclose one value.")]
    [InlineData(
        "@relation t\n@attribute a real\n@attribute b real\n@data\n{0 1, 2 3}\n",
        "SparseRow",
        "'t.arff', line 5: '2' is not an attribute number from 0 to 1")]
    [InlineData("@relation t\n@attribute a real\n@data\n1\nx\n", "NotANumber", "'t.arff', line 5, column 'a': 'x' is not a number.")]
    [InlineData("@relation t\n@attribute a real\n@data\n", "NoRows", "'t.arff' has column names but no rows.")]
    public void DamagedFiles_AreRefused_ByLine(string text, string id, string message) =>
        Assert.StartsWith(message, Refused(id, new ArffReader(), Files.Text("t.arff", text)), StringComparison.Ordinal);

    [Fact]
    public void Canceled_Stops() =>
        StopsWhenCanceled(new ArffReader(), Files.Text("t.arff.gz", Header + string.Concat(Enumerable.Repeat("1,2,x\n", 2000))));
}
