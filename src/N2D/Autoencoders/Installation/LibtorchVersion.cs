using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace N2D.Autoencoders;

/// <summary>Reads the version of a libtorch from the files that come with it. The libraries themselves do not contain it.</summary>
internal static partial class LibtorchVersion
{
    /// <summary>The file of libtorch's archive. It contains the version, such as <c>2.10.0+cu128</c>.</summary>
    public const string OfArchive = "build-version";

    /// <summary>The file of PyTorch.</summary>
    public const string OfPython = "version.py";

    /// <summary>The extension of the file that describes a NuGet package.</summary>
    public const string OfPackage = ".nuspec";

    private const int MaxLength = 1 << 20;

    /// <summary>Returns the version, such as <c>2.10.0</c>; null if it is not known.</summary>
    /// <param name="files">The files that can contain it.</param>
    /// <exception cref="N2DException">A file is damaged, or cannot be read. The error names its source.</exception>
    public static string? Read(IEnumerable<TreeFile> files) => files.Select(Read).OfType<string>().FirstOrDefault();

    /// <summary>Reads the description of a NuGet package.</summary>
    /// <param name="nuspec">The description.</param>
    /// <exception cref="XmlException">It is damaged.</exception>
    public static XElement? MetadataOf(Stream nuspec)
    {
        using var reader = XmlReader.Create(nuspec, new XmlReaderSettings { MaxCharactersInDocument = MaxLength });
        return XDocument.Load(reader).Root?.Elements().FirstOrDefault(element => element.Name.LocalName == "metadata");
    }

    private static string? Read(TreeFile file) => file.Length > MaxLength ? null : file.Read(content =>
    {
        if (file.Name.EndsWith(OfPackage, StringComparison.Ordinal))
        {
            return MetadataOf(content)?.Elements().FirstOrDefault(element => element.Name.LocalName == "version")?.Value;
        }

        using var reader = new StreamReader(content);
        var text = reader.ReadToEnd();
        var found = (file.Name == OfPython ? PythonVersion() : NumericVersion()).Match(text);
        return found.Success ? found.Groups[1].Value : null;
    });

    [GeneratedRegex("""^__version__\s*=\s*['"](\d+\.\d+\.\d+)""", RegexOptions.Multiline)]
    private static partial Regex PythonVersion();

    [GeneratedRegex(@"^\s*(\d+\.\d+\.\d+)")]
    private static partial Regex NumericVersion();
}
