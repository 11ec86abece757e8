using System.Management.Automation.Host;
using N2D.Plotting;

namespace N2D.PowerShell;

/// <summary>Gets the size of a host's console.</summary>
internal static class ConsoleSize
{
    /// <summary>The width of a host without a console, such as that of a job.</summary>
    private const int DefaultWidth = 80;

    /// <summary>The number of characters that fit in a line. The engine leaves the last character empty.</summary>
    /// <param name="host">The host.</param>
    public static int LineOf(PSHost host) => (Of(host).Columns ?? DefaultWidth) - 1;

    /// <summary>The size, or unknown for a host without a console, such as that of a job.</summary>
    /// <param name="host">The host.</param>
    public static TerminalSize Of(PSHost host)
    {
        try
        {
            var size = host.UI.RawUI.WindowSize;
            return new TerminalSize(size.Width > 0 ? size.Width : null, size.Height > 0 ? size.Height : null);
        }
        catch (Exception error) when (error is HostException
            or NotImplementedException
            or NotSupportedException
            or NullReferenceException
            or IOException)
        {
            return TerminalSize.Unknown;
        }
    }
}
