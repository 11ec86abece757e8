using System.Management.Automation;

namespace N2D.Host.Commands.Utility;

/// <summary>Stands in for Sort-Object: objects by the values of properties; those with equal values keep their order.</summary>
[Cmdlet("Sort", "Object")]
public sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _objects = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Properties to sort by, the first first. Default: the objects themselves.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>Whether the largest comes first.</summary>
    [Parameter]
    public SwitchParameter Descending { get; set; }

    /// <summary>Whether of objects with equal values only the first is kept.</summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            _objects.Add(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var properties = PropertySelector.Read(Property);
        var order = Comparer<object?[]>.Create((a, b) => Compare(a, b, properties));
        object?[]? previous = null;
        foreach (var (item, key) in _objects.Select(item => (Item: item, Key: KeyOf(item, properties))).OrderBy(entry => entry.Key, order))
        {
            if (!Unique || previous is null || order.Compare(previous, key) != 0)
            {
                WriteObject(item);
            }

            previous = key;
        }
    }

    private int Compare(object?[] a, object?[] b, IReadOnlyList<PropertySelector> properties)
    {
        for (var i = 0; i < a.Length; i++)
        {
            var order = ValueOrder.Compare(a[i], b[i]);
            if (order != 0)
            {
                return (properties.Count > 0 ? properties[i].Descending : null) ?? Descending ? -order : order;
            }
        }

        return 0;
    }

    private static object?[] KeyOf(PSObject item, IReadOnlyList<PropertySelector> properties) =>
        properties.Count == 0 ? [item] : [.. properties.Select(property => property.ValueOf(item))];
}
