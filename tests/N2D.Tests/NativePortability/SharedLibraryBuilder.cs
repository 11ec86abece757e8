using System.Buffers.Binary;
using System.Text;

namespace N2D.Tests.NativePortability;

/// <summary>
/// Writes the smallest shared library that has imported symbols with versions: section headers, .dynsym, .dynstr, .gnu.version and
/// .gnu.version_r. What the tests vary is a property.
/// </summary>
internal sealed record SharedLibraryBuilder
{
    public const string StreamsInitializer = "_ZSt21ios_base_library_initv";
    public const string ClockNow = "_ZNSt6chrono3_V212steady_clock3nowEv";
    public const string Wait = "_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE";

    /// <summary>Each imported symbol, with its version.</summary>
    public IReadOnlyList<(string Name, string Version)> Imports { get; init; } =
        [(StreamsInitializer, "GLIBCXX_3.4.32"), ("memcpy", "GLIBC_2.14"), (ClockNow, "GLIBCXX_3.4.19"), (Wait, "GLIBCXX_3.4.30")];

    /// <summary>Each needed version, with its flags; GLIBC ones are libc's, all others libstdc++'s.</summary>
    public IReadOnlyList<(string Name, ushort Flags)> Versions { get; init; } =
        [("GLIBC_2.14", 0), ("GLIBCXX_3.4.11", 0), ("GLIBCXX_3.4.19", 0), ("GLIBCXX_3.4.30", 0), ("GLIBCXX_3.4.32", 0)];

    /// <summary>The section index of each symbol: 0 is an imported one.</summary>
    public ushort DefinedIn { get; init; }

    public byte[] Build()
    {
        var names = new StringTable();
        var symbols = new byte[24 * (Imports.Count + 1)];
        var symbolVersions = new byte[2 * (Imports.Count + 1)];
        for (var i = 0; i < Imports.Count; i++)
        {
            var entry = symbols.AsSpan(24 * (i + 1));
            BinaryPrimitives.WriteUInt32LittleEndian(entry, names.Add(Imports[i].Name));
            entry[4] = 0x12;
            BinaryPrimitives.WriteUInt16LittleEndian(entry[6..], DefinedIn);
            BinaryPrimitives.WriteUInt16LittleEndian(symbolVersions.AsSpan(2 * (i + 1)), IndexOf(Imports[i].Version));
        }

        var needs = Needs(names, "libc.so.6", "GLIBC_", last: false)
            .Concat(Needs(names, "libstdc++.so.6", "GLIBCXX_", last: true))
            .ToArray();
        return Assemble([(11, symbols, 2), (3, names.ToArray(), 0), (0x6fffffff, symbolVersions, 1), (0x6ffffffe, needs, 2)]);
    }

    public ushort IndexOf(string version) => (ushort)(2 + Versions.Select(known => known.Name).ToList().IndexOf(version));

    private byte[] Needs(StringTable names, string library, string prefix, bool last)
    {
        var versions = Versions.Where(version => version.Name.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        var bytes = new byte[16 * (versions.Count + 1)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, 1);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), (ushort)versions.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), names.Add(library));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), 16);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), last ? 0 : (uint)bytes.Length);
        for (var i = 0; i < versions.Count; i++)
        {
            var entry = bytes.AsSpan(16 * (i + 1));
            BinaryPrimitives.WriteUInt16LittleEndian(entry[4..], versions[i].Flags);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[6..], IndexOf(versions[i].Name));
            BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], names.Add(versions[i].Name));
            BinaryPrimitives.WriteUInt32LittleEndian(entry[12..], i == versions.Count - 1 ? 0u : 16u);
        }

        return bytes;
    }

    private static byte[] Assemble((uint Type, byte[] Content, uint Link)[] sections)
    {
        var contentSize = sections.Sum(section => section.Content.Length);
        var file = new byte[64 + contentSize + (64 * (sections.Length + 1))];
        ((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1]).CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(16), 3);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(18), 62);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(40), (ulong)(64 + contentSize));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(58), 64);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(60), (ushort)(sections.Length + 1));
        var offset = 64;
        for (var i = 0; i < sections.Length; i++)
        {
            var (type, content, link) = sections[i];
            content.CopyTo(file, offset);
            var header = file.AsSpan(64 + contentSize + (64 * (i + 1)), 64);
            BinaryPrimitives.WriteUInt32LittleEndian(header[4..], type);
            BinaryPrimitives.WriteUInt64LittleEndian(header[24..], (ulong)offset);
            BinaryPrimitives.WriteUInt64LittleEndian(header[32..], (ulong)content.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(header[40..], link);
            offset += content.Length;
        }

        return file;
    }

    private sealed class StringTable
    {
        private readonly List<byte> _bytes = [0];

        public uint Add(string text)
        {
            var offset = (uint)_bytes.Count;
            _bytes.AddRange(Encoding.Latin1.GetBytes(text));
            _bytes.Add(0);
            return offset;
        }

        public byte[] ToArray() => [.. _bytes];
    }
}
