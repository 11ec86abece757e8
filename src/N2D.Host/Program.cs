using Microsoft.PowerShell;
using N2D.Host;

// A program that is there to run scripts asks nothing of the network unless it is told to, and puts no colors into files.
SetDefault("POWERSHELL_TELEMETRY_OPTOUT", "1");
SetDefault("POWERSHELL_UPDATECHECK", "Off");
if (Console.IsOutputRedirected)
{
    SetDefault("NO_COLOR", "1");
}

ModuleFolder.PutOnModulePath();
return UnmanagedPSEntry.Start(args, args.Length);

static void SetDefault(string variable, string value) =>
    Environment.SetEnvironmentVariable(variable, Environment.GetEnvironmentVariable(variable) ?? value);
