using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace N2D.Reports;

/// <summary>The script and the style of the page, and the policy that allows nothing else.</summary>
/// <remarks>
/// The files are modules that import each other. In the page they become one script: in this order, each module after those that it
/// imports, without the import and export keywords.
/// </remarks>
internal static partial class PageCode
{
    private static readonly string[] Modules =
    [
        "dom.js", "data.js", "fields.js", "colors.js", "camera.js", "points-webgl.js", "points-canvas.js", "grid.js", "labels.js",
        "gestures.js", "details.js", "filters.js", "search.js", "selection.js", "map.js", "page.js",
    ];

    private static readonly string[] Styles = ["page.css", "map.css", "print.css"];

    /// <summary>The script.</summary>
    public static string Script { get; } =
        $"\"use strict\";\n{string.Concat(Modules.Select(name => ImportOrExport().Replace(Read(name), "")))}";

    /// <summary>The style sheet.</summary>
    public static string Style { get; } = string.Concat(Styles.Select(Read));

    /// <summary>
    /// The content security policy of the page: its own script and style by their digests, images in data URLs, and nothing else.
    /// </summary>
    public static string Policy { get; } =
        $"default-src 'none'; script-src {DigestOf(Script)}; style-src {DigestOf(Style)}; img-src data:; base-uri 'none'; "
            + "form-action 'none'";

    private static string DigestOf(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    private static string Read(string name)
    {
        using var stream = typeof(PageCode).Assembly.GetManifestResourceStream($"report/{name}")
            ?? throw new InvalidOperationException($"The library has no resource '{name}'.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes).ReplaceLineEndings("\n");
    }

    [GeneratedRegex("^import .*\n|^export (?=async|class|const|function)", RegexOptions.Multiline)]
    private static partial Regex ImportOrExport();
}
