using System.Management.Automation;

namespace N2D.PowerShell;

/// <summary>Converts the library's errors to error records, with an id, a category and a target.</summary>
internal static class ErrorRecords
{
    /// <summary>
    /// Converts an error to an error record with the id <c>N2D.What</c>. The message shows control characters as visible symbols.
    /// </summary>
    /// <param name="error">The error.</param>
    /// <param name="cmdlet">The cmdlet that reports it.</param>
    public static ErrorRecord ToErrorRecord(this N2DException error, N2DCmdlet cmdlet)
    {
        var message = Quotation.Printable(Remedies.Append(OptionParameters.Name(error.Message, error.Options, cmdlet.GetType()), error));
        var shown = message == error.Message ? error : new N2DException(error.Id, error.Kind, message, error.Target, error);
        var record = new ErrorRecord(shown, $"N2D.{error.Id}", CategoryOf(error.Kind), error.Target);
        if (Quotation.Printable(record.CategoryInfo.TargetName) is var target && target != record.CategoryInfo.TargetName)
        {
            record.CategoryInfo.TargetName = target;
        }

        return record;
    }

    /// <summary>
    /// Names the cmdlet that an error belongs to, and that cmdlet's parameters, for another cmdlet that reports the error.
    /// </summary>
    /// <param name="error">The error.</param>
    /// <param name="cmdlet">The cmdlet that it belongs to.</param>
    public static N2DException Within(this N2DException error, N2DCmdlet cmdlet)
    {
        var message = OptionParameters.Name(error.Message, error.Options, cmdlet.GetType());
        return new(error.Id, error.Kind, $"{cmdlet.MyInvocation.MyCommand.Name}: {message}", error.Target, error);
    }

    private static ErrorCategory CategoryOf(ErrorKind kind) => kind switch
    {
        ErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        ErrorKind.InvalidType => ErrorCategory.InvalidType,
        ErrorKind.InvalidData => ErrorCategory.InvalidData,
        ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ErrorKind.AccessDenied => ErrorCategory.PermissionDenied,
        ErrorKind.Unavailable => ErrorCategory.ResourceUnavailable,
        ErrorKind.OutOfResources => ErrorCategory.ResourceUnavailable,
        _ => ErrorCategory.NotSpecified,
    };
}
