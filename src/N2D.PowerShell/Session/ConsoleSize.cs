using System.Management.Automation.Host;
using N2D.Plotting;

namespace N2D.PowerShell;

/// <summary>Asks a host how large its console is.</summary>
internal static class ConsoleSize
{
    /// <summary>The size, as far as the host knows it: a job's host, or one without a console, may not.</summary>
    /// <param name="host">The host.</param>
    public static TerminalSize Of(PSHost host)
    {
        try
        {
            var size = host.UI.RawUI.WindowSize;
            return new TerminalSize(size.Width > 0 ? size.Width : null, size.Height > 0 ? size.Height : null);
        }
        catch (Exception error) when (error is HostException or NotImplementedException or NotSupportedException or NullReferenceException or IOException)
        {
            return TerminalSize.Unknown;
        }
    }
}
