using System.Text;
using N2D.Host;
using N2D.Host.Engine;
using N2D.Host.Terminal;

var line = CommandLine.Parse(args);
if (line.Error is not null)
{
    Console.Error.WriteLine(line.Error);
    return CommandLine.UsageExitCode;
}

if (line.Mode == RunMode.Usage)
{
    Console.WriteLine(CommandLine.Usage);
    return 0;
}

ModuleFolder.PutOnModulePath();
var embedded = line.Embedded || line.Mode == RunMode.Version || Environment.GetEnvironmentVariable("N2D_EMBEDDED") is "1" or "true";
if (!embedded && FullPowerShell.Find() is { } pwsh)
{
    return FullPowerShell.Run(pwsh, line);
}

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var screen = new Screen(line.NonInteractive);
using var session = new EngineSession(screen);
return line.Mode switch
{
    RunMode.Script => session.RunScript(line.Text, line.Arguments),
    RunMode.Command => session.RunCommand(line.Text == "-" ? Console.In.ReadToEnd() : line.Text),
    RunMode.Version => session.RunCommand("\"N2D.Host $($Host.Version) (PowerShell $($PSVersionTable.PSVersion))\""),
    _ => new InteractivePrompt(session, screen).Run(),
};
