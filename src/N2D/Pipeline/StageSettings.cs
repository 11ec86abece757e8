using System.Globalization;

namespace N2D.Pipeline;

/// <summary>The settings of a fit as text, to distinguish runs.</summary>
internal static class StageSettings
{
    /// <summary>Formats settings as <c>NeighborCount=20; MinimumDistance=0.1</c>, with the invariant culture.</summary>
    /// <param name="settings">The settings. Those with their default value are left out.</param>
    public static string TextOf(params IEnumerable<Setting> settings) => string.Join(
        "; ",
        settings.Where(setting => setting.Value is not null && !setting.Value.Equals(setting.Default))
            .Select(setting => $"{setting.Name}={Convert.ToString(setting.Value, CultureInfo.InvariantCulture)}"));

    /// <summary>A setting.</summary>
    /// <param name="Name">The name of the setting, as users know it.</param>
    /// <param name="Value">The value; null if there is none.</param>
    /// <param name="Default">The default value, which is left out; null to include every value.</param>
    internal readonly record struct Setting(string Name, object? Value, object? Default = null);
}
