using System.Globalization;
using System.Management.Automation;
using N2D.Clustering;
using N2D.Models;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Returns the cluster of each row: index, label, cluster, probability, confidence, novelty and outlier
/// score.</para>
/// <para type="description">Returns one object for each row, for Where-Object, Group-Object and Export-Csv. If the data set has ids, Id is
/// the first property.</para>
/// <para type="description">Confidence is how clearly the row belongs to its cluster, from its distances to the center of its cluster and
/// to the nearest other center. A row halfway between two centers has 0.5. Low values are rows that other seeds may put in another
/// cluster. Whole clusters that depend on the seed are not detected; Invoke-N2DCluster -Stability does that. Hdbscan and Spectral, whose
/// clusters can have any shape, have none.</para>
/// <para type="description">Novelty exists only if a model was applied to the rows (Invoke-N2DModel). It is the distance of a row from the
/// training data, scaled so that 99 % of the rows that resemble it score 1 or less.</para>
/// <para type="description">OutlierScore exists only for Hdbscan. It ranges from 0, in the densest part of a cluster, to 1, far from all
/// dense regions.</para>
/// <para type="description">ClusterName is the name that Rename-N2DCluster gave to the cluster.</para>
/// </summary>
[Cmdlet(VerbsCommon.Get, "N2DAssignment")]
[OutputType(typeof(ClusterAssignment), typeof(IdentifiedAssignment), typeof(PSObject))]
public sealed class GetN2DAssignmentCommand : N2DCmdlet
{
    /// <summary>
    /// <para type="description">The clustering: from Invoke-N2DCluster, Optimize-N2DCluster, Invoke-N2D or Invoke-N2DModel, or a
    /// row of Compare-N2DMethod.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Takes(typeof(ClusterResult))]
    [AllowNull]
    public ClusterResult InputObject { get; set; } = null!;

    /// <summary>
    /// <para type="description">Also returns the rows that were dropped because of missing values (-MissingValue Drop of Import-N2DDataset
    /// and ConvertTo-N2DDataset), in their places, with an empty Cluster.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeDropped { get; set; }

    /// <summary>
    /// <para type="description">Adds an apostrophe before ids, labels and names that Excel would run as formulas: text that begins with
    /// =, +, -, @, a tab or a carriage return, unless it is a number. Use it before Export-Csv if the rows come from an untrusted
    /// source.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter ExcelSafe { get; set; }

    /// <summary>
    /// <para type="description">Also returns the probability of every cluster, in the properties Probability0, Probability1 and so on,
    /// where the number is that of the cluster. Only GaussianMixture computes them. Format-List and Export-Csv show
    /// all of them; the table does not, unless you name them: Format-Table Index, Probability*.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter AllProbability { get; set; }

    /// <inheritdoc/>
    protected override void ProcessObject()
    {
        StageInput.ThrowIfNoClusters(InputObject);
        if (AllProbability && !InputObject.GetClusterer().HasAllProbabilities)
        {
            throw new N2DException(
                "NoProbabilities",
                ErrorKind.InvalidArgument,
                $"{InputObject.Method} computes only the probability of each row's own cluster. -AllProbability requires clusters from "
                    + $"{nameof(ClusterMethod.GaussianMixture)}.",
                InputObject);
        }

        var assignments = InputObject.EnumerateAssignments(IncludeDropped);
        assignments = ExcelSafe ? assignments.Select(SafeOf) : assignments;
        IEnumerable<object> rows = InputObject.GetClusterNames().Count > 0 ? assignments.Select(WithNamedView) : assignments;
        WriteObject(AllProbability ? WithProbabilities(rows) : rows, enumerateCollection: true);
    }

    /// <summary>Copies each row, and adds the probabilities of all clusters. Dropped rows have none.</summary>
    private IEnumerable<PSObject> WithProbabilities(IEnumerable<object> assignments)
    {
        var (probabilities, number) = (InputObject.GetProbabilities(), 0);
        string[] names = [.. Enumerable.Range(0, InputObject.ClusterCount).Select(
            cluster => string.Create(CultureInfo.InvariantCulture, $"Probability{cluster}"))];
        foreach (var assignment in assignments.Select(PSObject.AsPSObject))
        {
            // Properties that are added to the object itself would precede its own ones in files. The list view of rows would leave them
            // out, so the type is another one, which has none.
            var row = new PSObject();
            row.TypeNames.Clear();
            row.TypeNames.Add($"{assignment.TypeNames[0]}#AllProbability");

            foreach (var property in assignment.Properties)
            {
                row.Properties.Add(new PSNoteProperty(property.Name, property.Value), preValidated: true);
            }

            var isDropped = ((ClusterAssignment)assignment.BaseObject).Cluster is null;
            for (var cluster = 0; cluster < names.Length; cluster++)
            {
                row.Properties.Add(
                    new PSNoteProperty(names[cluster], isDropped ? null : probabilities[number, cluster]), preValidated: true);
            }

            number += isDropped ? 0 : 1;
            yield return row;
        }
    }

    private static PSObject WithNamedView(ClusterAssignment assignment)
    {
        var named = new PSObject(assignment);
        named.TypeNames.Insert(0, $"{assignment.GetType().FullName}#Named");
        return named;
    }

    private static ClusterAssignment SafeOf(ClusterAssignment assignment)
    {
        var safe = assignment with
        {
            Label = SpreadsheetText.Of(assignment.Label),
            ClusterName = SpreadsheetText.Of(assignment.ClusterName),
        };
        return assignment is IdentifiedAssignment { Id: var id } ? new IdentifiedAssignment(SpreadsheetText.Of(id), safe) : safe;
    }
}
