namespace N2D.PowerShell.Tests;

/// <summary>Integer parameters reject fractions. The engine would round them silently.</summary>
public sealed class WholeNumberTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void EveryCountingParameter_RefusesFractions()
    {
        var parameters = _session.Run("""
            Get-Command -Module N2D.PowerShell -CommandType Cmdlet | ForEach-Object { $command = $_; $_.Parameters.Values } |
                Where-Object { $_.ParameterType.Name -in 'Int32', 'Int64', 'UInt32', 'UInt64', 'Int32[]', 'ClusterCountArgument' -or
                    ($_.ParameterType.Name -eq 'Nullable`1' -and $_.ParameterType.GenericTypeArguments[0].Name -like '*Int*') } |
                Where-Object { $_.Name -notin 'OutBuffer' } |
                ForEach-Object { "$command $($_.Name) $($_.Attributes.Where({ $_.GetType().Name -eq 'WholeNumberAttribute' }).Count)" }
            """).Select(line => line.ToString()).ToArray();
        Assert.InRange(parameters.Length, 40, 200);
        Assert.All(parameters, line => Assert.EndsWith(" 1", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Invoke-N2DPca -Dimension 1.5")]
    [InlineData("Invoke-N2DUmap -Dimension '1.5'")]
    [InlineData("Invoke-N2DUmap -Epoch 2.5")]
    [InlineData("Invoke-N2DTsne -Seed 0.5")]
    [InlineData("Invoke-N2DCluster -ClusterCount 2.5")]
    [InlineData("New-N2DAutoencoder -HiddenUnit 500, 20.5")]
    public void AFraction_IsRefusedByName(string command)
    {
        var error = _session.RunFailing($"Import-N2DDataset Digits | {command}");
        Assert.StartsWith("ParameterArgumentTransformationError", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("is not a whole number", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Dimension 2.0")]
    [InlineData("-Dimension '2'")]
    [InlineData("-Dimension 2 -Seed 1e3")]
    public void AWholeNumber_IsTakenHoweverItIsWritten(string arguments)
    {
        Assert.Single(_session.Run($"Import-N2DDataset Digits | Invoke-N2DPca {arguments}"));
        Assert.Empty(_session.Errors);
    }
}
