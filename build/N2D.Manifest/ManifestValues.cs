namespace N2D.Manifest;

/// <summary>What the build knows about the module.</summary>
internal sealed class ManifestValues
{
    private readonly ILookup<string, string> _values;

    private ManifestValues(ILookup<string, string> values) => _values = values;

    /// <summary>The version of the assemblies, such as <c>0.1.0</c>.</summary>
    public string Version => Single(nameof(Version)) ?? throw new ManifestException("The build gives no version.");

    /// <summary>The label of a prerelease, such as <c>preview1</c>; null if the version is released.</summary>
    public string? Prerelease => Single(nameof(Prerelease));

    /// <summary>The address of the project; null if it has none.</summary>
    public string? ProjectUri => Single(nameof(ProjectUri));

    /// <summary>The address of the license.</summary>
    public string? LicenseUri => Single(nameof(LicenseUri));

    /// <summary>The address of the icon; null if it has none.</summary>
    public string? IconUri => Single(nameof(IconUri));

    /// <summary>The address of the folder that Update-Help reads; null if there is none.</summary>
    public string? HelpInfoUri => Single(nameof(HelpInfoUri));

    /// <summary>The systems whose native libraries the module contains, as the gallery names them: Windows, Linux, MacOS.</summary>
    public IEnumerable<string> Systems => _values["System"];

    /// <summary>The files of the module, relative to its folder, with forward slashes.</summary>
    public IEnumerable<string> Files => _values["File"]
        .Select(file => Path.GetRelativePath(Single("Folder") ?? throw new ManifestException("The build gives no folder."), file))
        .Select(file => file.Replace('\\', '/'))
        .Distinct()
        .Order(StringComparer.Ordinal);

    /// <summary>Reads a file with one <c>name=value</c> in each line. A name without a value counts as missing.</summary>
    /// <param name="path">The file.</param>
    public static ManifestValues Read(string path) => new(
        File.ReadLines(path)
            .Select(line => line.Split('=', 2))
            .Where(parts => parts is [_, { Length: > 0 }])
            .ToLookup(parts => parts[0], parts => parts[1]));

    private string? Single(string name) => _values[name].SingleOrDefault();
}
