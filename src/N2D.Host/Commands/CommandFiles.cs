using System.Management.Automation;
using CsvHelper;

namespace N2D.Host.Commands;

/// <summary>How the commands that read and write files find them and say that they cannot.</summary>
internal static class CommandFiles
{
    /// <summary>The full path of a file that need not be there.</summary>
    public static string ResolveFile(this PSCmdlet command, string path)
    {
        var file = command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return provider.Name == "FileSystem" ? file : throw new PSNotSupportedException($"'{path}' is no path of the file system.");
    }

    /// <summary>The full paths of files that are there: wildcards, then names taken as they are; one that is not there is an error.</summary>
    public static IEnumerable<string> ResolveFiles(this PSCmdlet command, IEnumerable<string> paths, IEnumerable<string> literalPaths)
    {
        var found = new List<string>();
        foreach (var path in paths)
        {
            try
            {
                found.AddRange(command.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _));
            }
            catch (ItemNotFoundException error)
            {
                command.WriteError(new ErrorRecord(error, "PathNotFound", ErrorCategory.ObjectNotFound, path));
            }
        }

        return found.Concat(literalPaths.Select(command.ResolveFile));
    }

    /// <summary>Does something with a file; that it cannot be done becomes an error of the command and ends it.</summary>
    public static void Refusing(this PSCmdlet command, string id, string file, Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or CsvHelperException)
        {
            var category = error switch
            {
                FileNotFoundException or DirectoryNotFoundException => ErrorCategory.ObjectNotFound,
                UnauthorizedAccessException => ErrorCategory.PermissionDenied,
                IOException => ErrorCategory.WriteError,
                _ => ErrorCategory.InvalidData,
            };
            command.ThrowTerminatingError(new ErrorRecord(error, id, category, file));
        }
    }
}
