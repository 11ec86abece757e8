using System.Collections;
using System.ComponentModel;
using System.Management.Automation;
using N2D.Data;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Converts pipeline objects to a data set, one row for each object.</para>
/// <para type="description">Use it for rows that are already in PowerShell: the output of Import-Csv, Invoke-RestMethod, a database
/// query or a script. Properties with numbers, or text that is a number, become columns. A property with a list of numbers becomes one
/// column for each. All objects together are one data set. An error names the number of the object and the property.</para>
/// </summary>
[Cmdlet(VerbsData.ConvertTo, "N2DDataset")]
[OutputType(typeof(Dataset), typeof(Embedding))]
public sealed class ConvertToN2DDatasetCommand : DatasetCmdlet
{
    private readonly List<(bool IsWarning, string Text)> _messages = [];
    private PropertyRows _rows = null!;
    private Execution _execution = null!;

    /// <summary>
    /// <para type="description">The objects. Entries of dictionaries and columns of database rows count as properties. The first
    /// 100 objects determine the properties. A property that an object lacks is a missing value.</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>
    /// <para type="description">The properties to use as columns, in this order: names or wildcards. Wildcards do not match the
    /// properties of labels and ids. Default: all others.</para>
    /// </summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [ObjectsArePiped("ConvertTo-N2DDataset", "temp*, power")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Property { get; set; }

    /// <summary>
    /// <para type="description">The properties to exclude: names or wildcards.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? ExcludeProperty { get; set; }

    /// <summary>
    /// <para type="description">The properties that hold categories, such as colors or types: names or wildcards. Each becomes a column
    /// 'property=category' of 0 and 1 for each category. A category that the fit has not seen is 0 in all columns. Default: none.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? CategoryProperty { get; set; }

    /// <summary>
    /// <para type="description">The property with the class of each object: its name, or a wildcard that matches one name. Labels are
    /// used for scores, and for training only if a cmdlet has a switch for it. An empty value, or a missing-value mark, means an unknown
    /// class.</para>
    /// </summary>
    [Parameter]
    [OneColumn]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? LabelProperty { get; set; }

    /// <summary>
    /// <para type="description">The property that identifies each object: its name, or a wildcard that matches one name. It is returned
    /// with the row, as Id, by Get-N2DAssignment and ConvertFrom-N2DEmbedding.</para>
    /// </summary>
    [Parameter]
    [OneColumn]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? IdProperty { get; set; }

    /// <summary>
    /// <para type="description">The property with the weight of each object, 0 or more: its name, or a wildcard that matches one name. It
    /// is not clustered. For GaussianMixture and KMeans, a weight of 2 counts as two equal objects, and objects of weight 0 do not
    /// influence the fit. Other stages do not use weights, and warn. Default: none; each object counts once.</para>
    /// </summary>
    [Parameter]
    [OneColumn]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [Alias("sample_weight")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? WeightProperty { get; set; }

    /// <summary>
    /// <para type="description">The name of the data set, which identifies its runs. Default: Objects.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "Objects";

    /// <inheritdoc/>
    private protected override TableTerms Terms { get; } = new() { Column = "property" };

    /// <inheritdoc/>
    private protected override bool AreColumnsChosen => Property is not null || Model is not null;

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        CheckPreparation();
        ThrowIfWeightsWithModel(nameof(WeightProperty));
        if (LabelProperty is not null && LabelProperty.Equals(IdProperty, StringComparison.OrdinalIgnoreCase))
        {
            throw new N2DException("PropertyTwice", ErrorKind.InvalidArgument, $"'{IdProperty}' cannot be both the label and the id: "
                + "several objects share a label, but each has its own id.", IdProperty);
        }

        foreach (var special in new[] { LabelProperty, IdProperty }.OfType<string>())
        {
            if (Property?.Contains(special, StringComparer.OrdinalIgnoreCase) == true)
            {
                throw new N2DException("PropertyTwice", ErrorKind.InvalidArgument, $"'{special}' is both a property to use as a column "
                    + "and the property of labels or ids. Remove it from one of the two.", special);
            }
        }

        var options = TableOptionsFor(Property, ExcludeProperty, CategoryProperty, LabelProperty, IdProperty, WeightProperty);
        _rows = new PropertyRows(new TableSource(Name, $"'{Name}'", Name, "object"), options);

        // Messages are collected and written in the last step, which writes to the session while it runs.
        _execution = new Execution
        {
            CancellationToken = Stopped,
            Warn = text => _messages.Add((true, text)),
            NameOptions = (message, options) => OptionParameters.Name(message, options, GetType()),
            Explain = text => _messages.Add((false, text)),
        };
    }

    /// <inheritdoc/>
    protected override void ProcessObject() => EndingAll(() =>
    {
        // -InputObject binds a list or a table as one object. The user means its items.
        var items = InputObject.BaseObject is IListSource table
            ? table.GetList()
            : InputObject.BaseObject as IList ?? new object[] { InputObject };
        foreach (var item in items)
        {
            Stopped.ThrowIfCancellationRequested();
            _rows.Add(PSObject.AsPSObject(item), _execution);
        }
    });

    /// <inheritdoc/>
    protected override void ProcessEnd() => EndingAll(() => WriteObject(RunLong($"Creating {Name}", 0, execution =>
    {
        var dataset = _rows.Build(_execution);
        foreach (var (isWarning, text) in _messages)
        {
            (isWarning ? execution.Warn : execution.Explain)?.Invoke(text);
        }

        return Prepared(dataset, execution);
    })));
}
