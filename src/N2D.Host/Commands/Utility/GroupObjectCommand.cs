using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;

namespace N2D.Host.Commands.Utility;

/// <summary>Stands in for Group-Object: objects with equal values of properties, together.</summary>
[Cmdlet(VerbsData.Group, "Object")]
public sealed class GroupObjectCommand : PSCmdlet
{
    private readonly List<(object?[] Key, Collection<PSObject> Items)> _groups = [];
    private IReadOnlyList<PropertySelector> _properties = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Properties to group by. Default: the objects themselves.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>Whether the groups come without their objects.</summary>
    [Parameter]
    public SwitchParameter NoElement { get; set; }

    /// <summary>Whether the groups come as one hash table, by value.</summary>
    [Parameter]
    [Alias("AHT")]
    public SwitchParameter AsHashTable { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _properties = PropertySelector.Read(Property);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        object?[] key = _properties.Count == 0 ? [InputObject] : [.. _properties.Select(property => property.ValueOf(InputObject))];
        var group = _groups.FindIndex(other => other.Key.Zip(key).All(pair => LanguagePrimitives.Equals(pair.First, pair.Second, ignoreCase: true)));
        if (group < 0)
        {
            _groups.Add((key, [InputObject]));
        }
        else
        {
            _groups[group].Items.Add(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var groups = _groups.OrderBy(group => group.Key[0], Comparer<object?>.Create(ValueOrder.Compare)).ToList();
        if (AsHashTable)
        {
            var table = new Hashtable(StringComparer.OrdinalIgnoreCase);
            foreach (var (key, items) in groups)
            {
                table[key.Length == 1 && key[0] is { } value ? PSObject.AsPSObject(value).BaseObject : NameOf(key)] = items;
            }

            WriteObject(table);
            return;
        }

        foreach (var (key, items) in groups)
        {
            var group = new PSObject();
            group.Properties.Add(new PSNoteProperty("Count", items.Count));
            group.Properties.Add(new PSNoteProperty("Name", NameOf(key)));
            if (!NoElement)
            {
                group.Properties.Add(new PSNoteProperty("Group", items));
            }

            group.Properties.Add(new PSNoteProperty("Values", key));

            // The engine has a view for the real command's type, by its name.
            group.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.GroupInfo" + (NoElement ? "NoElement" : ""));
            WriteObject(group);
        }
    }

    private static string NameOf(object?[] key) => string.Join(", ", key.Select(value => LanguagePrimitives.ConvertTo<string>(value)));
}
