using System.Globalization;

namespace N2D.Pipeline;

/// <summary>The settings of a fit as text, to tell runs apart by.</summary>
internal static class StageSettings
{
    /// <summary>Writes settings as <c>NeighborCount=20; MinimumDistance=0.1</c>, whatever the machine's culture.</summary>
    /// <param name="settings">The settings; those at their default are left out, to keep the text short.</param>
    public static string TextOf(params IEnumerable<Setting> settings) => string.Join(
        "; ",
        settings.Where(setting => setting.Value is not null && !setting.Value.Equals(setting.Default))
            .Select(setting => $"{setting.Name}={Convert.ToString(setting.Value, CultureInfo.InvariantCulture)}"));

    /// <summary>One setting.</summary>
    /// <param name="Name">The name of the cmdlet's parameter.</param>
    /// <param name="Value">Its value; null if there is none.</param>
    /// <param name="Default">The value that is not worth telling; null to tell any.</param>
    internal readonly record struct Setting(string Name, object? Value, object? Default = null);
}
