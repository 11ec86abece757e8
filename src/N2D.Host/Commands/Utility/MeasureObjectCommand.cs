using System.Globalization;
using System.Management.Automation;

namespace N2D.Host.Commands.Utility;

/// <summary>Stands in for Measure-Object: count, sum, mean, standard deviation, least and greatest of objects or their properties.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Object")]
public sealed class MeasureObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _objects = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Names or wildcards of properties; one result each. Default: the objects themselves.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>Whether to sum.</summary>
    [Parameter]
    public SwitchParameter Sum { get; set; }

    /// <summary>Whether to average.</summary>
    [Parameter]
    public SwitchParameter Average { get; set; }

    /// <summary>Whether to find the least.</summary>
    [Parameter]
    public SwitchParameter Minimum { get; set; }

    /// <summary>Whether to find the greatest.</summary>
    [Parameter]
    public SwitchParameter Maximum { get; set; }

    /// <summary>Whether to give the standard deviation of the sample.</summary>
    [Parameter]
    public SwitchParameter StandardDeviation { get; set; }

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
        if (Property is null)
        {
            WriteObject(Measure(null, [.. _objects]));
            return;
        }

        var values = _objects.SelectMany(item => PropertySelector.Read(Property).SelectMany(property => property.ValuesOf(item)));
        var measured = values.GroupBy(entry => entry.Name, entry => entry.Value, StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var property in measured)
        {
            WriteObject(Measure(property.Key, [.. property.Where(value => value is not null)]));
        }

        foreach (var name in Property.Select(property => property.ToString()!).Where(name => !WildcardPattern.ContainsWildcardCharacters(name)))
        {
            if (!measured.Exists(property => string.Equals(property.Key, name, StringComparison.OrdinalIgnoreCase)))
            {
                var error = new PSArgumentException($"No object has a property '{name}'.");
                WriteError(new ErrorRecord(error, "GenericMeasurePropertyNotFound", ErrorCategory.InvalidArgument, name));
            }
        }
    }

    private PSObject Measure(string? property, IReadOnlyList<object?> values)
    {
        var numbers = Sum || Average || StandardDeviation ? NumbersOf(values) : [];
        var mean = numbers.Count > 0 ? numbers.Average() : (double?)null;
        double? deviation = numbers.Count > 1 ? Math.Sqrt(numbers.Sum(number => (number - mean!.Value) * (number - mean.Value)) / (numbers.Count - 1)) : null;
        var order = Comparer<object?>.Create(ValueOrder.Compare);
        var result = new PSObject();
        foreach (var (name, value) in new (string, object?)[]
        {
            ("Count", values.Count),
            ("Average", Average ? mean : null),
            ("Sum", Sum && numbers.Count > 0 ? numbers.Sum() : null),
            ("Maximum", Maximum ? values.Max(order) : null),
            ("Minimum", Minimum ? values.Min(order) : null),
            ("StandardDeviation", StandardDeviation ? deviation : null),
            ("Property", property),
        })
        {
            result.Properties.Add(new PSNoteProperty(name, value));
        }

        return result;
    }

    private List<double> NumbersOf(IReadOnlyList<object?> values)
    {
        var numbers = new List<double>(values.Count);
        foreach (var value in values)
        {
            if (LanguagePrimitives.TryConvertTo<double>(value, CultureInfo.InvariantCulture, out var number))
            {
                numbers.Add(number);
            }
            else
            {
                WriteError(new ErrorRecord(new PSArgumentException($"'{value}' is not a number."), "NonNumericInputObject", ErrorCategory.InvalidType, value));
            }
        }

        return numbers;
    }
}
