using System.Management.Automation;
using N2D.Models;
using N2D.Pipeline;
using N2D.Profiles;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Describes each cluster: its size, how certain and compact it is, its classes, and the columns that set it
/// apart.</para>
/// <para type="description">Returns one object for each cluster. If some rows are in no cluster, the last object describes them, as
/// cluster -1. Summary names the columns in which the rows of the cluster differ most from all other rows, such as 'power high (2.1 sd),
/// temp2 low (1.3 sd)'. It mentions differences of at least 0.5 standard deviations.</para>
/// <para type="description">Means, standard deviations and categories are those of the columns as they were read, in their own units,
/// whatever scaling, autoencoder or manifold the rows were clustered by. For numbers, the effect size is Cohen's d: the difference of the
/// means in pooled standard deviations. For categories, it is Cohen's h, the difference of the shares after the arcsine transform, with
/// the lift: the share in the cluster divided by the share in all rows. For both, 0.2 is small, 0.5 medium and 0.8 large (Cohen
/// 1988).</para>
/// <para type="description">Cohesion is the mean distance of the rows to the center of their cluster, and Separation the distance of the
/// center to the nearest other one, in the clustered space. Probability, Novelty and Silhouette are means of the rows.</para>
/// <para type="description">With -TextProperty, Words are the words that are frequent in the cluster and rare in the others, by class-based
/// TF-IDF (Grootendorst 2022). The first three are the Name of the cluster. Rename-N2DCluster keeps the names with the result.</para>
/// <para type="description">The pixels of images are not compared, so Summary is empty. To see images of each cluster, use Show-N2DPlot
/// -Kind Exemplar.</para>
/// </summary>
[Cmdlet(VerbsCommon.Get, "N2DClusterProfile")]
[OutputType(typeof(ClusterProfile), typeof(ColumnProfile))]
public sealed class GetN2DClusterProfileCommand : ThreadedCmdlet
{
    /// <summary>
    /// <para type="description">The clustering: from Invoke-N2DCluster, Optimize-N2DCluster, Invoke-N2D or Invoke-N2DModel, or a
    /// row of Compare-N2DMethod.</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Takes(typeof(ClusterResult))]
    [AllowNull]
    public ClusterResult InputObject { get; set; } = null!;

    /// <summary>
    /// <para type="description">The columns to compare: names or wildcards. With -SourceObject, the properties to compare, also those that
    /// were not clustered. Default: all columns of the data set; with -SourceObject, all properties except the one that holds the
    /// ids, and those that Add-N2DAssignment added. Text that differs in each of at least 20 rows is only compared if it is named.</para>
    /// </summary>
    [Parameter(Position = 0)]
    [Alias("Property")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Column { get; set; }

    /// <summary>
    /// <para type="description">The objects that the rows were made from, or objects with more properties of the same rows, such as the
    /// output of Import-Csv; or a data set with the same rows and other columns. Objects are matched to the rows by id if the data set has
    /// ids and the objects have the property of the ids, otherwise by order. A property with text is compared by categories. Default: the
    /// data set of the clustering.</para>
    /// </summary>
    [Parameter]
    [TakesSourceObjects]
    [ValidateNotNullOrEmpty]
    public PSObject[]? SourceObject { get; set; }

    /// <summary>
    /// <para type="description">The property of -SourceObject with a text for each row, such as a log message, from which each cluster gets
    /// its words and its name. Without -Column, the columns of the data set are compared as well. Words are runs of at least two letters,
    /// digits and underscores, in lower case. Numbers, and English words without content such as 'the', are left out. Default:
    /// none.</para>
    /// </summary>
    [Parameter]
    [Alias("TextColumn")]
    [OneColumn]
    [ValidateNotNullOrEmpty]
    public string? TextProperty { get; set; }

    /// <summary>
    /// <para type="description">The maximum number of columns in Summary. Default: 3. Range: 1 to 20.</para>
    /// </summary>
    [Parameter]
    [ValidateRange(1, 20)]
    [WholeNumber]
    public int ColumnCount { get; set; } = new ProfileOptions().ColumnCount;

    /// <summary>
    /// <para type="description">Returns one object for each cluster and column (or category) instead, for Export-Csv and Where-Object: the
    /// means or shares of the cluster and of the other rows, and the effect size, the largest first.</para>
    /// </summary>
    [Parameter]
#pragma warning disable CA1720 // The long format of a table, as in pandas and tidyr. No type is meant.
    public SwitchParameter Long { get; set; }
#pragma warning restore CA1720

    /// <inheritdoc/>
    protected override void CheckParameters() => SourceObjects.ThrowIfMissing(SourceObject, TextProperty);

    /// <inheritdoc/>
    protected override void ProcessObject()
    {
        StageInput.ThrowIfNoClusters(InputObject);
        var profiles = RunLong($"Describing the clusters of {InputObject.Dataset}", ThreadCount, execution =>
            ClusterProfiles.Of(InputObject, OptionsFor(execution), execution));
        if (!Long)
        {
            var hasLabels = InputObject.GetEmbedding().GetLabels() is not null;
            WriteObject(hasLabels ? profiles : profiles.Select(WithUnlabeledView), enumerateCollection: true);
            return;
        }

        ThrowIfNoColumns(profiles);
        WriteObject(profiles.SelectMany(profile => profile.GetColumns()), enumerateCollection: true);
    }

    /// <summary>A profile of rows without labels, whose view has no class.</summary>
    private static PSObject WithUnlabeledView(ClusterProfile profile)
    {
        var unlabeled = new PSObject(profile);
        unlabeled.TypeNames.Insert(0, $"{typeof(ClusterProfile).FullName}#Unlabeled");
        return unlabeled;
    }

    private ProfileOptions OptionsFor(Execution execution)
    {
        var options = new ProfileOptions { Columns = Column, ColumnCount = ColumnCount };
        switch (SourceObject)
        {
            case null:
                return options;
            case [{ BaseObject: Embedding other }]:
                return options with { Source = other.GetDataset() };
            default:
                var source = SourceObjects.Of(InputObject, SourceObject, execution.Warn!);
                return options with
                {
                    Texts = TextProperty is null ? null : source.TextsOf(TextProperty),
                    Source = TextProperty is null || Column is not null ? source.ToDataset(Column, TextProperty, execution) : null,
                    Columns = null,
                };
        }
    }

    private void ThrowIfNoColumns(IReadOnlyList<ClusterProfile> profiles)
    {
        if (profiles.All(profile => profile.GetColumns().Count == 0))
        {
            throw new N2DException(
                "NoColumnsToCompare",
                ErrorKind.InvalidArgument,
                $"The rows of '{InputObject.Dataset}' are images, whose pixels are not compared. Show images of each cluster with "
                    + "Show-N2DPlot -Kind Exemplar, name pixels with -Column, or provide other columns with -SourceObject.",
                InputObject);
        }
    }
}
