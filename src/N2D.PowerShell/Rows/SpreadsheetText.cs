using System.Diagnostics.CodeAnalysis;
using N2D.Data;

namespace N2D.PowerShell;

/// <summary>Text as it can be opened in a spreadsheet without being run as a formula.</summary>
/// <remarks>
/// Excel, LibreOffice and Google Sheets run cells of a CSV file that begin with one of these characters, even quoted ones (OWASP, "CSV
/// Injection").
/// </remarks>
internal static class SpreadsheetText
{
    private const string FormulaStarts = "=+-@\t\r";

    /// <summary>
    /// The text, with an apostrophe in front if a spreadsheet would take it for a formula. Numbers such as -1 are not formulas.
    /// </summary>
    /// <param name="text">The text; null if there is none.</param>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Of(string? text) =>
        text?.Length > 0 && FormulaStarts.Contains(text[0]) && !NumberNotation.Point.TryParse(text, out _) ? $"'{text}" : text;
}
