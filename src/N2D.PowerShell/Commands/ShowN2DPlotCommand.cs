using System.Management.Automation;
using N2D.Plotting;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Draws an embedding, a clustering or the course of a training in the terminal, or opens it in a window.</para>
/// <para type="description">Draws what Export-N2DPlot would put into a file. Any terminal with 24-bit colour shows it: the picture in half blocks, two pixels a character, and
/// titles, axes and legends as text. With -Sixel a terminal that knows sixels shows it in full (Windows Terminal 1.22, xterm, foot, WezTerm, iTerm2, mlterm). With -Window the
/// system's viewer opens it as a PNG file out of the folder for temporary files.</para>
/// <para type="description">It puts out no objects: what it draws goes to the screen, as that of Write-Host does, and 6>&amp;1 redirects it.</para>
/// </summary>
[Cmdlet(VerbsCommon.Show, "N2DPlot", DefaultParameterSetName = "Blocks")]
[OutputType(typeof(void))]
public sealed class ShowN2DPlotCommand : PlotCmdlet
{
    /// <summary>
    /// <para type="description">The ground: Light, dark on white, or Dark, light on near-black. Default: Dark in the terminal, Light in a window.</para>
    /// </summary>
    [Parameter]
    public PlotTheme? Theme { get; set; }

    /// <summary>
    /// <para type="description">Draw in sixels: in full, where the terminal knows them.</para>
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = "Sixel")]
    public SwitchParameter Sixel { get; set; }

    /// <summary>
    /// <para type="description">Open it in the system's viewer of pictures.</para>
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = "Window")]
    public SwitchParameter Window { get; set; }

    /// <summary>
    /// <para type="description">The width in characters. Default: that of the console. With -Sixel or -Window it is in pixels, 200 to 20000; by default 8 for each of the console's
    /// characters, or what suits the kind. Range: 20 to 1000.</para>
    /// </summary>
    [Parameter]
    [WholeNumber]
    public int? Width { get; set; }

    /// <summary>
    /// <para type="description">The height in lines. Default: what suits the kind, and where that can be read, at most that of the console. With -Sixel or -Window it is in pixels, 200 to 20000; by
    /// default what suits the kind. Range: 10 to 1000.</para>
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
            PictureViewer.Open(picture, Width, Height, Theme ?? PlotTheme.Light);
        }
        else
        {
            var console = ConsoleSize.Of(Host);
            var theme = Theme ?? PlotTheme.Dark;
            WriteToScreen(Sixel ? TerminalPicture.Sixels(picture, console, Width, Height, theme) : TerminalPicture.HalfBlocks(picture, console, Width, Height, theme));
        }
    }

    /// <summary>Writes as Write-Host does: to the screen, and by the information stream, which can be redirected.</summary>
    private void WriteToScreen(string text) => WriteInformation(new HostInformationMessage { Message = text, NoNewLine = true }, ["PSHOST"]);
}
