using System.Management.Automation;

namespace N2D.Host.Commands.Utility;

/// <summary>Stands in for Select-Object: some objects, some of their properties.</summary>
[Cmdlet(VerbsCommon.Select, "Object")]
public sealed class SelectObjectCommand : PSCmdlet
{
    private readonly Queue<PSObject> _last = new();
    private readonly List<PSObject> _unique = [];
    private IReadOnlyList<PropertySelector> _properties = [];
    private IReadOnlyList<WildcardPattern> _excluded = [];
    private int _seen;
    private int _taken;

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Properties to keep: names, wildcards, script blocks, calculated properties.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>Names and wildcards of properties to drop from those.</summary>
    [Parameter]
    public string[]? ExcludeProperty { get; set; }

    /// <summary>The property whose value is emitted in place of the object.</summary>
    [Parameter]
    public string? ExpandProperty { get; set; }

    /// <summary>How many objects from the start.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? First { get; set; }

    /// <summary>How many objects from the end.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Last { get; set; }

    /// <summary>How many objects to pass over first.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    /// <summary>Whether equal objects are emitted once.</summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _properties = PropertySelector.Read(Property ?? (ExcludeProperty is null ? null : ["*"]));
        _excluded = [.. (ExcludeProperty ?? []).Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase))];
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        if (Last is { } count)
        {
            _last.Enqueue(InputObject);
            if (_last.Count > count + Skip)
            {
                _last.Dequeue();
            }
        }
        else if (_seen++ >= Skip && (First is null || _taken < First))
        {
            _taken++;
            Emit(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // With -Last, what -Skip passes over is at the end.
        foreach (var item in _last.Take(Math.Max(0, _last.Count - Skip)))
        {
            Emit(item);
        }
    }

    private void Emit(PSObject source)
    {
        if (ExpandProperty is not null)
        {
            Expand(source, ExpandProperty);
            return;
        }

        var selected = _properties.Count == 0 ? source : WithProperties(source);
        if (!Unique || !_unique.Exists(known => AreEqual(known, selected)))
        {
            if (Unique)
            {
                _unique.Add(selected);
            }

            WriteObject(selected);
        }
    }

    private PSObject WithProperties(PSObject source)
    {
        var selected = new PSObject();
        foreach (var property in _properties)
        {
            // A property that an object lacks is there all the same, empty: rows of a table have the same columns.
            var values = property.IsName && !property.IsIn(source) && !WildcardPattern.ContainsWildcardCharacters(property.ToString())
                ? [(property.ToString(), null)]
                : property.ValuesOf(source);
            foreach (var (name, value) in values)
            {
                if (selected.Properties[name] is null && !_excluded.Any(pattern => pattern.IsMatch(name)))
                {
                    selected.Properties.Add(new PSNoteProperty(name, value));
                }
            }
        }

        selected.TypeNames.Insert(0, "Selected." + source.BaseObject.GetType());
        return selected;
    }

    private void Expand(PSObject source, string name)
    {
        var property = PropertySelector.Read([name])[0];
        if (property.IsIn(source))
        {
            WriteObject(property.ValueOf(source), enumerateCollection: true);
            return;
        }

        WriteError(new ErrorRecord(
            new PSArgumentException($"The object has no property '{name}'."), "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, source));
    }

    private static bool AreEqual(PSObject a, PSObject b) =>
        a.BaseObject is PSCustomObject && b.BaseObject is PSCustomObject
            ? a.Properties.Select(property => property.Value).SequenceEqual(b.Properties.Select(property => property.Value), Comparer.Instance)
            : LanguagePrimitives.Equals(a, b);

    private sealed class Comparer : IEqualityComparer<object?>
    {
        public static readonly Comparer Instance = new();

        public new bool Equals(object? x, object? y) => LanguagePrimitives.Equals(x, y);

        public int GetHashCode(object? obj) => 0;
    }
}
