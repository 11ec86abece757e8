namespace N2D.Files;

/// <summary>What a path leads to.</summary>
internal enum FileType
{
    /// <summary>A file that holds bytes.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A device, such as <c>/dev/null</c>.</summary>
    Device,

    /// <summary>A named pipe.</summary>
    Pipe,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>Anything else.</summary>
    Other,
}
