using System.Management.Automation;

namespace N2D.PowerShell;

/// <summary>Runs other cmdlets of the module inside a cmdlet. The scripts are constants; values reach them as arguments only.</summary>
internal static class SessionScripts
{
    /// <summary>Runs a script in the session of a cmdlet.</summary>
    /// <param name="cmdlet">The cmdlet. Messages and Ctrl+C of the script are those of its pipeline.</param>
    /// <param name="script">The script. It has a param block for the arguments.</param>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="N2DException">The script ended with an error. The message and the id are those of the error.</exception>
    public static IReadOnlyList<PSObject> Run(this N2DCmdlet cmdlet, ScriptBlock script, params object?[] arguments)
    {
        try
        {
            return cmdlet.InvokeCommand.InvokeScript(useLocalScope: true, script, null, arguments);
        }
        catch (RuntimeException error) when (error is not PipelineStoppedException)
        {
            var record = error.ErrorRecord;
            var inner = record.Exception as N2DException;
            throw new N2DException(
                inner?.Id ?? "TaskFailed",
                inner?.Kind ?? ErrorKind.InvalidArgument,
                record.Exception is ParameterBindingException binding ? binding.Message : record.Exception.Message,
                record.TargetObject,
                error);
        }
    }
}
