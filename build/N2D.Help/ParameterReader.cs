using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;

namespace N2D.Help;

/// <summary>Reads the description of a parameter from its property.</summary>
internal static partial class ParameterReader
{
    private const string Range = "Range: ";

    /// <summary>The parameters that the engine adds to cmdlets with ShouldProcess.</summary>
    public static IReadOnlyList<ParameterDescription> ShouldProcess { get; } =
    [
        Switch("WhatIf", "wi", "Shows what would be done, without doing it."),
        Switch("Confirm", "cf", "Asks before it is done."),
    ];

    /// <summary>Describes a parameter.</summary>
    /// <param name="property">The property.</param>
    /// <param name="instance">A cmdlet that no parameter was given to: its values are the defaults.</param>
    /// <param name="comments">The doc comments.</param>
    /// <exception cref="HelpException">The comment names another default value than the code.</exception>
    public static ParameterDescription Describe(PropertyInfo property, object instance, XmlComments comments)
    {
        var paragraphs = comments.ParagraphsOf(property, "description");
        var uses = property.GetCustomAttributes<ParameterAttribute>().ToDictionary(
            attribute => attribute.ParameterSetName,
            attribute => new ParameterUse(
                attribute.Mandatory,
                attribute.Position >= 0 ? attribute.Position : null,
                attribute.ValueFromPipeline,
                attribute.ValueFromPipelineByPropertyName),
            StringComparer.Ordinal);
        return new ParameterDescription
        {
            Name = property.Name,
            Type = property.PropertyType,
            // A range in the comment can be more precise than the attribute, and replaces it.
            Paragraphs = [.. paragraphs, .. AcceptedValues(property, comments).Where(values => !values.StartsWith(Range, StringComparison.Ordinal) || !paragraphs.Any(text => text.Contains(Range, StringComparison.Ordinal)))],
            Aliases = [.. property.GetCustomAttributes<AliasAttribute>().SelectMany(alias => alias.AliasNames)],
            DefaultValue = uses.Values.All(use => use.IsMandatory) ? "None" : DefaultOf(property, instance, string.Join(" ", paragraphs)),
            TakesWildcards = property.IsDefined(typeof(SupportsWildcardsAttribute)),
            Uses = uses,
        };
    }

    private static IEnumerable<string> AcceptedValues(PropertyInfo property, XmlComments comments)
    {
        foreach (var range in property.GetCustomAttributes<ValidateRangeAttribute>())
        {
            yield return Equals(range.MaxRange, int.MaxValue)
                ? string.Create(CultureInfo.InvariantCulture, $"{Range}{range.MinRange} or more.")
                : string.Create(CultureInfo.InvariantCulture, $"{Range}{range.MinRange} to {range.MaxRange}.");
        }

        foreach (var set in property.GetCustomAttributes<ValidateSetAttribute>())
        {
            yield return $"Values: {string.Join(", ", set.ValidValues)}.";
        }

        var type = TypeNames.ValueOf(property.PropertyType);
        type = type.GetElementType() ?? type;
        if (type.IsEnum)
        {
            yield return "Values:";
            foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
            {
                yield return $"- {field.Name}: {comments.SummaryOf(field)}".TrimEnd(':', ' ');
            }
        }
    }

    /// <summary>The default value in the comment, otherwise the value of the property.</summary>
    private static string DefaultOf(PropertyInfo property, object instance, string comment)
    {
        if (property.PropertyType == typeof(SwitchParameter))
        {
            return "False";
        }

        var value = property.GetValue(instance);
        if (DefaultInWords().Match(comment) is { Success: true } match)
        {
            var words = match.Groups["value"].Value;
            return Contradicts(words, value)
                ? throw new HelpException($"{property.DeclaringType!.Name}.{property.Name}: its comment says that the default is {words}, its code that it is {TextOf(value)}.")
                : words;
        }

        return value is null || (value is ICollection { Count: 0 }) ? "None" : TextOf(value);
    }

    private static bool Contradicts(string words, object? value) =>
        value is IConvertible and not (string or Enum or bool)
        && double.TryParse(words, NumberStyles.Float, CultureInfo.InvariantCulture, out var said)
        && Math.Abs(said - Convert.ToDouble(value, CultureInfo.InvariantCulture)) > 1e-6 * Math.Abs(said);

    private static string TextOf(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static ParameterDescription Switch(string name, string alias, string text) => new()
    {
        Name = name,
        Type = typeof(SwitchParameter),
        Paragraphs = [text],
        Aliases = [alias],
        DefaultValue = "False",
        Uses = new Dictionary<string, ParameterUse> { [CmdletDescription.AllSets] = new(false, null, false, false) },
    };

    // The whole sentence: 'Default 0.001.', 'Default: 10; with -Preset Paper, the number of clusters.'. A full stop within a number does not end it.
    [GeneratedRegex(@"\bDefault:?\s+(?<value>.+?)(?=\.(\s|$))")]
    private static partial Regex DefaultInWords();
}
