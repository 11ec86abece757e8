namespace N2D.NativePortability;

/// <summary>An imported symbol of libstdc++ that older systems lack, and what to import in its place.</summary>
/// <param name="Symbol">The symbol as the library imports it.</param>
/// <param name="Version">The version of it that older systems lack.</param>
/// <param name="Substitute">A symbol that the library imports already, possibly the same one.</param>
/// <param name="SubstituteVersion">An older version, which the library also asks for already.</param>
internal sealed record SymbolRetarget(string Symbol, string Version, string Substitute, string SubstituteVersion);
