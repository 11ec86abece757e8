using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace N2D.Tests.Autoencoders;

/// <summary>Files that look like libtorch from outside: names, headers and versions are right, but nothing can be loaded.</summary>
internal static class FakeLibtorch
{
    /// <summary>The name of this system in packages, such as linux-x64.</summary>
    public static string System { get; } =
        (OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsMacOS() ? "osx-" : "linux-")
            + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>The libraries of libtorch without CUDA, and one that is not installed.</summary>
    public static (string Name, byte[] Content)[] Cpu { get; } =
        [(FileOf("c10"), Library(System, 3000)), (FileOf("torch_cpu"), Library(System, 70000)), (FileOf("torch_python"), Library(System, 100))];

    /// <summary>The additional libraries with CUDA.</summary>
    public static (string Name, byte[] Content)[] Cuda { get; } =
        [(FileOf("torch_cuda"), Library(System, 5000)), (FileOf("cudart"), Library(System, 200))];

    /// <summary>The file name of a library on this system.</summary>
    public static string FileOf(string library) =>
        OperatingSystem.IsWindows() ? $"{library}.dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    /// <summary>A file that begins like a library of a system, such as linux-arm64.</summary>
    public static byte[] Library(string system, int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes.AsSpan(Math.Min(length, 100)));
        byte[] head = system switch
        {
            "linux-x64" => [0x7F, .. "ELF"u8, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 62, 0],
            "linux-arm64" => [0x7F, .. "ELF"u8, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 183, 0],
            "win-x64" => [.. "MZ"u8, .. new byte[0x3A], 64, 0, 0, 0, .. "PE\0\0"u8, 0x64, 0x86],
            "win-arm64" => [.. "MZ"u8, .. new byte[0x3A], 64, 0, 0, 0, .. "PE\0\0"u8, 0x64, 0xAA],
            "osx-x64" => [0xCF, 0xFA, 0xED, 0xFE, 7, 0, 0, 1],
            "osx-arm64" => [0xCF, 0xFA, 0xED, 0xFE, 12, 0, 0, 1],
            _ => [],
        };
        head.CopyTo(bytes, 0);
        return bytes;
    }

    /// <summary>Writes files to a folder. Returns its path.</summary>
    public static string WriteFolder(string folder, IEnumerable<(string Name, byte[] Content)> files)
    {
        foreach (var (name, content) in files)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }

        return folder;
    }

    /// <summary>Writes files to a zip archive. Returns its path.</summary>
    public static string WriteArchive(string path, IEnumerable<(string Name, byte[] Content)> files)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, content) in files)
        {
            using var entry = zip.CreateEntry(name).Open();
            entry.Write(content);
        }

        return path;
    }

    /// <summary>The files of an archive of pytorch.org.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Archive(IEnumerable<(string, byte[])> libraries, string version = "2.10.0+cpu") =>
        [.. Below("libtorch/lib/", libraries), ("libtorch/build-version", Encoding.UTF8.GetBytes(version + "\n"))];

    /// <summary>Writes a NuGet package ID.VERSION.nupkg. Returns its path.</summary>
    public static string WritePackage(
        string folder, string id, IEnumerable<(string, byte[])> files, string version = "2.10.0", params string[] dependencies)
    {
        var nuspec = $"""
            <?xml version="1.0"?>
            <package xmlns="http://schemas.microsoft.com/packaging/2012/06/nuspec.xsd">
              <metadata>
                <id>{id}</id>
                <version>{version}</version>
                <dependencies><group targetFramework=".NETStandard2.0">
                  {string.Concat(dependencies.Select(dependency => $"<dependency id=\"{dependency}\" version=\"{version}\" />"))}
                </group></dependencies>
              </metadata>
            </package>
            """;
        return WriteArchive(Path.Combine(folder, $"{id}.{version}.nupkg"), [.. files, ($"{id}.nuspec", Encoding.UTF8.GetBytes(nuspec))]);
    }

    /// <summary>Writes the package of libtorch without CUDA. Returns its path.</summary>
    public static string WriteCpuPackage(string folder, string version = "2.10.0") =>
        WritePackage(folder, $"libtorch-cpu-{System}", Below($"runtimes/{System}/native/", Cpu), version);

    /// <summary>
    /// Writes the packages of libtorch with CUDA as TorchSharp's are: one that requires the others, and one library in three fragments.
    /// </summary>
    /// <returns>The paths, first the package that requires the others.</returns>
    public static string[] WriteCudaPackages(string folder, bool damaged = false, bool hasDigest = true)
    {
        var id = $"libtorch-cuda-12.8-{System}";
        var (native, fragments) = ($"runtimes/{System}/native/", $"fragments/{System}/native/");
        var (name, whole) = Cuda[0];
        var digest = Encoding.UTF8.GetBytes(Convert.ToHexStringLower(SHA256.HashData(damaged ? [] : whole)));
        string[] parts = [$"{id}-part1", $"{id}-part2-primary", $"{id}-part2-fragment1", $"{id}-part2-fragment2"];
        return
        [
            WritePackage(folder, id, [], dependencies: [.. parts, "Unrelated.Package"]),
            WritePackage(folder, parts[0], Below(native, [.. Cpu, Cuda[1]])),
            WritePackage(folder, parts[1], Below(native, [(name, whole[..2000]), .. hasDigest ? new[] { (name + ".sha", digest) } : []])),
            WritePackage(folder, parts[2], Below(fragments, [(name + ".fragment1", whole[2000..4000])])),
            WritePackage(folder, parts[3], Below(fragments, [(name + ".fragment2", whole[4000..])])),
        ];
    }

    /// <summary>Puts files into a folder.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Below(string folder, IEnumerable<(string Name, byte[] Content)> files) =>
        files.Select(file => (folder + file.Name, file.Content));
}
