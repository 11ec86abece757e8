using System.Management.Automation;

namespace N2D.PowerShell;

/// <summary>The science's errors as PowerShell knows errors: with an id, a category and a target.</summary>
internal static class ErrorRecords
{
    /// <summary>The error record of an error: id <c>N2D.What</c>.</summary>
    public static ErrorRecord ToErrorRecord(this N2DException error) =>
        new(error, $"N2D.{error.Id}", CategoryOf(error.Kind), error.Target);

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
