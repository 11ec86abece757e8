using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace N2D.NativePortability;

/// <summary>
/// The dynamic symbols of a 64-bit little-endian x86-64 shared library and the versions of them that it needs, read from its
/// section headers (System V ABI, chapters 4 and 5; Linux Standard Base, symbol versioning).
/// </summary>
/// <remarks>For any bytes, reading returns an image or none. It never throws and never reads outside the bytes.</remarks>
internal sealed class ElfImage
{
    private const int HeaderSize = 64;
    private const int SectionHeaderSize = 64;
    private const int SymbolSize = 24;
    private const int NeedSize = 16;
    private const uint DynamicSymbolsType = 11;
    private const uint SymbolVersionsType = 0x6fffffff;
    private const uint NeededVersionsType = 0x6ffffffe;

    private ElfImage(IReadOnlyList<DynamicSymbol> symbols, IReadOnlyList<NeededVersion> neededVersions)
    {
        Symbols = symbols;
        NeededVersions = neededVersions;
    }

    /// <summary>The dynamic symbols, imported and exported.</summary>
    public IReadOnlyList<DynamicSymbol> Symbols { get; }

    /// <summary>The versions that the library needs of other libraries.</summary>
    public IReadOnlyList<NeededVersion> NeededVersions { get; }

    /// <summary>Reads an image.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="image">The image.</param>
    /// <returns>False if the file is not such a library, or is cut short or inconsistent.</returns>
    public static bool TryRead(ReadOnlySpan<byte> file, [NotNullWhen(true)] out ElfImage? image)
    {
        image = null;
        if (!IsSharedLibrary(file)
            || !TryReadSections(file, out var sections)
            || !TryFind(sections, DynamicSymbolsType, out var symbolTable)
            || !TryFind(sections, SymbolVersionsType, out var versionTable)
            || !TryFind(sections, NeededVersionsType, out var needTable)
            || symbolTable.Link >= sections.Count
            || needTable.Link >= sections.Count
            || symbolTable.Size % SymbolSize != 0
            || symbolTable.Size / SymbolSize != versionTable.Size / sizeof(ushort)
            || !TryReadNeededVersions(file, needTable, sections[(int)needTable.Link], out var neededVersions))
        {
            return false;
        }

        image = new ElfImage(ReadSymbols(file, symbolTable, versionTable, sections[(int)symbolTable.Link]), neededVersions);
        return true;
    }

    private static bool IsSharedLibrary(ReadOnlySpan<byte> file) =>
        file.Length >= HeaderSize
        && file[..7].SequenceEqual((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1])
        && UInt16(file, 16) == 3
        && UInt16(file, 18) == 62;

    private static bool TryReadSections(ReadOnlySpan<byte> file, out List<Section> sections)
    {
        sections = [];
        var start = BinaryPrimitives.ReadUInt64LittleEndian(file[40..]);
        var count = UInt16(file, 60);
        if (UInt16(file, 58) != SectionHeaderSize || !Contains(file, start, (ulong)count * SectionHeaderSize))
        {
            return false;
        }

        for (var position = (int)start; sections.Count < count; position += SectionHeaderSize)
        {
            var header = file.Slice(position, SectionHeaderSize);
            var type = UInt32(header, 4);
            var offset = BinaryPrimitives.ReadUInt64LittleEndian(header[24..]);
            var size = BinaryPrimitives.ReadUInt64LittleEndian(header[32..]);

            // A section outside the file, such as .bss, is kept as an empty one, so that section numbers stay valid.
            sections.Add(Contains(file, offset, size)
                ? new Section(type, (int)offset, (int)size, UInt32(header, 40))
                : new Section(type, 0, 0, UInt32(header, 40)));
        }

        return true;
    }

    private static bool TryFind(List<Section> sections, uint type, out Section section)
    {
        section = sections.Find(candidate => candidate.Type == type);
        return section.Size > 0;
    }

    private static List<DynamicSymbol> ReadSymbols(ReadOnlySpan<byte> file, Section table, Section versions, Section names)
    {
        var symbols = new List<DynamicSymbol>(table.Size / SymbolSize);
        for (var i = 0; i < table.Size / SymbolSize; i++)
        {
            var entry = table.Offset + (i * SymbolSize);
            var version = versions.Offset + (i * sizeof(ushort));
            var nameOffset = UInt32(file, entry);
            symbols.Add(new DynamicSymbol(
                Text(file, names, nameOffset), nameOffset, UInt16(file, entry + 6) == 0, UInt16(file, version), entry, version));
        }

        return symbols;
    }

    private static bool TryReadNeededVersions(ReadOnlySpan<byte> file, Section table, Section names, out List<NeededVersion> versions)
    {
        versions = [];
        var content = file.Slice(table.Offset, table.Size);

        // Entries are linked by relative offsets. Each step must go forward, which limits the number of steps.
        for (long need = 0; ;)
        {
            if (need > content.Length - NeedSize)
            {
                return false;
            }

            var entry = content.Slice((int)need, NeedSize);
            if (!TryReadVersionsOfLibrary(file, table, names, Text(file, names, UInt32(entry, 4)), need + UInt32(entry, 8), UInt16(entry, 2), versions))
            {
                return false;
            }

            var step = UInt32(entry, 12);
            if (step == 0)
            {
                return true;
            }

            need += step;
        }
    }

    private static bool TryReadVersionsOfLibrary(
        ReadOnlySpan<byte> file, Section table, Section names, string library, long first, int count, List<NeededVersion> versions)
    {
        var position = first;
        for (var i = 0; i < count; i++)
        {
            if (position > table.Size - NeedSize)
            {
                return false;
            }

            var entry = file.Slice(table.Offset + (int)position, NeedSize);
            versions.Add(new NeededVersion(
                library, Text(file, names, UInt32(entry, 8)), UInt16(entry, 6), UInt16(entry, 4), table.Offset + (int)position + 4));
            var step = UInt32(entry, 12);
            if (step == 0)
            {
                return i == count - 1;
            }

            position += step;
        }

        return true;
    }

    private static string Text(ReadOnlySpan<byte> file, Section strings, uint offset)
    {
        if (offset >= strings.Size)
        {
            return string.Empty;
        }

        var rest = file.Slice(strings.Offset + (int)offset, strings.Size - (int)offset);
        var end = rest.IndexOf((byte)0);
        return end < 0 ? string.Empty : Encoding.Latin1.GetString(rest[..end]);
    }

    private static bool Contains(ReadOnlySpan<byte> file, ulong offset, ulong size) =>
        offset <= (ulong)file.Length && size <= (ulong)file.Length - offset;

    private static ushort UInt16(ReadOnlySpan<byte> bytes, int position) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[position..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int position) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[position..]);

    private readonly record struct Section(uint Type, int Offset, int Size, uint Link);
}
