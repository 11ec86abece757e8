using System.Management.Automation;
using N2D.Plotting;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Draws an embedding, a clustering or the course of a training in the terminal, or opens it in a window.</para>
/// <para type="description">Draws what Export-N2DPlot writes to a file. Any terminal with 24-bit color can show it: the picture is
/// drawn in half blocks, two pixels for each character, with titles, axes and legends as text. With -Sixel, terminals that support
/// sixel graphics show it in full resolution (Windows Terminal 1.22, xterm, foot, WezTerm, iTerm2, mlterm). With -Window, the default
/// image viewer opens it as a PNG file from the folder for temporary files.</para>
/// <para type="description">The cmdlet returns no objects. It draws to the screen, as Write-Host does, so 6>&amp;1 redirects its
/// output.</para>
/// </summary>
[Cmdlet(VerbsCommon.Show, "N2DPlot", DefaultParameterSetName = "Blocks")]
[OutputType(typeof(void))]
public sealed class ShowN2DPlotCommand : PlotCmdlet
{
    /// <summary>
    /// <para type="description">The color theme: Light, dark on a white background, or Dark, light on a dark background. Default:
    /// Dark in the terminal, Light in a window.</para>
    /// </summary>
    [Parameter]
    public PlotTheme? Theme { get; set; }

    /// <summary>
    /// <para type="description">Draws with sixel graphics, in full resolution. The terminal must support them.</para>
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = "Sixel")]
    public SwitchParameter Sixel { get; set; }

    /// <summary>
    /// <para type="description">Opens the plot in the default image viewer.</para>
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = "Window")]
    public SwitchParameter Window { get; set; }

    /// <summary>
    /// <para type="description">The width in characters. Default: the width of the console. With -Sixel or -Window, the width is in
    /// pixels, from 200 to 20000, and by default 8 for each character of the console, or a width that depends on the kind. Range:
    /// 20 to 1000.</para>
    /// </summary>
    [Parameter]
    [WholeNumber]
    public int? Width { get; set; }

    /// <summary>
    /// <para type="description">The height in lines. Default: depends on the kind, and at most the height of the console if that is
    /// known. With -Sixel or -Window, the height is in pixels, from 200 to 20000. Range: 10 to 1000.</para>
    /// </summary>
    [Parameter]
    [WholeNumber]
    public int? Height { get; set; }

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        base.CheckParameters();
        if (Sixel || Window)
        {
            PlotFile.CheckSize(Width, Height);
        }
        else
        {
            TerminalPicture.CheckSize(Width, Height);
        }
    }

    /// <inheritdoc/>
    protected override void Deliver(Func<Execution, PlotPicture> compose)
    {
        var picture = RunLong("Drawing the plot", 0, compose);
        if (Window)
        {
            TemporaryView.Open("plot", ".png", path => picture.Save(path, Width, Height, Theme ?? PlotTheme.Light), NoViewer);
        }
        else
        {
            var console = ConsoleSize.Of(Host);
            var theme = Theme ?? PlotTheme.Dark;
            WriteToScreen(Sixel
                ? TerminalPicture.Sixels(picture, console, Width, Height, theme)
                : TerminalPicture.HalfBlocks(picture, console, Width, Height, theme));
        }
    }

    private static N2DException NoViewer(string path, string reason, Exception? cause) => new(
        "NoPictureViewer",
        ErrorKind.Unavailable,
        $"No image viewer: {reason} Write the plot to a file with Export-N2DPlot, or remove -Window to draw it in the terminal.",
        path,
        cause);

    /// <summary>Writes like Write-Host: to the screen through the information stream, which can be redirected.</summary>
    private void WriteToScreen(string text) =>
        WriteInformation(new HostInformationMessage { Message = text, NoNewLine = true }, ["PSHOST"]);
}
