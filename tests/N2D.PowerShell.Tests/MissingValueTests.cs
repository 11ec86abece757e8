using System.Management.Automation;

namespace N2D.PowerShell.Tests;

/// <summary>
/// Tables with missing values, categories and ids: from the file to the joined objects, and to a model that scores later files.
/// </summary>
public sealed class MissingValueTests : IDisposable
{
    private const string Penguins = """
        species,island,bill_length_mm,flipper_length_mm,body_mass_g,sex,id
        """;

    private readonly PowerShellSession _session = new();

    public MissingValueTests()
    {
        // Two species, far apart. Every tenth row has a missing value.
        var rows = Enumerable.Range(0, 60).Select(row => FormattableString.Invariant(
            $"{(row % 2 == 0 ? "Adelie" : "Gentoo")},{(row % 2 == 0 ? "Dream" : "Biscoe")},{(row % 10 == 3 ? "NA" : $"{38 + (row % 2 * 10) + (row / 50.0)}")},{190 + (row % 2 * 30) + (row % 5)},{3700 + (row % 2 * 1300) + (row * 3 % 11)},{(row % 3 == 0 ? "male" : row == 7 ? "" : "female")},N{row}A1"));
        File.WriteAllText(Path.Combine(_session.TemporaryFolder, "penguins.csv"), Penguins + "\n" + string.Join('\n', rows) + "\n");
    }

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData(
        "Import-N2DDataset {0}/penguins.csv -LabelColumn species -IdColumn id -CategoryColumn island, sex -MissingValue Mean -Standardize "
            + "ZScore")]
    [InlineData(
        "Import-Csv {0}/penguins.csv | ConvertTo-N2DDataset -LabelProperty species -IdProperty id -CategoryProperty island, sex "
            + "-MissingValue Mean -Standardize ZScore")]
    public void FileAndObjects_GiveTheSame_FromGapsToClasses(string script)
    {
        var dataset = Assert.Single(Run(script));

        Assert.Empty(_session.Errors);
        Assert.Empty(_session.Warnings);
        Assert.Equal("Imputer > OneHot > ZScore", Get(dataset, "Stages"));
        Assert.Equal(
            "island=Biscoe, island=Dream, bill_length_mm, flipper_length_mm, body_mass_g, sex=female, sex=male", Get(dataset, "Columns"));
        Assert.Equal(1.0, Get(Assert.Single(Run($"{script} | Invoke-N2DCluster 2 -Method KMeans")), "Acc"));
    }

    [Fact]
    public void DroppedRows_KeepTheirPlaces_AndComeBackOnRequest()
    {
        Run("$result = Import-N2DDataset {0}/penguins.csv -LabelColumn species -IdColumn id -Column *_mm, body* -MissingValue Drop "
            + "-Standardize ZScore | Invoke-N2DCluster 2 -Method KMeans");

        Assert.Equal((54, 6), (Get(Run("$result")[0], "RowCount"), Get(Run("$result")[0], "DroppedCount")));
        Assert.Equal(54, Run("$result | Get-N2DAssignment").Length);
        var all = Run("$result | Get-N2DAssignment -IncludeDropped");
        Assert.Equal(Enumerable.Range(0, 60), all.Select(row => (int)Get(row, "Index")!));
        Assert.Equal("N3A1", Get(all[3], "Id"));
        Assert.Null(Get(all[3], "Cluster"));
        Assert.NotNull(Get(all[4], "Cluster"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-ByOrder")]
    public void Objects_OfDroppedRows_AreLeftOutWithAWarning_OrHandedOnWithoutACluster(string how)
    {
        Run("$result = Import-N2DDataset {0}/penguins.csv -LabelColumn species -IdColumn id -Column *_mm, body* -MissingValue Drop "
            + "-Standardize ZScore | Invoke-N2DCluster 2 -Method KMeans");

        Assert.Equal(54, Run($"Import-Csv {{0}}/penguins.csv | Add-N2DAssignment $result {how}").Length);
        Assert.Contains("6 objects had missing values", Assert.Single(_session.Warnings), StringComparison.Ordinal);
        var all = Run($"Import-Csv {{0}}/penguins.csv | Add-N2DAssignment $result {how} -IncludeDropped");
        Assert.Empty(_session.Warnings);
        Assert.Equal(60, all.Length);
        Assert.Null(Get(all[13], "Cluster"));
        Assert.Equal(
            2,
            all.Where((_, row) => row % 10 != 3)
                .GroupBy(item => Get(item, "species"))
                .Select(species => Assert.Single(species.Select(item => Get(item, "Cluster")).Distinct()))
                .Distinct()
                .Count());
    }

    [Fact]
    public void ScheduledScoring_TakesTheModelsColumns_AndScoresRowsWithGaps()
    {
        Run("Import-N2DDataset {0}/penguins.csv -LabelColumn species -IdColumn id -CategoryColumn sex -ExcludeColumn island -MissingValue "
            + "Median -Standardize ZScore | Invoke-N2DCluster 2 -Method KMeans | Export-N2DModel {0}/m.n2d");
        File.WriteAllText(
            Path.Combine(_session.TemporaryFolder, "today.csv"),
            "new field,sex,body_mass_g,bill_length_mm,flipper_length_mm,id\nx,male,3705,,191,a\ny,unknown,5000,48,222,b\nz,,,48,,c\n");

        var scored = Assert.Single(Run("Import-N2DDataset {0}/today.csv -IdColumn id -Model {0}/m.n2d | Invoke-N2DModel {0}/m.n2d"));

        Assert.Empty(_session.Errors);
        Assert.Equal(3, Get(scored, "RowCount"));
        Assert.Contains("sex=unknown", Assert.Single(_session.Warnings), StringComparison.Ordinal);
        var clusters = Run("Import-N2DDataset {0}/today.csv -IdColumn id -Model {0}/m.n2d | Invoke-N2DModel {0}/m.n2d | Get-N2DAssignment")
            .Select(row => Get(row, "Cluster"))
            .ToArray();
        Assert.NotEqual(clusters[0], clusters[1]);
        Assert.Equal(
            3,
            Run("Import-Csv {0}/today.csv | ConvertTo-N2DDataset -IdProperty id -Model {0}/m.n2d | Invoke-N2DModel {0}/m.n2d | "
                + "Get-N2DAssignment").Length);
    }

    [Theory]
    [InlineData("Import-N2DDataset {0}/penguins.csv -Model {0}/none.n2d", "N2D.FileNotFound")]
    [InlineData(
        "Import-N2DDataset {0}/penguins.csv -IdColumn id -ExcludeColumn species, island, sex -MissingConstant 3",
        "N2D.ParameterNotForMethod")]
    [InlineData("Import-N2DDataset {0}/penguins.csv -MissingIndicator -MissingValue Drop", "N2D.ParameterNotForMethod")]
    [InlineData("Import-N2DDataset {0}/penguins.csv -LabelColumn species -CategoryColumn species", "N2D.CategoryColumnTaken")]
    [InlineData("Import-N2DDataset {0}/penguins.csv -Column nope", "N2D.ColumnNotFound")]
    [InlineData("Import-N2DDataset {0}/penguins.csv -CategoryColumn nope", "N2D.CategoryColumnNotFound")]
    [InlineData("Import-N2DDataset {0}/penguins.csv -Encoding klingon", "ParameterArgumentTransformationError")]
    [InlineData("Import-N2DDataset {0}/penguins.csv -Culture klingon", "ParameterArgumentTransformationError")]
    [InlineData("Import-N2DDataset {0}/penguins.csv -Worksheet 1", "N2D.OptionOfOtherFormat")]
    public void ParametersThatDoNotFit_AreRefusedBeforeAnyWork(string script, string id) =>
        Assert.StartsWith(id, _session.RunFailing(Format(script)).FullyQualifiedErrorId, StringComparison.Ordinal);

    [Theory]
    [InlineData("Import-N2DDataset {0}/penguins.csv -IdColumn ", "id")]
    [InlineData("Import-N2DDataset -Path {0}/penguins.csv -ExcludeColumn b", "body_mass_g")]
    [InlineData("$p = Import-Csv {0}/penguins.csv; $p | ConvertTo-N2DDataset -LabelProperty s", "species")]
    [InlineData("Import-Csv {0}/penguins.csv | ConvertTo-N2DDataset -IdProperty i", "id")]
    public void NamesOfColumns_AreCompleted(string line, string expected)
    {
        Run("$p = Import-Csv {0}/penguins.csv");

        var completions = Run(
            $"[System.Management.Automation.CommandCompletion]::CompleteInput('{Format(line).Replace("'", "''", StringComparison.Ordinal)}', {Format(line).Length}, $null).CompletionMatches | ForEach-Object CompletionText");

        Assert.Contains(expected, completions.Select(completion => completion.BaseObject as string));
    }

    [Fact]
    public void ModelFiles_AreCompletedFirst()
    {
        Run("'x' | Set-Content {0}/a.txt; 'x' | Set-Content {0}/b.n2d");
        var line = Format("Import-N2DDataset x.csv -Model {0}/");

        var completions = Run(
            $"[System.Management.Automation.CommandCompletion]::CompleteInput('{line}', {line.Length}, $null).CompletionMatches | "
                + $"ForEach-Object CompletionText");

        Assert.EndsWith("b.n2d", (string)completions[0].BaseObject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-NoHeader", 3, "x1")]
    [InlineData("-NoHeader:$false", 2, "1")]
    [InlineData("-Header u, v", 3, "u")]
    [InlineData("-Header u, v -NoHeader:$false", 2, "u")]
    public void NoHeader_DecidesWhatTheFirstLineIs(string parameters, int rows, string name)
    {
        File.WriteAllText(Path.Combine(_session.TemporaryFolder, "h.csv"), "1,2\n7,8\n5,6\n");

        var dataset = Assert.Single(Run($"Import-N2DDataset {{0}}/h.csv {parameters}"));

        Assert.Equal(rows, Get(dataset, "RowCount"));
        Assert.StartsWith(name, (string)Get(dataset, "Columns")!, StringComparison.Ordinal);
    }

    private PSObject[] Run(string script) => _session.Run(Format(script));

    private string Format(string script) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, script, _session.TemporaryFolder);

    private static object? Get(PSObject item, string property) => item.Properties[property].Value;
}
