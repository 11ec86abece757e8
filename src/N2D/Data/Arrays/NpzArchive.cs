namespace N2D.Data;

/// <summary>An .npz archive that is opened once for all of its arrays.</summary>
internal sealed class NpzArchive : IDisposable
{
    private const string Extension = ".npy";

    private readonly InputFile _file;
    private readonly ArchiveFile _archive;
    private readonly string[] _members;

    private NpzArchive(InputFile file, ArchiveFile archive)
    {
        (_file, _archive) = (file, archive);
        _members = [.. archive.Names.Where(name => name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))];
        Names = [.. _members.Select(name => name[..^Extension.Length])];
    }

    /// <summary>The names of its arrays.</summary>
    public string[] Names { get; }

    /// <summary>Opens an archive.</summary>
    /// <param name="file">The file.</param>
    /// <param name="execution">Cancellation, and the limit for the expansion of compressed files.</param>
    /// <exception cref="InvalidDataException">The file is not a zip archive, or is damaged.</exception>
    /// <exception cref="N2DException">The archive has no arrays, or several with the same name (<c>NpzArrays</c>).</exception>
    public static NpzArchive Open(InputFile file, Execution execution)
    {
        // For a zip archive with a single data file that is not an array, this is the data file.
        if (file.Location.Archive is not null && !ArchiveFile.IsArchive(file.ReadHead(ArchiveFile.MagicLength)))
        {
            throw file.Invalid("NpzArrays", $" is not an .npz archive. Write one with numpy.savez.");
        }

        var archive = ArchiveFile.Open(file.Location, execution);
        try
        {
            var opened = new NpzArchive(file, archive);
            opened.ThrowIfUnclear();
            return opened;
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    /// <summary>Reads an array.</summary>
    /// <param name="array">The array, from 0.</param>
    /// <param name="read">Reads the array from its first byte.</param>
    public TResult Read<TResult>(int array, Func<ArrayStream, TResult> read)
    {
        using var member = _archive.OpenMember(_members[array]);
        return read(ArrayStream.Of(member, Names[array], _file, _archive.LargestLengthOf(_members[array])));
    }

    /// <inheritdoc/>
    public void Dispose() => _archive.Dispose();

    private void ThrowIfUnclear()
    {
        if (Names.Length == 0)
        {
            throw _file.Invalid("NpzArrays", $" is an archive without arrays: it contains no .npy file. Write it with numpy.savez.");
        }

        if (Names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } several)
        {
            throw _file.Invalid(
                "NpzArrays",
                $" has {several.Count()} arrays named {Quotation.Of(several.Key)}. Write it again with unique names, with numpy.savez.");
        }
    }
}
