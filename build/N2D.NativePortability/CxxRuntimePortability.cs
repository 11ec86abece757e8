using System.Buffers.Binary;

namespace N2D.NativePortability;

/// <summary>
/// Lowers the version of the C++ runtime that libLibTorchSharp.so 0.107.0 requires, from that of GCC 13 to that of GCC 11, so that it loads
/// on
/// Debian 12, Ubuntu 22.04 and RHEL 9. A few bytes change. No bytes are added and no code changes.
/// </summary>
internal static class CxxRuntimePortability
{
    private const string CxxRuntime = "libstdc++.so.6";

    /// <summary>The replacements. A file is not changed unless it has exactly these symbols.</summary>
    /// <remarks>
    /// <para><c>std::ios_base_library_init()</c> came with GCC 13. Including &lt;iostream&gt; leaves a reference to it which nothing ever
    /// calls: its presence alone proves that the runtime initializes the standard streams by itself. Older runtimes initialize them on
    /// behalf of each library that was built with an older compiler, and libtorch_cpu.so is one and is loaded first. So any imported
    /// function will do; <c>steady_clock::now()</c> takes no arguments, so that it would be harmless even if called.</para>
    /// <para><c>condition_variable::wait(unique_lock&lt;mutex&gt;&amp;)</c> was given a second version with GCC 12, when it lost its
    /// noexcept; each later runtime exports both.</para>
    /// </remarks>
    private static readonly SymbolRetarget[] Retargets =
    [
        new("_ZSt21ios_base_library_initv", "GLIBCXX_3.4.32", "_ZNSt6chrono3_V212steady_clock3nowEv", "GLIBCXX_3.4.19"),
        new("_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE", "GLIBCXX_3.4.30",
            "_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE", "GLIBCXX_3.4.11"),
    ];

    /// <summary>Changes the library in place, or does not change it at all.</summary>
    /// <param name="file">The whole file, of any content.</param>
    /// <returns>Why the file was not changed; null if it was.</returns>
    public static string? Apply(Span<byte> file)
    {
        if (!ElfImage.TryRead(file, out var image))
        {
            return "it is not a whole 64-bit x86-64 shared library with versioned symbols";
        }

        var edits = new List<Edit>();
        foreach (var retarget in Retargets)
        {
            if (!TryPlan(image, retarget, edits))
            {
                return $"it does not import {retarget.Symbol}@{retarget.Version} alone of that version, "
                    + $"along with {retarget.Substitute} and {retarget.SubstituteVersion}";
            }
        }

        foreach (var edit in edits)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(file[edit.Symbol.EntryPosition..], edit.NameOffset);
            BinaryPrimitives.WriteUInt16LittleEndian(file[edit.Symbol.VersionPosition..], edit.VersionIndex);
            BinaryPrimitives.WriteUInt16LittleEndian(file[edit.Unneeded.FlagsPosition..], (ushort)(edit.Unneeded.Flags | NeededVersion.WeakFlag));
        }

        return null;
    }

    private static bool TryPlan(ElfImage image, SymbolRetarget retarget, List<Edit> edits)
    {
        // Any other number means that the file is not the supported version.
        if (Versions(image, retarget.Version) is not [{ Flags: 0 } unneeded]
            || Versions(image, retarget.SubstituteVersion) is not [var substituteVersion]
            || Imports(image, retarget.Symbol) is not [var symbol]
            || Imports(image, retarget.Substitute) is not [var substitute]
            || symbol.VersionIndex != unneeded.Index
            || (substitute != symbol && substitute.VersionIndex != substituteVersion.Index))
        {
            return false;
        }

        // Another symbol of that version would still need it.
        if (image.Symbols.Count(other => other.VersionIndex == unneeded.Index) != 1)
        {
            return false;
        }

        edits.Add(new Edit(symbol, substitute.NameOffset, substituteVersion.Index, unneeded));
        return true;
    }

    private static List<NeededVersion> Versions(ElfImage image, string name) =>
        [.. image.NeededVersions.Where(version => version.Library == CxxRuntime && version.Name == name)];

    private static List<DynamicSymbol> Imports(ElfImage image, string name) =>
        [.. image.Symbols.Where(symbol => symbol.IsUndefined && symbol.Name == name)];

    private readonly record struct Edit(DynamicSymbol Symbol, uint NameOffset, ushort VersionIndex, NeededVersion Unneeded);
}
