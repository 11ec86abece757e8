namespace N2D.Data;

/// <summary>The published files of a data set, as they were found in one place.</summary>
/// <param name="place">Where.</param>
/// <param name="found">The location of each.</param>
internal sealed class PublishedFiles(FilePlace place, IReadOnlyDictionary<string, FileLocation> found)
{
    /// <summary>The files of a data set that comes with this library.</summary>
    public static PublishedFiles None { get; } = new(new GivenFiles([]), new Dictionary<string, FileLocation>());

    /// <summary>What the data set was read from: a folder or an archive, or the folder of the first file where they were given one by one.</summary>
    public string Source => place is GivenFiles ? Path.GetDirectoryName(found.Values.First().Path)! : place.ToString().Trim('\'');

    /// <summary>The location of a file.</summary>
    /// <param name="name">One of the names that were looked for.</param>
    public FileLocation this[string name] => found[name];

    /// <summary>Whether a file is among those that were looked for: of a data set that is published in several forms, the form.</summary>
    /// <param name="name">Its published name.</param>
    public bool Contains(string name) => found.ContainsKey(name);

    /// <summary>The location of a file that need not be there; null if it is not.</summary>
    /// <param name="name">Its published name.</param>
    public FileLocation? FindOptional(string name) => place.Find(name);

    /// <summary>Finds the files of a data set, all of them in one place.</summary>
    /// <param name="places">Where to look, in order.</param>
    /// <param name="forms">The files of each form that the data set is published in, in order of preference.</param>
    /// <returns>Null if no place has all files of a form.</returns>
    public static PublishedFiles? Find(IReadOnlyList<FilePlace> places, IReadOnlyList<PublishedFile[]> forms) => places
        .SelectMany(place => forms.Select(form => (Place: place, Form: form, Found: FoundOf(place, form))))
        .Where(candidate => candidate.Found.Count == candidate.Form.Length)
        .Select(candidate => new PublishedFiles(candidate.Place, candidate.Found))
        .FirstOrDefault();

    /// <summary>What is missing where most was found: that is the place and the form that the user meant.</summary>
    /// <param name="places">Where was looked; at least one.</param>
    /// <param name="forms">The files of each form.</param>
    /// <returns>The names of what is missing, and the other forms.</returns>
    public static (string[] Missing, PublishedFile[][] Others) Missing(IReadOnlyList<FilePlace> places, IReadOnlyList<PublishedFile[]> forms)
    {
        var (best, found) = places.SelectMany(place => forms.Select(form => (Form: form, Found: FoundOf(place, form)))).MaxBy(candidate => candidate.Found.Count);
        return ([.. best.Select(file => file.Name).Where(name => !found.ContainsKey(name))], [.. forms.Where(form => form != best)]);
    }

    private static Dictionary<string, FileLocation> FoundOf(FilePlace place, PublishedFile[] form) => form
        .Select(file => (file.Name, Location: place.Find(file.Name)))
        .Where(pair => pair.Location is not null)
        .ToDictionary(pair => pair.Name, pair => pair.Location!);
}
