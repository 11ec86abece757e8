namespace N2D;

/// <summary>The kind of an error. Front ends map it to their own categories.</summary>
public enum ErrorKind
{
    /// <summary>An option is out of range, or does not fit the data.</summary>
    InvalidArgument,

    /// <summary>The input is an object of a type that the operation does not take. Every other object of the type fails, too.</summary>
    InvalidType,

    /// <summary>The data are invalid: malformed, truncated, not finite, or empty.</summary>
    InvalidData,

    /// <summary>A file, folder or named item does not exist.</summary>
    NotFound,

    /// <summary>A file exists, but access to it is denied.</summary>
    AccessDenied,

    /// <summary>A device or native library is not available on this machine.</summary>
    Unavailable,

    /// <summary>There is not enough memory or disk space.</summary>
    OutOfResources,
}
