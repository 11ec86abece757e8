namespace N2D.Data;

/// <summary>The published files of a data set, found in one place.</summary>
/// <param name="place">The place.</param>
/// <param name="found">The location of each file.</param>
internal sealed class PublishedFiles(FilePlace place, IReadOnlyDictionary<string, FileLocation> found)
{
    /// <summary>The files of a data set that is part of this library: none.</summary>
    public static PublishedFiles None { get; } = new(new GivenFiles([]), new Dictionary<string, FileLocation>());

    /// <summary>The path of the place: a folder or an archive, or the folder of the first file if files are given one by one.</summary>
    public string Source =>
        place is GivenFiles ? Path.GetDirectoryName(found.Values.First().Path)! : place.ToString().Trim('\'');

    /// <summary>The location of a file.</summary>
    /// <param name="name">The published name of one of the files.</param>
    public FileLocation this[string name] => found[name];

    /// <summary>Returns whether a file was found. For a data set with several published forms, this shows which form was found.</summary>
    /// <param name="name">The published name.</param>
    public bool Contains(string name) => found.ContainsKey(name);

    /// <summary>Finds an optional file in the same place; null if it does not exist.</summary>
    /// <param name="name">The published name.</param>
    public FileLocation? FindOptional(string name) => place.Find(name);

    /// <summary>Finds the first place that has all files of a form of the data set.</summary>
    /// <param name="places">The places to search, in order.</param>
    /// <param name="forms">The files of each published form, in order of preference.</param>
    /// <returns>Null if no place has all files of a form.</returns>
    public static PublishedFiles? Find(IReadOnlyList<FilePlace> places, IReadOnlyList<PublishedFile[]> forms) => places
        .SelectMany(place => forms.Select(form => (Place: place, Form: form, Found: FoundOf(place, form))))
        .Where(candidate => candidate.Found.Count == candidate.Form.Length)
        .Select(candidate => new PublishedFiles(candidate.Place, candidate.Found))
        .FirstOrDefault();

    /// <summary>Finds the place and the form with the most files, which the user probably means, and returns what is missing.</summary>
    /// <param name="places">The places that were searched; at least one.</param>
    /// <param name="forms">The files of each form.</param>
    /// <returns>The names of the missing files, and the other forms.</returns>
    public static (string[] Missing, PublishedFile[][] Others) Missing(
        IReadOnlyList<FilePlace> places, IReadOnlyList<PublishedFile[]> forms)
    {
        var (best, found) = places
            .SelectMany(place => forms.Select(form => (Form: form, Found: FoundOf(place, form))))
            .MaxBy(candidate => candidate.Found.Count);
        return ([.. best.Select(file => file.Name).Where(name => !found.ContainsKey(name))], [.. forms.Where(form => form != best)]);
    }

    private static Dictionary<string, FileLocation> FoundOf(FilePlace place, PublishedFile[] form) => form
        .Select(file => (file.Name, Location: place.Find(file.Name)))
        .Where(pair => pair.Location is not null)
        .ToDictionary(pair => pair.Name, pair => pair.Location!);
}
