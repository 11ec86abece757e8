using N2D.Files;

namespace N2D.Data;

/// <summary>
/// Collects the image files of one data set, as files or folders. A folder stands for the images directly in it, not in its subfolders. A
/// folder that is added together with files in its parent folder, as in a complete listing, is treated as a subfolder and skipped.
/// </summary>
public sealed class ImagePaths
{
    private readonly List<string> _given = [];
    private readonly HashSet<string> _listed = new(FilePaths.Comparer);

    /// <summary>Adds an image file or a folder.</summary>
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

    /// <summary>Registers a file that is not an image. Folders in the same parent folder are then subfolders of a listing.</summary>
    /// <param name="path">Full path.</param>
    public void AddOther(string path)
    {
        if (Path.GetDirectoryName(path) is { } folder)
        {
            _listed.Add(folder);
        }
    }

    /// <summary>
    /// Returns the image files in the order in which they or their folders were added. Files of a folder are in the order of their names.
    /// </summary>
    /// <param name="warn">Receives a warning about skipped folders that contain images.</param>
    /// <param name="report">Receives an error for each folder without images.</param>
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
                // In a recursive listing, the files of the folder were added on their own.
                if (!_listed.Contains(path) && ImageFiles.InFolder(path).Count > 0)
                {
                    left.Add(path);
                }
            }
            else if (ImageFiles.InFolder(path) is { Count: > 0 } images)
            {
                files.AddRange(images);
                left.AddRange(Directory.GetDirectories(path)
                    .Where(inner => ImageFiles.InFolder(inner).Count > 0)
                    .Order(StringComparer.Ordinal));
            }
            else
            {
                report(InputFile.FolderGiven(path));
            }
        }

        if (left.Count > 0)
        {
            warn(left.Count == 1
                ? $"Folder '{left[0]}' contains images but is skipped, because subfolders are not included. "
                    + "To include its images, add its files."
                : $"{left.Count} folders with images are skipped, because subfolders are not included (first: '{left[0]}'). "
                    + "To include their images, add their files.");
        }

        return files;
    }
}
