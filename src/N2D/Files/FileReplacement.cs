using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace N2D.Files;

/// <summary>Replaces files, also while they are open.</summary>
/// <remarks>
/// Linux and macOS rename a file over any other. Windows refuses this in two cases. If another program does not permit the deletion of the
/// file that it has open, nothing helps but to wait. If the file is open with that permission, or mapped, a rename with POSIX semantics
/// succeeds, or the file itself can be renamed.
/// <para>
/// The rename with POSIX semantics is one atomic operation: at every moment, the name belongs to the old file or to the new one. File
/// systems other than NTFS, such as FAT and some network shares, lack it. There, two renames replace an open file. A process that is killed
/// between them leaves the old file under a temporary name, which other writers keep for 10 minutes. No other call is better: ReplaceFile
/// makes the same two renames (its error 1177 is the case between them), and transactions exist on NTFS alone.
/// </para>
/// </remarks>
internal static unsafe partial class FileReplacement
{
    /// <summary>Virus scanners and indexers open new files, usually for less than a second.</summary>
    private const int MaxAttempts = 6;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(20);

    /// <summary>Renames a file. An existing file of the new name is replaced.</summary>
    /// <param name="source">The full path of the new file, which is not open.</param>
    /// <param name="target">The full path that it gets.</param>
    /// <param name="spare">
    /// An unused path in the same folder. On Windows, a mapped file gets this name if it cannot be deleted yet.
    /// </param>
    /// <exception cref="IOException">The file cannot be renamed.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be renamed.</exception>
    public static void Replace(string source, string target, string spare)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.Move(source, target, overwrite: true);
            return;
        }

        Retry(() =>
        {
            if (!TryRenameAsPosix(source, target))
            {
                MoveOver(source, target, spare);
            }
        });
    }

    /// <summary>Waits until no program prevents the replacement of a file, for at most about a second.</summary>
    /// <param name="path">The full path of an existing file.</param>
    /// <returns>Whether the file can be replaced. Always true on Linux and macOS.</returns>
    public static bool IsPossible(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            return true;
        }

        try
        {
            Retry(() =>
            {
                using var handle = OpenForDelete(path);
                if (handle.IsInvalid)
                {
                    throw new IOException(null, Marshal.GetHRForLastWin32Error());
                }
            });
            return true;
        }
        catch (IOException error)
        {
            // Other errors, such as missing permissions, are reported with their own reasons.
            return !LockedFile.IsCauseOf(error);
        }
    }

    /// <summary>Tries to rename or open a file again, for about a second, while another program has it open.</summary>
    /// <param name="action">Renames or opens the file.</param>
    public static void Retry(Action action)
    {
        for (var (attempt, wait) = (1, FirstWait); ; attempt++, wait *= 2)
        {
            try
            {
                action();
                return;
            }
            catch (Exception error) when (attempt < MaxAttempts && (error is UnauthorizedAccessException || LockedFile.IsCauseOf(error)))
            {
                Thread.Sleep(wait);
            }
        }
    }

    /// <summary>Renames over a file; if that fails because the file is open, renames it first.</summary>
    private static void MoveOver(string source, string target, string spare)
    {
        try
        {
            File.Move(source, target, overwrite: true);
        }
        catch (Exception error) when ((error is UnauthorizedAccessException || LockedFile.IsCauseOf(error)) && File.Exists(target))
        {
            // Other writers in the folder delete temporary files that are old. This one may be needed again.
            File.SetLastWriteTimeUtc(target, DateTime.UtcNow);
            File.Move(target, spare);
            try
            {
                File.Move(source, target);
            }
            catch (Exception first) when (first is IOException or UnauthorizedAccessException)
            {
                Restore(spare, target, first);
                throw;
            }

            try
            {
                File.SetAttributes(spare, FileAttributes.Normal);
                File.Delete(spare);
            }
            catch (Exception left) when (left is IOException or UnauthorizedAccessException)
            {
                // The file is mapped. The next writer in the folder deletes it.
            }
        }
    }

    private static void Restore(string spare, string target, Exception cause)
    {
        try
        {
            File.Move(spare, target);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{cause.Message} The former file is now '{spare}'.", cause);
        }
    }

    /// <summary>Renames a file as POSIX does, which NTFS supports since Windows 10 1709.</summary>
    /// <returns>Whether the file system supports this, and the file was renamed.</returns>
    private static bool TryRenameAsPosix(string source, string target)
    {
        const int FileRenameInfoEx = 22;
        const uint ReplaceIfExists = 1;
        const uint PosixSemantics = 2;
        const uint IgnoreReadOnly = 0x40;

        // FILE_RENAME_INFO on a 64-bit system: flags, root folder, length of the name in bytes, name with a terminating zero.
        const int LengthOffset = 16;
        const int NameOffset = 20;
        using var handle = OpenForDelete(source);
        if (handle.IsInvalid)
        {
            return false;
        }

        var bytes = new byte[NameOffset + (sizeof(char) * (target.Length + 1))];
        MemoryMarshal.Write(bytes, ReplaceIfExists | PosixSemantics | IgnoreReadOnly);
        MemoryMarshal.Write(bytes.AsSpan(LengthOffset), sizeof(char) * target.Length);
        MemoryMarshal.AsBytes(target.AsSpan()).CopyTo(bytes.AsSpan(NameOffset));
        fixed (byte* information = bytes)
        {
            return SetInformation(handle, FileRenameInfoEx, information, bytes.Length);
        }
    }

    private static SafeFileHandle OpenForDelete(string path)
    {
        const uint Delete = 0x10000;
        const uint Synchronize = 0x100000;
        const int OpenExisting = 3;
        return CreateFile(path, Delete | Synchronize, FileShare.ReadWrite | FileShare.Delete, 0, OpenExisting, 0, 0);
    }

    [LibraryImport("kernel32", EntryPoint = "CreateFileW", StringMarshalling = StringMarshalling.Utf16, SetLastError = true)]
    private static partial SafeFileHandle CreateFile(
        string path, uint access, FileShare share, nint security, int mode, uint flags, nint template);

    [LibraryImport("kernel32", EntryPoint = "SetFileInformationByHandle", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetInformation(SafeFileHandle handle, int kind, byte* information, int length);
}
