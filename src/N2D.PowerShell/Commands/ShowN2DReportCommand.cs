using System.Management.Automation;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Opens a page in the browser that explains clusterings: scores, an interactive map, profiles and exemplars.</para>
/// <para type="description">Opens what Export-N2DReport writes to a file in the default browser, from the folder for temporary files. On
/// Linux, the environment variable BROWSER can name another program. The cmdlet returns no objects.</para>
/// </summary>
[Cmdlet(VerbsCommon.Show, "N2DReport")]
[OutputType(typeof(void))]
public sealed class ShowN2DReportCommand : ReportCmdlet
{
    /// <inheritdoc/>
    protected override void Deliver(Action<string> write) =>
        TemporaryView.Open("report", ".html", write, NoBrowser, Environment.GetEnvironmentVariable("BROWSER"));

    private static N2DException NoBrowser(string path, string reason, Exception? cause) => new(
        "NoBrowser",
        ErrorKind.Unavailable,
        $"No browser: {reason} Write the report to a file with Export-N2DReport, and open it where there is a browser.",
        path,
        cause);
}
