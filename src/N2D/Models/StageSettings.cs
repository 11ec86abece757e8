using System.Globalization;

namespace N2D.Models;

/// <summary>The settings of a fit as text, to tell runs apart by.</summary>
internal static class StageSettings
{
    /// <summary>Writes settings as <c>NeighborCount=20; MinimumDistance=0.1</c>, whatever the machine's culture.</summary>
    /// <param name="settings">The names of the cmdlet's parameters, and their values.</param>
    public static string TextOf(params IEnumerable<(string Name, object Value)> settings) =>
        string.Join("; ", settings.Select(setting => $"{setting.Name}={Convert.ToString(setting.Value, CultureInfo.InvariantCulture)}"));
}
