using System.Management.Automation;
using N2D.Models;
using N2D.Pipeline;
using N2D.Reports;

namespace N2D.PowerShell;

/// <summary>Base class of the cmdlets that make one report of all pipeline input.</summary>
public abstract class ReportCmdlet : N2DCmdlet
{
    private readonly List<ClusterResult> _results = [];
    private readonly Dictionary<ClusterResult, SourceObjects> _sources = new(ReferenceEqualityComparer.Instance);

    /// <summary>
    /// <para type="description">The clusterings: the output of Invoke-N2DCluster, Invoke-N2D or Invoke-N2DModel, or rows of
    /// Compare-N2DMethod. Several become parts of one page.</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>
    /// <para type="description">The title of the page. Default: the names of the data sets.</para>
    /// </summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>
    /// <para type="description">The same rows in two dimensions, for the map, such as the output of Invoke-N2DUmap -Dimension 2. Default:
    /// the two dimensions of the rows, or their first two principal components.</para>
    /// </summary>
    [Parameter]
    [RejectsCopies]
    public Embedding? Layout { get; set; }

    /// <summary>
    /// <para type="description">The columns of the data set that the profiles, the map and the exemplars show: names, wildcards, or
    /// positions (1 is the first, -1 the last). More columns make the file larger. Default: all columns for the profiles, and the 24 that
    /// set the clusters apart most for the others (fewer for more than 300,000 rows). Images have none by default. Columns of more than
    /// 500 categories are searched and shown as text, but do not color the map. With -SourceObject, the properties, by name or
    /// wildcard; default: all but those of ids, of texts, and of Add-N2DAssignment.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Column { get; set; }

    /// <summary>
    /// <para type="description">The number of exemplars of each cluster, at its center and at its boundary. Default: 8. Range: 1 to
    /// 50.</para>
    /// </summary>
    [Parameter]
    [WholeNumber]
    public int ExemplarCount { get; set; } = new ReportOptions().ExemplarCount;

    /// <summary>
    /// <para type="description">The objects that the rows were made from, or objects with more properties of the same rows, such as the
    /// output of Import-Csv; or a data set with the same rows and other columns. The page shows them instead of the columns of the data
    /// set, in the profiles, the exemplars, the search and the map. Objects are matched to the rows by id if the data set has ids and the
    /// objects have the property of the ids, otherwise by order. Default: the data set of the clustering.</para>
    /// </summary>
    [Parameter]
    [TakesSourceObjects]
    [ValidateNotNullOrEmpty]
    public PSObject[]? SourceObject { get; set; }

    /// <summary>
    /// <para type="description">The property of -SourceObject with a text for each row, such as a log message. The page shows it with each
    /// row (the first 500 characters), searches it, and gives each cluster the words that set it apart. Default: none.</para>
    /// </summary>
    [Parameter]
    [Alias("TextColumn")]
    [OneColumn]
    [ValidateNotNullOrEmpty]
    public string? TextProperty { get; set; }

    private ReportOptions Options => new()
    {
        Title = Title,
        Layout = Layout,
        Columns = Column,
        ExemplarCount = ExemplarCount,
        SourceOf = SourceObject is null ? null : SourceOf,
        CommandsOf = PipelineCommands.Of,
    };

    /// <summary>Rejects options that are out of range, before any input is processed.</summary>
    protected override void CheckParameters()
    {
        Options.ThrowIfInvalid();
        SourceObjects.ThrowIfMissing(SourceObject, TextProperty);
    }

    /// <summary>Brings the report to its destination.</summary>
    /// <param name="write">Collects the report and writes it to a file, of which it takes the full path.</param>
    protected abstract void Deliver(Action<string> write);

    /// <inheritdoc/>
    protected sealed override void ProcessObject()
    {
        var result = StageInput.Behind(InputObject.BaseObject) as ClusterResult;
        StageInput.ThrowIfNoClusters(result);
        if (SourceObject is not null and not [{ BaseObject: Embedding }])
        {
            _sources.TryAdd(result!, SourceObjects.Of(result!, SourceObject, WriteWarning));
        }

        _results.Add(result!);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessEnd()
    {
        if (_results.Count > 0)
        {
            Deliver(path => RunLong("Writing the report", 0, execution =>
            {
                ClusterReport.Of(_results, Options, execution).Save(path, execution.CancellationToken);
                return path;
            }));
        }
    }

    private ReportSource SourceOf(ClusterResult result, Execution execution)
    {
        if (SourceObject is [{ BaseObject: Embedding other }])
        {
            return new ReportSource(other.GetDataset());
        }

        var source = _sources[result];
        return new ReportSource(
            Column is null && source.PropertiesBut(TextProperty).Count == 0 ? null : source.ToDataset(Column, TextProperty, execution),
            TextProperty ?? "",
            TextProperty is null ? null : source.TextsOf(TextProperty));
    }
}
