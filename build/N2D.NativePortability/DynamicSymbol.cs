namespace N2D.NativePortability;

/// <summary>One entry of a shared library's dynamic symbol table.</summary>
/// <param name="Name">The linker's name of the symbol.</param>
/// <param name="NameOffset">Where the name starts in the table's strings.</param>
/// <param name="IsUndefined">Whether the library imports the symbol rather than defining it.</param>
/// <param name="VersionIndex">Which version of the symbol is meant; an index into the needed or the defined versions.</param>
/// <param name="EntryPosition">Where the symbol's entry starts in the file; its first field is the name offset.</param>
/// <param name="VersionPosition">Where the symbol's version index is in the file.</param>
internal readonly record struct DynamicSymbol(
    string Name, uint NameOffset, bool IsUndefined, ushort VersionIndex, int EntryPosition, int VersionPosition);
