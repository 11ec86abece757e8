using System.Management.Automation.Host;
using System.Text;

namespace N2D.PowerShell;

/// <summary>Breaks a chain of stages between its stages, for views. The engine breaks it inside words in some cultures.</summary>
public static class StageLines
{
    private const string Separator = " > ";
    private const string LineStart = "> ";

    /// <summary>Breaks a chain of stages into lines. Each line but the first begins with <c>&gt;</c>.</summary>
    /// <param name="stages">The stages, such as <c>Pca &gt; Umap</c>; null for none.</param>
    /// <param name="host">The host that shows them.</param>
    /// <param name="taken">The number of characters of a line that other columns take, with the gaps between the columns.</param>
    /// <returns>The lines. A stage that is wider than a line has a line of its own.</returns>
    public static string Of(string? stages, PSHost host, int taken)
    {
        var width = ConsoleSize.LineOf(host) - taken;
        var names = (stages ?? "").Split(Separator);
        var (text, used) = (new StringBuilder(names[0]), names[0].Length);
        for (var place = 1; place < names.Length; place++)
        {
            var fits = used + Separator.Length + names[place].Length <= width;
            text.Append(fits ? Separator : $"\n{LineStart}").Append(names[place]);
            used = (fits ? used + Separator.Length : LineStart.Length) + names[place].Length;
        }

        return text.ToString();
    }
}
