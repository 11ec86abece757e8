using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using N2D.Serialization;

namespace N2D.Tests.Models;

/// <summary>Changes a safetensors file and updates its digests, as an attacker would.</summary>
internal static class RewrittenFile
{
    /// <summary>Changes one of the file's texts.</summary>
    public static void ChangeText(string path, string name, string text, string instead)
    {
        var file = SafetensorsFile.Open(path, "Write it again.");
        var metadata = file.Metadata.ToDictionary();
        Assert.Contains(text, metadata[name], StringComparison.Ordinal);
        metadata[name] = metadata[name].Replace(text, instead, StringComparison.Ordinal);
        SafetensorsFile.Write(path, metadata, Arrays(path));
    }

    /// <summary>Changes the values of one of the file's arrays.</summary>
    public static void ChangeArray<T>(string path, string name, Action<T[]> change)
        where T : unmanaged
    {
        var file = SafetensorsFile.Open(path, "Write it again.");
        var values = file.Read<T>(name);
        change(values);
        SafetensorsFile.Write(
            path, file.Metadata, [.. Arrays(path).Where(array => array.Name != name), NamedArray.Of<T>(name, file.Sizes[name], values)]);
    }

    /// <summary>Adds arrays to the file.</summary>
    public static void Add(string path, IEnumerable<NamedArray> arrays) =>
        SafetensorsFile.Write(path, SafetensorsFile.Open(path, "Write it again.").Metadata, [.. arrays, .. Arrays(path)]);

    /// <summary>Removes arrays from the file.</summary>
    public static void Remove(string path, Predicate<string> isRemoved) =>
        SafetensorsFile.Write(
            path, SafetensorsFile.Open(path, "Write it again.").Metadata, [.. Arrays(path).Where(array => !isRemoved(array.Name))]);

    /// <summary>The file without digests.</summary>
    public static byte[] WithoutDigests(byte[] file)
    {
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        var header = JsonNode.Parse(file.AsSpan(8, length))!.AsObject();
        var metadata = header["__metadata__"]!.AsObject();
        foreach (var name in metadata.Select(text => text.Key).Where(name => name.StartsWith("sha256", StringComparison.Ordinal)).ToArray())
        {
            metadata.Remove(name);
        }

        var written = Encoding.UTF8.GetBytes(header.ToJsonString());
        byte[] padded = [.. written, .. Enumerable.Repeat((byte)' ', -written.Length & 7)];
        return [.. BitConverter.GetBytes((ulong)padded.Length), .. padded, .. file.AsSpan(8 + length)];
    }

    private static NamedArray[] Arrays(string path)
    {
        var file = SafetensorsFile.Open(path, "Write it again.");
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
