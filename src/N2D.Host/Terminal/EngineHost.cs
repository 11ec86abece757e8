using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace N2D.Host.Terminal;

/// <summary>The engine's view of this program.</summary>
internal sealed class EngineHost : PSHost
{
    private readonly Screen _screen;

    public EngineHost(Screen screen)
    {
        _screen = screen;
        UI = new UserInterface(screen, Data);
    }

    public HostData Data { get; } = new();

    /// <summary>The code that a script left with by <c>exit</c>; null if none did.</summary>
    public int? ExitCode { get; set; }

    public override PSObject PrivateData => PSObject.AsPSObject(Data);

    public override string Name => "N2D.Host";

    public override Version Version { get; } = typeof(EngineHost).Assembly.GetName().Version!;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override PSHostUserInterface UI { get; }

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() =>
        throw new NotSupportedException("N2D.Host has no nested prompt. To look into a script, run it in pwsh.");

    public override void ExitNestedPrompt()
    {
    }

    /// <summary>A native program may draw on the terminal.</summary>
    public override void NotifyBeginApplication() => _screen.HoldProgress();

    public override void NotifyEndApplication() => _screen.ResumeProgress();
}
