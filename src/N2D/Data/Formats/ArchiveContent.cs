namespace N2D.Data;

/// <summary>What the files in a zip archive make it: a workbook, NumPy arrays, a document, or data files packed together.</summary>
/// <param name="Names">The paths of the files in it.</param>
internal sealed record ArchiveContent(IReadOnlyList<string> Names)
{
    private static readonly string[] Remarks = ["readme", "license", "licence", "copying", "changelog", "citation"];

    /// <summary>Whether it is a workbook of Excel: .xlsx or .xlsm.</summary>
    public bool IsWorkbook => Has("xl/workbook.xml");

    /// <summary>Whether it holds NumPy arrays: .npz.</summary>
    public bool IsArrays => Names.Any(name => name.EndsWith(".npy", StringComparison.OrdinalIgnoreCase));

    /// <summary>The one data file in it; null if it holds several or none, or is itself a file of some format.</summary>
    public string? OnlyDataFile => !IsWorkbook && !IsArrays && Foreign is null && DataFiles is [var only] ? only : null;

    /// <summary>The files in it, without notes, hidden files, and what macOS adds.</summary>
    public string[] DataFiles => [.. Names.Where(IsData)];

    /// <summary>What it is, if it is a file of a format that is not read, and what to do; null otherwise.</summary>
    public (string What, string Remedy)? Foreign =>
        Has("xl/workbook.bin") ? ("a binary Excel workbook (.xlsb)", "Save it in Excel as .xlsx or CSV.")
        : Has("word/document.xml") ? ("a Word document", "Copy its table to a worksheet, and save that as .xlsx or CSV.")
        : Has("ppt/presentation.xml") ? ("a PowerPoint presentation", "Copy its table to a worksheet, and save that as .xlsx or CSV.")
        : Has("mimetype") && Has("content.xml") ? ("an OpenDocument file (.ods, .odt)", "Open it in LibreOffice, and save it as .xlsx or CSV.")
        : Names.Any(name => name.EndsWith("/data.pkl", StringComparison.Ordinal)) ? ("a PyTorch file", "In Python: numpy.save('rows.npy', tensor.numpy()).")
        : Has("Index/Document.iwa") || Has("Index.zip") ? ("an iWork document (Numbers, Pages)", "Export it as .xlsx or CSV.")
        : null;

    private bool Has(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool IsData(string path)
    {
        var name = Path.GetFileName(path);
        return !name.StartsWith('.') && !path.StartsWith("__MACOSX/", StringComparison.Ordinal) && !name.Equals("Thumbs.db", StringComparison.OrdinalIgnoreCase)
            && !name.EndsWith(".md", StringComparison.OrdinalIgnoreCase)
            && !Remarks.Any(remark => Path.GetFileNameWithoutExtension(name).Equals(remark, StringComparison.OrdinalIgnoreCase));
    }
}
