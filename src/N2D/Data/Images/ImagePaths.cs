namespace N2D.Data;

/// <summary>
/// Collects the image files that one data set is to be made of, as they come: one by one, or as folders. A folder stands for the images directly in it, and never for those in its folders. One that
/// comes among the files that it lies beside, as all of a folder do where it is listed, is one of its folders.
/// </summary>
public sealed class ImagePaths
{
    private readonly List<string> _given = [];
    private readonly HashSet<string> _listed = new(StringComparer.Ordinal);

    /// <summary>Takes an image file, or a folder.</summary>
    /// <param name="path">Full path.</param>
    public void Add(string path)
    {
        path = Path.TrimEndingDirectorySeparator(path);
        _given.Add(path);
        if (!Directory.Exists(path))
        {
            AddOther(path);
        }
    }

    /// <summary>Takes note of a file that is no image: folders beside it came with it.</summary>
    /// <param name="path">Full path.</param>
    public void AddOther(string path)
    {
        if (Path.GetDirectoryName(path) is { } folder)
        {
            _listed.Add(folder);
        }
    }

    /// <summary>The image files, in the order in which they or their folders came; those of a folder in the order of their names.</summary>
    /// <param name="warn">Told of folders whose files are not among them though they might be meant.</param>
    /// <param name="report">Told of folders without an image.</param>
    public IReadOnlyList<string> Files(Action<string> warn, Action<N2DException> report)
    {
        ArgumentNullException.ThrowIfNull(warn);
        ArgumentNullException.ThrowIfNull(report);
        var files = new List<string>();
        var left = new List<string>();
        foreach (var path in _given)
        {
            if (!Directory.Exists(path))
            {
                files.Add(path);
            }
            else if (_listed.Contains(Path.GetDirectoryName(path) ?? ""))
            {
                // Listed to the bottom, its files have come by themselves.
                if (!_listed.Contains(path) && ImageFiles.InFolder(path).Count > 0)
                {
                    left.Add(path);
                }
            }
            else if (ImageFiles.InFolder(path) is { Count: > 0 } images)
            {
                files.AddRange(images);
                left.AddRange(Directory.GetDirectories(path).Where(inner => ImageFiles.InFolder(inner).Count > 0).Order(StringComparer.Ordinal));
            }
            else
            {
                report(InputFile.FolderGiven(path));
            }
        }

        if (left.Count > 0)
        {
            warn($"{(left.Count == 1 ? $"Folder '{left[0]}' is" : $"{left.Count} folders, the first '{left[0]}', are")} not looked into: a folder's own folders are none of its files. To read these as well: "
                + "Get-ChildItem FOLDER -Recurse -File | Import-N2DDataset.");
        }

        return files;
    }
}
