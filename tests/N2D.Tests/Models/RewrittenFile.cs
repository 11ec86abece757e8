using N2D.Serialization;

namespace N2D.Tests.Models;

/// <summary>A safetensors file with something else in it, and all else as it was: what a checksum would not let through.</summary>
internal static class RewrittenFile
{
    /// <summary>Puts something else into one of the file's texts.</summary>
    public static void ChangeText(string path, string name, string text, string instead)
    {
        var file = SafetensorsFile.Open(path);
        var metadata = file.Metadata.ToDictionary();
        Assert.Contains(text, metadata[name], StringComparison.Ordinal);
        metadata[name] = metadata[name].Replace(text, instead, StringComparison.Ordinal);
        SafetensorsFile.Write(path, metadata, Arrays(path));
    }

    /// <summary>Puts other values into one of the file's arrays.</summary>
    public static void ChangeArray<T>(string path, string name, Action<T[]> change)
        where T : unmanaged
    {
        var file = SafetensorsFile.Open(path);
        var values = file.Read<T>(name);
        change(values);
        SafetensorsFile.Write(path, file.Metadata, [.. Arrays(path).Where(array => array.Name != name), NamedArray.Of<T>(name, file.Sizes[name], values)]);
    }

    /// <summary>Adds arrays to the file.</summary>
    public static void Add(string path, IEnumerable<NamedArray> arrays) => SafetensorsFile.Write(path, SafetensorsFile.Open(path).Metadata, [.. arrays, .. Arrays(path)]);

    private static NamedArray[] Arrays(string path)
    {
        var file = SafetensorsFile.Open(path);
        var parsed = IndependentSafetensors.Parse(File.ReadAllBytes(path)).Arrays;
        return [.. file.Sizes.Select(array => parsed[array.Key].Type switch
        {
            "F32" => Of<float>(file, array.Key),
            "F64" => Of<double>(file, array.Key),
            "I32" => Of<int>(file, array.Key),
            _ => Of<long>(file, array.Key),
        })];
    }

    private static NamedArray Of<T>(SafetensorsFile file, string name)
        where T : unmanaged => NamedArray.Of<T>(name, file.Sizes[name], file.Read<T>(name));
}
