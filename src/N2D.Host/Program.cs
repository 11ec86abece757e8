using Microsoft.PowerShell;
using N2D.Host;

// By default, no telemetry, no update check, and no colors in redirected output.
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
