using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;

namespace N2D.PowerShell;

/// <summary>Writes the settings of a stage as the arguments of its cmdlet.</summary>
/// <remarks>
/// Settings are text, and some of them come from files. A value is written only if it is a valid number, switch, enumeration value or list
/// of numbers for its parameter, so that no text can become another parameter or a command.
/// </remarks>
internal sealed partial class CommandArguments
{
    private readonly List<string> _unknown = [];

    /// <summary>The parameters whose values cannot be written, such as <c>-Weights</c> of <c>New-N2DAutoencoder</c>.</summary>
    public IReadOnlyList<string> Unknown => _unknown;

    /// <summary>Writes an argument that is text, such as the name of a column.</summary>
    /// <param name="parameter">The name of the parameter.</param>
    /// <param name="text">The text; null for no argument.</param>
    public static string Of(string parameter, string? text) => text is null ? "" : $" -{parameter} {Quotation.WholeArgumentOf(text)}";

    /// <summary>The name of a cmdlet.</summary>
    /// <param name="cmdlet">The type of the cmdlet.</param>
    public static string NameOf(Type cmdlet)
    {
        var attribute = cmdlet.GetCustomAttribute<CmdletAttribute>()!;
        return $"{attribute.VerbName}-{attribute.NounName}";
    }

    /// <summary>Writes the settings that are parameters of a cmdlet. Others are figures of the fit, and are left out.</summary>
    /// <param name="cmdlet">The type of the cmdlet.</param>
    /// <param name="settings">The settings, as in <c>NeighborCount=20; MinimumDistance=0.1</c>.</param>
    public string Of(Type cmdlet, string settings) => string.Concat(
        from setting in settings.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        let parts = setting.Split('=', 2)
        let parameter = cmdlet.GetProperty(parts[0])
        where parts.Length == 2 && parameter?.IsDefined(typeof(ParameterAttribute)) == true
        select ArgumentOf(cmdlet, parameter, parts[1]));

    private string ArgumentOf(Type cmdlet, PropertyInfo parameter, string value)
    {
        var type = Nullable.GetUnderlyingType(parameter.PropertyType) ?? parameter.PropertyType;
        if (type == typeof(SwitchParameter) && bool.TryParse(value, out var isOn))
        {
            return isOn ? $" -{parameter.Name}" : "";
        }

        if (type == typeof(ClusterCountArgument) && CountRange().Match(value) is { Success: true } range)
        {
            return $" -{parameter.Name} Auto -MinimumClusterCount {range.Groups[1]} -MaximumClusterCount {range.Groups[2]}";
        }

        if (IsValid(type, value))
        {
            return $" -{parameter.Name} {value}";
        }

        if (type.IsArray && NumberList().IsMatch(value))
        {
            return $" -{parameter.Name} {value.Replace("-", ", ", StringComparison.Ordinal)}";
        }

        _unknown.Add($"-{parameter.Name} of {NameOf(cmdlet)}");
        return "";
    }

    private static bool IsValid(Type type, string value) => type.IsEnum ? Enum.IsDefined(type, value)
        : type == typeof(ClusterCountArgument) || type.IsPrimitive
            ? double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            : false;

    [GeneratedRegex(@"^Auto\(([0-9]+)\.\.([0-9]+)\)\z")]
    private static partial Regex CountRange();

    [GeneratedRegex(@"^[0-9]+(-[0-9]+)*\z")]
    private static partial Regex NumberList();
}
