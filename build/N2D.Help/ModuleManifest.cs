using System.Collections;
using System.Management.Automation.Language;

namespace N2D.Help;

/// <summary>Reads the manifest of the module.</summary>
internal static class ModuleManifest
{
    /// <summary>The address of the project (PrivateData.PSData.ProjectUri); null if the manifest has none.</summary>
    /// <param name="path">The manifest.</param>
    /// <exception cref="HelpException">The file is not a manifest.</exception>
    public static string? ProjectAddressOf(string path)
    {
        var script = Parser.ParseFile(path, out _, out var errors);
        if (errors.Length > 0 || script.Find(part => part is HashtableAst, searchNestedScriptBlocks: false) is not HashtableAst table)
        {
            throw new HelpException($"{path} is not a module manifest.");
        }

        var manifest = (Hashtable)table.SafeGetValue();
        return ((manifest["PrivateData"] as Hashtable)?["PSData"] as Hashtable)?["ProjectUri"] as string;
    }
}
