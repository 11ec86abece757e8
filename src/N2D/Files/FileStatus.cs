using System.Diagnostics;
using System.Runtime.InteropServices;

namespace N2D.Files;

/// <summary>File properties of Linux and macOS that .NET does not provide.</summary>
/// <param name="Type">The file type.</param>
/// <param name="LinkCount">The number of hard links.</param>
/// <param name="Owner">The id of the owner.</param>
/// <param name="Group">The id of the group.</param>
/// <param name="IsMounted">Whether the file itself is a mount point, such as a single file mapped into a container.</param>
internal sealed unsafe partial record FileStatus(FileType Type, long LinkCount, uint Owner, uint Group, bool IsMounted)
{
    private const int TypeMask = 0xF000;
    private const int FileByHandle = 0x1000;
    private const int BasicFields = 0x7ff;
    private const ulong MountRoot = 0x2000;

    /// <summary>Reads the status of a file. Symbolic links are followed.</summary>
    /// <param name="path">Full path.</param>
    /// <returns>Null if the file does not exist, or on Windows.</returns>
    public static FileStatus? Of(string path) => Of(folderHandle: -100, path, flags: 0);

    /// <summary>Reads the status of an open file.</summary>
    /// <param name="handle">The file handle.</param>
    /// <returns>Null on Windows.</returns>
    public static FileStatus? Of(SafeHandle handle)
    {
        var isHeld = false;
        try
        {
            handle.DangerousAddRef(ref isHeld);
            return Of((int)handle.DangerousGetHandle(), "", FileByHandle);
        }
        finally
        {
            if (isHeld)
            {
                handle.DangerousRelease();
            }
        }
    }

    /// <summary>Changes the owner and the group of a file.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="owner">The id of the owner; null to keep it.</param>
    /// <param name="group">The id of the group.</param>
    /// <returns>Whether the system permits the change.</returns>
    public static bool TryChangeOwner(string path, uint? owner, uint group) => ChangeOwner(path, owner ?? uint.MaxValue, group) == 0;

    private static FileStatus? Of(int folderHandle, string path, int flags)
    {
        try
        {
            return OperatingSystem.IsLinux()
                ? OfLinux(folderHandle, path, flags)
                : OperatingSystem.IsMacOS()
                ? OfMac(folderHandle, path, flags)
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            // The C library is older than 2018.
            return null;
        }
    }

    /// <summary>Uses statx(2), whose structure is the same on all processors, unlike that of stat(2).</summary>
    private static FileStatus? OfLinux(int folderHandle, string path, int flags)
    {
        Debug.Assert(flags == 0 ? path.Length > 0 : flags == FileByHandle && path.Length == 0, "Either a path or a handle.");
        const int Size = 256;
        var bytes = stackalloc byte[Size];
        return Statx(folderHandle, path, flags, BasicFields, bytes) != 0
            ? null
            : new FileStatus(
                TypeOf(*(ushort*)(bytes + 28)),
                *(uint*)(bytes + 16),
                *(uint*)(bytes + 20),
                *(uint*)(bytes + 24),
                (*(ulong*)(bytes + 8) & MountRoot) != 0);
    }

    /// <summary>Uses stat(2) with 64-bit inodes, whose structure is the same on Intel and Apple silicon.</summary>
    private static FileStatus? OfMac(int handle, string path, int flags)
    {
        Debug.Assert(flags == 0 ? path.Length > 0 : flags == FileByHandle && path.Length == 0, "Either a path or a handle.");
        const int Size = 256;
        var bytes = stackalloc byte[Size];
        var isArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
        var result = (flags == FileByHandle, isArm) switch
        {
            (true, true) => StatArmHandle(handle, bytes),
            (true, false) => StatIntelHandle(handle, bytes),
            (false, true) => StatArm(path, bytes),
            (false, false) => StatIntel(path, bytes),
        };
        return result != 0
            ? null
            : new FileStatus(
                TypeOf(*(ushort*)(bytes + 4)), *(ushort*)(bytes + 6), *(uint*)(bytes + 16), *(uint*)(bytes + 20), IsMounted: false);
    }

    private static FileType TypeOf(int mode) => (mode & TypeMask) switch
    {
        0x8000 => FileType.Regular,
        0x4000 => FileType.Folder,
        0x2000 or 0x6000 => FileType.Device,
        0x1000 => FileType.Pipe,
        0xC000 => FileType.Socket,
        _ => FileType.Other,
    };

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folderHandle, string path, int flags, uint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatArm(string path, byte* status);

    [LibraryImport("libc", EntryPoint = "fstat")]
    private static partial int StatArmHandle(int handle, byte* status);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatIntel(string path, byte* status);

    [LibraryImport("libc", EntryPoint = "fstat$INODE64")]
    private static partial int StatIntelHandle(int handle, byte* status);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint owner, uint group);
}
