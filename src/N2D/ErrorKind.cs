namespace N2D;

/// <summary>What kind of thing went wrong; the cmdlets turn it into PowerShell's error category.</summary>
public enum ErrorKind
{
    /// <summary>An option is out of its range, or does not fit the data it is applied to.</summary>
    InvalidArgument,

    /// <summary>The data cannot be used as they are: malformed, truncated, not finite, empty.</summary>
    InvalidData,

    /// <summary>A file, folder or named item is not there.</summary>
    NotFound,

    /// <summary>A file is there but may not be read or written.</summary>
    AccessDenied,

    /// <summary>A device or native library that this machine lacks.</summary>
    Unavailable,

    /// <summary>The machine ran out of memory or disk space.</summary>
    OutOfResources,
}
