namespace N2D.PowerShell.Tests;

/// <summary>The library's messages name options by their properties; the cmdlets name parameters.</summary>
public sealed class OptionNameTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public OptionNameTests()
    {
        _session.SetVariable("folder", _session.TemporaryFolder);
        _session.Run(
            """
            $data = 0..59 | ForEach-Object { [pscustomobject] @{ Model = $_ % 3 * 10 + $_ / 60; Price = $_ % 7 } } | ConvertTo-N2DDataset -WarningAction Ignore
            $data | Invoke-N2DCluster 3 -Method KMeans -StartCount 1 | Export-N2DModel "$folder/model.n2d"
            """);
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void AColumnNamedLikeAnOption_KeepsItsName_AndTheParameterOfAnotherCmdletIsNamedWithIt() => Assert.Equal(
        "The model was fitted to 2 columns ('Model', 'Price'), but data set 'Objects' has 3 columns ('Model', 'Price', 'More'); not in the "
            + "model: 'More'. Exclude the columns that the model does not have with -ExcludeColumn, or set -Model of Import-N2DDataset or "
            + "ConvertTo-N2DDataset when the rows are read.",
        MessageOf(
            """
            0..19 | ForEach-Object { [pscustomobject] @{ Model = $_; Price = $_ % 7; More = $_ * $_ % 11 } } |
                ConvertTo-N2DDataset -WarningAction Ignore | Invoke-N2DModel "$folder/model.n2d"
            """));

    [Theory]
    [InlineData("-Property Model -Model \"$folder/model.n2d\"", "'Objects' has 'Price', which the model needs, but the import leaves it out or uses it as labels or ids. Omit -Property: the model selects its columns.")]
    [InlineData("-IdProperty Price -Model \"$folder/model.n2d\"", "'Objects' has 'Price', which the model needs, but the import leaves it out or uses it as labels or ids. Check -ExcludeProperty and the columns of labels and ids.")]
    [InlineData("-WeightProperty Kind", "'Objects', property 'Kind': it contains text, but weights are numbers. Set -WeightProperty to a property of numbers.")]
    public void AColumnInTheWrongRole_IsNamed_WithTheParameterToChange(string parameters, string message) => Assert.Equal(
        message,
        MessageOf($"0..19 | ForEach-Object {{ [pscustomobject] @{{ Model = $_; Price = $_ % 7; Kind = 'a' }} }} | ConvertTo-N2DDataset {parameters}"));

    [Fact]
    public void AMethodThatFails_NamesItsParameter() => Assert.EndsWith(
        "Use a smaller -NeighborCount, or add rows.",
        (string)Assert.Single(_session.Run("($data | Compare-N2DMethod UMAP+KM -ClusterCount 3 -NeighborCount 100).Error")).BaseObject,
        StringComparison.Ordinal);

    [Fact]
    public void AnErrorOfALaterCmdlet_NamesItsParameters_WithoutTheCmdletEachTime() => Assert.Equal(
        "Invoke-N2DCluster: HDBSCAN needs 100 or more rows with -MinimumClusterSize 100 and -MinimumSample 100, but there are 60 rows. "
            + "Use smaller values, or add rows.",
        MessageOf("$data | Invoke-N2DPca -Dimension 2 | Invoke-N2DCluster -Method Hdbscan -MinimumClusterSize 100"));

    [Theory]
    [InlineData("Invoke-N2DTsne -Perplexity 0", "t-SNE: -Perplexity is 0; it must be 1 or more.")]
    [InlineData("Invoke-N2DCluster 3 -MaximumIteration 0", "GaussianMixture: -MaximumIteration is 0; it must be 1 or more.")]
    [InlineData("Invoke-N2DCluster -Method Hdbscan -MinimumSample 0", "Hdbscan: -MinimumSample is 0; it must be 1 or more.")]
    [InlineData("New-N2DAutoencoder -HiddenUnit 5, 0", "The autoencoder: -HiddenUnit is 0; it must be 1 or more.")]
    public void ARangeError_NamesTheParameter(string command, string message) => Assert.Equal(message, MessageOf($"$data | {command}"));

    [Fact]
    public void EveryRenamedOption_IsAParameterOfACmdlet() => Assert.Empty(_session.Run(
        """
        $parameters = (Get-Command -Module N2D.PowerShell).Parameters.Keys
        $type = [N2D.PowerShell.Commands.InvokeN2DCommand].Assembly.GetType('N2D.PowerShell.OptionParameters')
        $renamed = $type.GetField('Renamed', [System.Reflection.BindingFlags] 'NonPublic, Static').GetValue($null)
        $renamed.Values | ForEach-Object { $_ } | ForEach-Object { ($_ -split ' ')[0] } | Where-Object { $_ -notin $parameters }
        """));

    private string MessageOf(string script) => _session.RunFailing(script).Exception.Message;
}
