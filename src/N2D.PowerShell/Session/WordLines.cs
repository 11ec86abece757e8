using System.Management.Automation.Host;
using System.Text;

namespace N2D.PowerShell;

/// <summary>Breaks text between its words, for the last column of a view. The engine breaks it inside words in some cultures.</summary>
public static class WordLines
{
    /// <summary>Breaks text into lines.</summary>
    /// <param name="text">The text; null for none.</param>
    /// <param name="host">The host that shows it.</param>
    /// <param name="taken">The number of characters of a line that other columns take, with the gaps between the columns.</param>
    /// <returns>The lines. A word that is wider than a line has a line of its own.</returns>
    public static string Of(string? text, PSHost host, int taken)
    {
        var (lines, width, used) = (new StringBuilder(), ConsoleSize.LineOf(host) - taken, 0);
        foreach (var word in (text ?? "").Split(' '))
        {
            var fits = used == 0 || used + 1 + word.Length <= width;
            if (lines.Length > 0)
            {
                lines.Append(fits ? ' ' : '\n');
            }

            lines.Append(word);
            used = fits && used > 0 ? used + 1 + word.Length : word.Length;
        }

        return lines.ToString();
    }
}
