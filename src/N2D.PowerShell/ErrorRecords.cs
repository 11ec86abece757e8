using System.Management.Automation;

namespace N2D.PowerShell;

/// <summary>The science's errors as PowerShell knows errors: with an id, a category and a target.</summary>
internal static class ErrorRecords
{
    /// <summary>The error record of an error: id <c>N2D.What</c>. Control characters in what is shown of it are made visible; its target is as it is.</summary>
    /// <param name="error">The error.</param>
    /// <param name="cmdlet">The cmdlet that reports it.</param>
    public static ErrorRecord ToErrorRecord(this N2DException error, N2DCmdlet cmdlet)
    {
        var message = Quotation.Printable(Remedies.Append(OptionParameters.Name(error.Message, error.Options, cmdlet.GetType()), error));
        var record = new ErrorRecord(
            message == error.Message ? error : new N2DException(error.Id, error.Kind, message, error.Target, error), $"N2D.{error.Id}", CategoryOf(error.Kind), error.Target);
        if (Quotation.Printable(record.CategoryInfo.TargetName) is var target && target != record.CategoryInfo.TargetName)
        {
            record.CategoryInfo.TargetName = target;
        }

        return record;
    }

    /// <summary>The same error where another cmdlet tells of it than the one that it is of: its message begins with that one's name.</summary>
    /// <param name="error">The error; one that has such a name already keeps it.</param>
    /// <param name="cmdlet">The name of the cmdlet that it is of.</param>
    public static N2DException Within(this N2DException error, string cmdlet) => error.InnerException is N2DException
        ? error
        : new(error.Id, error.Kind, $"{cmdlet}: {error.Message}", error.Target, error);

    private static ErrorCategory CategoryOf(ErrorKind kind) => kind switch
    {
        ErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        ErrorKind.InvalidData => ErrorCategory.InvalidData,
        ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ErrorKind.AccessDenied => ErrorCategory.PermissionDenied,
        ErrorKind.Unavailable => ErrorCategory.ResourceUnavailable,
        ErrorKind.OutOfResources => ErrorCategory.ResourceUnavailable,
        _ => ErrorCategory.NotSpecified,
    };
}
