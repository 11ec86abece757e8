using System.Management.Automation;

namespace N2D.PowerShell.Tests;

public sealed class ConvertToN2DDatasetTests : IDisposable
{
    /// <summary>Three objects as from Import-Csv, all text, and one with numbers.</summary>
    private const string Objects = """
        $rows = @(
            [pscustomobject]@{ name = 'p'; temp1 = '1.5'; temp2 = '2'; kind = 'u'; note = 'x' }
            [pscustomobject]@{ name = 'q'; temp1 = '3e-1'; temp2 = ' 4 '; kind = 'v'; note = '' }
            [pscustomobject]@{ name = 'r'; temp1 = 5; temp2 = [decimal]0.25; kind = $null; note = 7 })
        $rows | ConvertTo-N2DDataset 
        """;

    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("-Property temp1, temp2 -LabelProperty kind -IdProperty name")]
    [InlineData("temp* -LabelProperty KIND -IdProperty Name")]
    [InlineData("-Property * -ExcludeProperty n[o]te -LabelProperty kind -IdProperty name")]
    [InlineData("-ExcludeProperty note -LabelProperty kind -IdProperty name")]
    public void Objects_BecomeRows_WithTheirLabelsAndIds(string parameters)
    {
        var rows = Run($"{parameters} | ConvertFrom-N2DEmbedding");

        Assert.Empty(_session.Errors);
        Assert.Equal(["Index", "Id", "Label", "D1", "D2"], rows[0].Properties.Select(property => property.Name));
        Assert.Equal(
            ["p u 1.5 2", "q v 0.3 4", "r  5 0.25"],
            rows.Select(row => $"{Get(row, "Id")} {Get(row, "Label")} {Get(row, "D1")} {Get(row, "D2")}"));
    }

    [Fact]
    public void OneObjectFarBeyondAllOthers_IsWarnedOf_WithItsNumber()
    {
        _session.Run(
            "1..100 | ForEach-Object { [pscustomobject] @{ Power = $_ -eq 42 ? 1e9 : $_ % 17; Load = $_ % 5 } } | ConvertTo-N2DDataset "
                + "-Standardize ZScore");

        var warning = Assert.Single(_session.Warnings);
        Assert.Contains("property 'Power' holds 1000000000 in row 42 of 100", warning, StringComparison.Ordinal);
        Assert.Contains("-MissingMark 1000000000", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_ComeOutWithTheAssignments()
    {
        var script = """
            $data = 0..59 | ForEach-Object { [pscustomobject]@{ id = "row $_"; a = $_ % 2 * 10 + $_ / 100; b = $_ % 2 } } | ConvertTo-N2DDataset -IdProperty id -Name Demo
            $data | Invoke-N2DCluster -ClusterCount 2 | Get-N2DAssignment
            """;

        var assignments = _session.Run(script);

        Assert.Empty(_session.Errors);
        Assert.Equal(60, assignments.Length);
        Assert.Equal("row 59", Get(assignments[59], "Id"));
        Assert.Equal(59, Get(assignments[59], "Index"));
        Assert.Equal(Get(assignments[1], "Cluster"), Get(assignments[59], "Cluster"));
        Assert.NotEqual(Get(assignments[0], "Cluster"), Get(assignments[59], "Cluster"));
    }

    [Theory]
    [InlineData("ConvertTo-N2DDataset $rows")]
    [InlineData("ConvertTo-N2DDataset @{ a = 1 }")]
    [InlineData("ConvertTo-N2DDataset (Import-N2DDataset Digits)")]
    public void ObjectsInThePlaceOfNames_AreToldToBePiped(string script)
    {
        var error = _session.RunFailing($"$rows = 1..3 | ForEach-Object {{ [pscustomobject]@{{ a = $_; b = 2 }} }}; {script}");

        Assert.Contains("Pipe the objects: $objects | ConvertTo-N2DDataset", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AListByInputObject_IsARowEach()
    {
        var dataset = Assert.Single(
            _session.Run(
                "$rows = 1..3 | ForEach-Object { [pscustomobject]@{ a = $_; b = 2 } }; ConvertTo-N2DDataset a, b -InputObject $rows"));

        Assert.Equal((3, 2), (Get(dataset, "RowCount"), Get(dataset, "Dimension")));
    }

    [Fact]
    public void RowsWithoutIds_HaveNoIdColumn()
    {
        var assignment = _session.Run("Import-N2DDataset Digits | Invoke-N2DCluster -ClusterCount 2 -StartCount 1 | Get-N2DAssignment")[0];

        Assert.Equal(
            ["Index", "Label", "Cluster", "Probability", "Confidence", "Novelty", "OutlierScore", "ClusterName"],
            assignment.Properties.Select(property => property.Name));
    }

    [Fact]
    public void Dictionaries_CountByTheirEntries()
    {
        var dataset = Assert.Single(_session.Run("@{ a = 1; b = $true }, @{ B = 0; A = 2.5 } | ConvertTo-N2DDataset a, b"));

        Assert.Equal((2, 2, "Objects"), (Get(dataset, "RowCount"), Get(dataset, "Dimension"), Get(dataset, "Dataset")));
    }

    [Theory]
    [InlineData("ZScore", "-1", "1")]
    [InlineData("MinMax", "0", "1")]
    public void Standardize_IsAStage(string method, string first, string second)
    {
        var script = $"1, 3 | ForEach-Object {{ [pscustomobject]@{{ a = $_ }} }} | ConvertTo-N2DDataset -Standardize {method}";

        Assert.Equal(method, Get(Assert.Single(_session.Run(script)), "Stages"));
        Assert.Equal([first, second], _session.Run($"{script} | ConvertFrom-N2DEmbedding").Select(row => $"{Get(row, "D1")}"));
        Assert.Equal(
            $"{method} > Umap",
            Get(Assert.Single(
                _session.Run($"Import-N2DDataset Digits -Standardize {method} | Invoke-N2DUmap -Epoch 1 -Dimension 2")), "Stages"));
    }

    [Theory]
    [InlineData(
        "temp1, note",
        "NotANumber",
        ErrorCategory.InvalidData,
        "'Objects', object 1, property 'note': 'x' is not a number. Correct such cells, or give the property another role: -IdProperty "
            + "for ids, -CategoryProperty for categories, or -ExcludeProperty note to leave it out. If the text marks a missing value, "
            + "use -MissingMark x.")]
    [InlineData(
        "temp1, nope",
        "ColumnNotFound",
        ErrorCategory.InvalidArgument,
        "'Objects' has no property 'nope'. It has 5: name, temp1, temp2, kind, note. Give one of these names, a wildcard that matches "
            + "some of them, or a position: 1 is the first, -1 the last.")]
    [InlineData(
        "temp* -ExcludeProperty z*",
        "ExcludedColumnNotFound",
        ErrorCategory.InvalidArgument,
        "'Objects' has no property 'z*'. It has 5: name, temp1, temp2, kind, note. Give one of these names, a wildcard that matches some "
            + "of them, or a position: 1 is the first, -1 the last.")]
    [InlineData(
        "temp* -LabelProperty sort",
        "LabelColumnNotFound",
        ErrorCategory.InvalidArgument,
        "'Objects' has no property 'sort'. It has 5: name, temp1, temp2, kind, note. Give one of these names, a wildcard that "
            + "matches one of them, or a position: 1 is the "
            + "first, -1 the last.")]
    [InlineData(
        "temp* -IdProperty kind",
        "MissingValue",
        ErrorCategory.InvalidData,
        "'Objects', object 3, property 'kind': the id is empty. Every row needs its id.")]
    [InlineData(
        "temp*, kind -LabelProperty kind",
        "PropertyTwice",
        ErrorCategory.InvalidArgument,
        "'kind' is both a property to use as a column and the property of labels or ids. Remove it from one of the two.")]
    [InlineData(
        "temp* -LabelProperty kind -IdProperty KIND",
        "PropertyTwice",
        ErrorCategory.InvalidArgument,
        "'KIND' cannot be both the label and the id: several objects share a label, but each has its own id.")]
    [InlineData(
        "-ExcludeProperty *",
        "NoNumberColumns",
        ErrorCategory.InvalidData,
        "'Objects' has 5 properties, but all of them are labels, ids or excluded: no numbers are left to cluster. Exclude fewer.")]
    public void BadInput_EndsThePipeline_ByObjectAndProperty(string parameters, string id, ErrorCategory category, string message) =>
        ThrowIfOther(_session.RunFailing(Objects.TrimEnd() + " " + parameters), id, category, message);

    [Theory]
    [InlineData(
        "'1,500'",
        "NotANumber",
        "'Objects', object 2, property 'a': '1,500' is not a number. A comma can be a thousands separator or a decimal comma: -Culture "
            + "en-US reads 1,000 as 1000, and -Culture de-DE reads it as 1.")]
    [InlineData(
        "''",
        "MissingValue",
        "'Objects' has 1 missing value in 1 property: 'a' 1 (first: object 2). Use -MissingValue Drop, Mean, Median or Constant, or leave "
            + "it out: -ExcludeProperty a.")]
    [InlineData(
        "$null",
        "MissingValue",
        "'Objects' has 1 missing value in 1 property: 'a' 1 (first: object 2). Use -MissingValue Drop, Mean, Median or Constant, or leave "
            + "it out: -ExcludeProperty a.")]
    [InlineData(
        "[double]::NaN",
        "MissingValue",
        "'Objects' has 1 missing value in 1 property: 'a' 1 (first: object 2). Use -MissingValue Drop, Mean, Median or Constant, or leave "
            + "it out: -ExcludeProperty a.")]
    [InlineData(
        "1e300",
        "NotFinite",
        "'Objects', object 2, property 'a': 1E+300 is not a finite number of float32. Replace such values with finite numbers, or remove "
            + "the rows.")]
    [InlineData(
        "[datetime]'2020-01-02'",
        "NotANumber",
        "'Objects', object 2, property 'a': '2020-01-02' of type DateTime is not a number. Correct such cells, or leave the property out: "
            + "-ExcludeProperty a.")]
    public void BadValue_IsNamedByObjectAndProperty(string value, string id, string message) =>
        ThrowIfOther(
            _session.RunFailing($"1, {value} | ForEach-Object {{ [pscustomobject]@{{ a = $_ }} }} | ConvertTo-N2DDataset a"),
            id,
            ErrorCategory.InvalidData,
            message);

    [Theory]
    [InlineData(
        "'a,b', '1,2' | ConvertTo-N2DDataset", "Object 1 is text. Read files with Import-N2DDataset, or convert text to objects first")]
    [InlineData("1..5 | ConvertTo-N2DDataset", "Object 1 is of type Int32 and has no properties")]
    [InlineData("1..3 | ForEach-Object { , @($_, 2) } | ConvertTo-N2DDataset", "has no properties")]
    public void TextAndNumbers_AreNoObjects(string script, string message)
    {
        var error = _session.RunFailing(script);

        Assert.StartsWith("N2D.NoProperties", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[pscustomobject] @{ A = $_ }", "[pscustomobject] @{ A = $_ * 1.1; B = 2.5 + $_ }")]
    [InlineData("@{ A = $_ }", "@{ A = $_ * 1.1; B = 2.5 + $_ }")]
    public void PropertiesOfAllObjectsCount_AndOneThatIsLacking_IsAMissingValue(string first, string others)
    {
        var dataset = Assert.Single(
            _session.Run(
                $"0..9 | ForEach-Object {{ if ($_ -eq 0) {{ {first} }} else {{ {others} }} }} | ConvertTo-N2DDataset A, B -MissingValue "
                    + $"Drop"));

        Assert.Equal(("A, B", 9), (Get(dataset, "Columns"), Get(dataset, "RowCount")));
    }

    [Fact]
    public void PropertiesThatCannotBeRead_AreMissingValues_AndEndNothing()
    {
        var error = _session.RunFailing("Get-Process -Id $PID | ConvertTo-N2DDataset Id, ExitCode, HandleCount");

        Assert.StartsWith("N2D.MissingValue", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void NoObjects_AreAnError() =>
        ThrowIfOther(
            _session.RunFailing("@() | ConvertTo-N2DDataset a"),
            "EmptyDataset",
            ErrorCategory.InvalidData,
            "No objects were piped, so there are no rows.");

    private static void ThrowIfOther(ErrorRecord error, string id, ErrorCategory category, string message)
    {
        Assert.Equal(message, error.Exception.Message);
        Assert.Equal($"N2D.{id},N2D.PowerShell.Commands.ConvertToN2DDatasetCommand", error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
    }

    private PSObject[] Run(string parameters) => _session.Run(Objects.TrimEnd() + " " + parameters);

    private static object? Get(PSObject item, string property) => item.Properties[property].Value;
}
