namespace N2D.NativePortability;

/// <summary>A version of another library's interface that a shared library requires, such as GLIBCXX_3.4.32 of libstdc++.so.6.</summary>
/// <param name="Library">The other library.</param>
/// <param name="Name">The version's name.</param>
/// <param name="Index">What symbols refer to it by.</param>
/// <param name="Flags">Bit 1 (weak): the loader goes on where the version is missing.</param>
/// <param name="FlagsPosition">Where the flags are in the file.</param>
internal readonly record struct NeededVersion(string Library, string Name, ushort Index, ushort Flags, int FlagsPosition)
{
    /// <summary>VER_FLG_WEAK: the loader continues if the version is missing.</summary>
    public const ushort WeakFlag = 0x2;
}
