namespace N2D.Data;

/// <summary>Classifies a zip archive by the files in it: a workbook, NumPy arrays, a document, or packed data files.</summary>
/// <param name="Names">The paths of the files.</param>
internal sealed record ArchiveContent(IReadOnlyList<string> Names)
{
    private static readonly string[] Remarks = ["readme", "license", "licence", "copying", "changelog", "citation"];

    /// <summary>Whether the archive is an Excel workbook: .xlsx or .xlsm.</summary>
    public bool IsWorkbook => Has("xl/workbook.xml");

    /// <summary>Whether the archive contains NumPy arrays: .npz.</summary>
    public bool IsArrays => Names.Any(name => name.EndsWith(".npy", StringComparison.OrdinalIgnoreCase));

    /// <summary>The only data file; null if there are several or none, or if the archive itself is a file format.</summary>
    public string? OnlyDataFile => !IsWorkbook && !IsArrays && Foreign is null && DataFiles is [var only] ? only : null;

    /// <summary>The files without readme files, hidden files and files that macOS adds.</summary>
    public string[] DataFiles => [.. Names.Where(IsData)];

    /// <summary>The unsupported format of the archive, and what to do; null for other archives.</summary>
    public (string What, string Remedy)? Foreign =>
        Has("xl/workbook.bin") ? ("a binary Excel workbook (.xlsb)", "Save it in Excel as .xlsx or CSV.")
        : Has("word/document.xml") ? ("a Word document", "Copy its table to a worksheet, and save that as .xlsx or CSV.")
        : Has("ppt/presentation.xml") ? ("a PowerPoint presentation", "Copy its table to a worksheet, and save that as .xlsx or CSV.")
        : Has("mimetype") && Has("content.xml")
            ? ("an OpenDocument file (.ods, .odt)", "Open it in LibreOffice, and save it as .xlsx or CSV.")
        : Names.Any(name => name.EndsWith("/data.pkl", StringComparison.Ordinal))
            ? ("a PyTorch file", "In Python: numpy.save('rows.npy', tensor.numpy()).")
        : Has("Index/Document.iwa") || Has("Index.zip") ? ("an iWork document (Numbers, Pages)", "Export it as .xlsx or CSV.")
        : null;

    private bool Has(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool IsData(string path)
    {
        var name = Path.GetFileName(path);
        return !name.StartsWith('.')
            && !path.StartsWith("__MACOSX/", StringComparison.Ordinal)
            && !name.Equals("Thumbs.db", StringComparison.OrdinalIgnoreCase)
            && !name.EndsWith(".md", StringComparison.OrdinalIgnoreCase)
            && !Remarks.Any(remark => Path.GetFileNameWithoutExtension(name).Equals(remark, StringComparison.OrdinalIgnoreCase));
    }
}
