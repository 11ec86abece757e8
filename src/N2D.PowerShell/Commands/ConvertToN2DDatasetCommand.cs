using System.Collections;
using System.Management.Automation;
using N2D.Data;
using N2D.Models;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Makes a data set of the objects that come down the pipeline, a row each.</para>
/// <para type="description">For rows that are in PowerShell already: what Import-Csv, Invoke-RestMethod or a script puts out. Properties that hold numbers, as numbers
/// or as text with a decimal point, become columns. All objects together are one data set. A bad value ends it, by the object's number and the property's
/// name: a data set without some of its rows would be another one.</para>
/// </summary>
[Cmdlet(VerbsData.ConvertTo, "N2DDataset")]
[OutputType(typeof(Dataset), typeof(Embedding))]
public sealed class ConvertToN2DDatasetCommand : N2DCmdlet
{
    private PropertyRows _rows = null!;

    /// <summary>
    /// <para type="description">The objects, a row each; dictionaries count by their entries. The first one tells what the properties are.</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>
    /// <para type="description">The properties that become columns, in this order: names, or wildcards, which do not take those of labels and ids. Default: all others.</para>
    /// </summary>
    [Parameter(Position = 0)]
    [ObjectsArePiped("ConvertTo-N2DDataset", "temp*, power")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Property { get; set; }

    /// <summary>
    /// <para type="description">The properties to leave out: names or wildcards.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? ExcludeProperty { get; set; }

    /// <summary>
    /// <para type="description">The property of the class of each object. It serves to score, and never to train unless a cmdlet is told to. Objects where it is empty are
    /// of unknown class.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LabelProperty { get; set; }

    /// <summary>
    /// <para type="description">The property that tells an object from the others. It comes out again with the row: as Id of Get-N2DAssignment and ConvertFrom-N2DEmbedding.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? IdProperty { get; set; }

    /// <summary>
    /// <para type="description">The data set's name, which stands in each run made of it. Default: Objects.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "Objects";

    /// <summary>
    /// <para type="description">Brings the columns to a common scale: ZScore to mean 0 and standard deviation 1, MinMax to 0 to 1. Default: None. It is a stage, so that
    /// rows to which a fitted model is applied later are scaled alike.</para>
    /// </summary>
    [Parameter]
    public Standardization Standardize { get; set; }

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        if (LabelProperty is not null && LabelProperty.Equals(IdProperty, StringComparison.OrdinalIgnoreCase))
        {
            throw new N2DException("PropertyTwice", ErrorKind.InvalidArgument, $"'{IdProperty}' cannot be both label and id: labels are shared, ids are not.", IdProperty);
        }

        foreach (var special in new[] { LabelProperty, IdProperty }.OfType<string>())
        {
            if (Property?.Contains(special, StringComparer.OrdinalIgnoreCase) == true)
            {
                throw new N2DException("PropertyTwice", ErrorKind.InvalidArgument, $"'{special}' is among the properties that become columns, and the one of labels or ids as well. Take it from one of the two.", special);
            }
        }

        _rows = new PropertyRows(Property, ExcludeProperty, LabelProperty, IdProperty);
    }

    /// <inheritdoc/>
    protected override void ProcessObject() => EndingAll(() =>
    {
        // By -InputObject a list comes as one object: its properties, of which Length is a number, are not what is meant.
        foreach (var item in InputObject.BaseObject as IList ?? new object[] { InputObject })
        {
            _rows.Add(PSObject.AsPSObject(item), Name);
        }
    });

    /// <inheritdoc/>
    protected override void ProcessEnd() => EndingAll(() =>
        WriteObject(RunLong($"Making {Name}", 0, execution => Standardizer.Apply(_rows.Build(execution), Standardize, execution))));
}
