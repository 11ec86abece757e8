using System.Management.Automation.Runspaces;

namespace N2D.Host.Engine;

/// <summary>A script's arguments from the command line, as pwsh -File takes them: every value is a string, nothing is evaluated.</summary>
internal static class ScriptArguments
{
    /// <summary>
    /// <c>-Name value</c>, <c>-Name:value</c>, <c>-Switch</c>, <c>-Switch:$false</c> and positional values. Whether a name stands for a
    /// switch, or takes the value after it, is the script's to say.
    /// </summary>
    public static IEnumerable<CommandParameter> Bind(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            var colon = argument.IndexOf(':', StringComparison.Ordinal);
            if (argument.Length < 2 || argument[0] != '-' || !(char.IsLetter(argument[1]) || argument[1] is '_' or '?'))
            {
                // A lone dash and negative numbers are values too.
                yield return new CommandParameter(null, argument);
            }
            else if (colon < 0)
            {
                yield return new CommandParameter(argument);
            }
            else if (colon < argument.Length - 1)
            {
                yield return new CommandParameter(argument[..colon], ValueOf(argument[(colon + 1)..]));
            }
            else if (++i < arguments.Count)
            {
                yield return new CommandParameter(argument[..colon], arguments[i]);
            }
        }
    }

    private static object ValueOf(string text) => text.ToUpperInvariant() switch
    {
        "$TRUE" => true,
        "$FALSE" => false,
        _ => text,
    };
}
