namespace N2D.Data;

/// <summary>An .npz archive, opened once for all of its arrays.</summary>
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
    /// <param name="execution">Cancellation, and how far the arrays may expand.</param>
    /// <exception cref="InvalidDataException">It is no zip archive, or damaged.</exception>
    /// <exception cref="N2DException">It has no arrays, or several of one name (<c>NpzArrays</c>).</exception>
    public static NpzArchive Open(InputFile file, Execution execution)
    {
        // Of a zip archive that holds one data file and no array, that file is given.
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
    /// <param name="read">What to do with its bytes, from the first one.</param>
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
            throw _file.Invalid("NpzArrays", $" is an archive without arrays: it holds no .npy file. Write it with numpy.savez.");
        }

        if (Names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } several)
        {
            throw _file.Invalid("NpzArrays", $" holds {several.Count()} arrays named {Quotation.Of(several.Key)}, so that it is unclear which one is meant. Write it again with numpy.savez.");
        }
    }
}
