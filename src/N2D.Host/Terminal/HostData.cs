using System.Text;

namespace N2D.Host.Terminal;

/// <summary>What the host's own commands know of it, as <c>$Host.PrivateData</c>.</summary>
public sealed class HostData
{
    /// <summary>Whether the last statement of a command succeeded; it reports that itself.</summary>
    public bool Succeeded { get; set; } = true;

    /// <summary>Where output goes in place of the screen; null for the screen.</summary>
    internal StringBuilder? Diversion { get; private set; }

    /// <summary>The text that something would have written to the screen, with its colours.</summary>
    internal string TextOf(Action write)
    {
        var (before, text) = (Diversion, new StringBuilder());
        Diversion = text;
        try
        {
            write();
        }
        finally
        {
            Diversion = before;
        }

        return text.ToString();
    }
}
