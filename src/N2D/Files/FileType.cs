namespace N2D.Files;

/// <summary>The types of files.</summary>
internal enum FileType
{
    /// <summary>A regular file.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A device, such as <c>/dev/null</c>.</summary>
    Device,

    /// <summary>A named pipe.</summary>
    Pipe,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>Any other type.</summary>
    Other,
}
