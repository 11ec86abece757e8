using System.Management.Automation;
using System.Reflection;

namespace N2D.PowerShell.Tests;

/// <summary>Conventions of all cmdlets that make them easy to find and to guess.</summary>
public sealed class DiscoverabilityTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Cmdlets_HaveApprovedVerbs_SingularNouns_AndOutputTypes()
    {
        var approved = typeof(VerbsCommon).Assembly.GetTypes()
            .Where(type => type.IsPublic && type.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToHashSet(StringComparer.Ordinal);
        var complaints = new List<string>();
        foreach (var cmdlet in Cmdlets())
        {
            Expect(approved.Contains(cmdlet.Verb), $"{cmdlet.Name}: {cmdlet.Verb} is no approved verb");
            Expect(cmdlet.Noun.StartsWith("N2D", StringComparison.Ordinal), $"{cmdlet.Name}: the noun does not begin with N2D");
            Expect(!cmdlet.Noun.EndsWith('s'), $"{cmdlet.Name}: the noun is not singular");
            Expect(cmdlet.OutputType.Count > 0, $"{cmdlet.Name}: no [OutputType]");
        }

        AssertNone(complaints);

        void Expect(bool isSo, string otherwise)
        {
            if (!isSo)
            {
                complaints.Add(otherwise);
            }
        }
    }

    [Fact]
    public void ParameterSets_AreNeverAmbiguous()
    {
        var complaints = new List<string>();
        foreach (var cmdlet in Cmdlets())
        {
            foreach (var set in cmdlet.ParameterSets)
            {
                var doubled = set.Parameters.Where(parameter => parameter.Position >= 0)
                    .GroupBy(parameter => parameter.Position)
                    .FirstOrDefault(group => group.Count() > 1);
                if (doubled is not null)
                {
                    complaints.Add(
                        $"{cmdlet.Name}, set {set.Name}: {string.Join(" and ", doubled.Select(parameter => parameter.Name))} have the "
                            + "same position");
                }

                if (set.Parameters.Count(parameter => parameter.ValueFromPipeline) > 1)
                {
                    complaints.Add($"{cmdlet.Name}, set {set.Name}: more than one parameter takes the pipeline's objects");
                }
            }

            // The engine uses the default set if it cannot decide. Any two others must differ in their mandatory parameters.
            var others = cmdlet.ParameterSets.Where(set => !set.IsDefault).ToArray();
            complaints.AddRange(
                from one in others
                from other in others
                where string.CompareOrdinal(one.Name, other.Name) < 0 && MandatoryOf(one).SetEquals(MandatoryOf(other))
                select $"{cmdlet.Name}: nothing tells the sets {one.Name} and {other.Name} apart");
            if (cmdlet.ParameterSets.Count > 1 && !cmdlet.ParameterSets.Any(set => set.IsDefault))
            {
                complaints.Add($"{cmdlet.Name}: several parameter sets, and none is the default");
            }
        }

        AssertNone(complaints);
    }

    [Fact]
    public void ValuesOfEnumerations_AreCompleted()
    {
        Assert.Equal("Manhattan", Assert.Single(Complete("Invoke-N2DUmap -Metric man")).CompletionText);
        Assert.Equal(12, Complete("Invoke-N2DUmap -Metric ").Length);
        Assert.Equal(
            ["Convolutional", "Denoising", "Dense", "Variational"],
            Complete("New-N2DAutoencoder -Kind ").Select(value => value.CompletionText));
    }

    [Fact]
    public void NamesDevicesAndClusterCounts_AreCompleted()
    {
        Assert.Contains(
            Complete("Import-N2DDataset "),
            value => value.CompletionText == "Digits" && value.ToolTip.Contains("1797 rows x 64, 10 classes", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(_session.TemporaryFolder, "sensors.csv"), "");
        _session.Run($"Set-Location '{_session.TemporaryFolder}'");
        Assert.EndsWith("sensors.csv", Assert.Single(Complete("Import-N2DDataset ./se")).CompletionText, StringComparison.Ordinal);
        Assert.Equal(["cuda", "cuda:1"], Complete("New-N2DAutoencoder -Device cu").Select(value => value.CompletionText));
        Assert.Equal("Auto", Assert.Single(Complete("Invoke-N2DCluster -ClusterCount A")).CompletionText);
    }

    [Theory]
    [InlineData(
        "New-N2DAutoencoder",
        "epochs batch_size learning_rate latent_dim hidden_layer_sizes validation_split patience weight_decay random_state")]
    [InlineData(
        "Invoke-N2DUmap",
        "n_neighbors min_dist n_components n_epochs metric spread init random_state n_jobs learning_rate negative_sample_rate "
            + "repulsion_strength local_connectivity set_op_mix_ratio target_weight dens_lambda")]
    [InlineData(
        "Invoke-N2DTsne", "perplexity n_components early_exaggeration n_iter max_iter learning_rate angle metric init random_state n_jobs")]
    [InlineData("Invoke-N2DIsomap", "n_neighbors n_components metric n_jobs")]
    [InlineData("Invoke-N2DLocallyLinearEmbedding", "n_neighbors n_components reg method random_state n_jobs")]
    [InlineData("Invoke-N2DPca", "n_components random_state")]
    [InlineData(
        "Invoke-N2DCluster",
        "n_clusters n_components k covariance_type n_init max_iter tol reg_covar min_cluster_size min_samples cluster_selection_method "
            + "allow_single_cluster cluster_selection_epsilon p distance_threshold random_state")]
    public void NamesOfThePythonPackages_AreTaken(string cmdlet, string names)
    {
        var parameters = Cmdlets().Single(command => command.Name == cmdlet).Parameters;
        var known = parameters.Keys.Concat(
            parameters.Values.SelectMany(parameter => parameter.Aliases)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.Equal("", string.Join(" ", names.Split(' ').Where(name => !known.Contains(name))));
    }

    private static HashSet<string> MandatoryOf(CommandParameterSetInfo set) =>
        [.. set.Parameters.Where(parameter => parameter.IsMandatory).Select(parameter => parameter.Name)];

    private static void AssertNone(List<string> complaints) => Assert.True(complaints.Count == 0, string.Join("\n", complaints));

    private CmdletInfo[] Cmdlets() =>
        [.. _session.Run("Get-Command -Module N2D.PowerShell").Select(command => (CmdletInfo)command.BaseObject)];

    private CompletionResult[] Complete(string line) =>
        [.. ((CommandCompletion)Assert.Single(
            _session.Run(
                $"[System.Management.Automation.CommandCompletion]::CompleteInput('{line}', {line.Length}, $null)")).BaseObject).CompletionMatches];
}
