using System.IO.Compression;
using System.Text;
using System.Xml;

namespace N2D.Data;

/// <summary>An open Excel workbook: its worksheets, shared strings and styles.</summary>
/// <remarks>
/// Office Open XML (ECMA-376) is a zip archive of XML files, which .NET can read. No package is used. Of two that were tested, one converts
/// errors such as #DIV/0! to empty cells, and the other takes minutes for the sheets with 1024 or 16384 declared columns that LibreOffice
/// writes.
/// </remarks>
internal sealed class ExcelWorkbook : IDisposable
{
    private readonly InputFile _file;
    private readonly Stream _content;
    private readonly Execution _execution;
    private readonly ZipArchive _zip;
    private readonly List<Sheet> _sheets = [];
    private readonly Lazy<string[]> _sharedTexts;
    private readonly Lazy<ExcelStyles> _styles;
    private bool _is1904;

    /// <summary>Opens a workbook.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="content">The decompressed bytes.</param>
    /// <param name="execution">Cancellation, and the limit for the expansion of compressed files.</param>
    /// <exception cref="N2DException">
    /// The workbook is protected by a password (<c>WorkbookEncrypted</c>), damaged (<c>WorkbookDamaged</c>), or expands too much
    /// (<c>ExpandsTooMuch</c>), or the file is not a workbook (<c>NotAWorkbook</c>).
    /// </exception>
    public ExcelWorkbook(InputFile file, Stream content, Execution execution)
    {
        (_file, _content, _execution) = (file, content, execution);
        var head = new byte[ArchiveFile.MagicLength];
        var isArchive = content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && ArchiveFile.IsArchive(head);
        content.Position = 0;
        if (!isArchive)
        {
            throw UnsupportedFormats.IsEncrypted(content)
                ? file.Invalid(
                    "WorkbookEncrypted",
                    $" is protected by a password. Open it in Excel, and remove the password: File > Info > Protect Workbook.")
                : file.Invalid(
                    "NotAWorkbook",
                    $" is not an Excel workbook in the format .xlsx or .xlsm. Save it in one of these formats, or as CSV.");
        }

        _zip = Translating(() => new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true));
        if (!new ArchiveContent([.. _zip.Entries.Select(entry => entry.FullName.Replace('\\', '/'))]).IsWorkbook)
        {
            throw file.Invalid(
                "NotAWorkbook",
                $" is a zip archive, but not an Excel workbook in the format .xlsx or .xlsm. Save it in one of these formats, or as CSV.");
        }

        execution.Expansion.ThrowIfExceeded(_zip.Entries.Sum(entry => entry.Length), content.Length, file.FullPath);
        var parts = Translating(ReadWorkbook);
        _sharedTexts = new Lazy<string[]>(() => Translating(() => ReadSharedTexts(parts.SharedTexts)));
        _styles = new Lazy<ExcelStyles>(
            () => Translating(() => parts.Styles is null || Find(parts.Styles) is null
                ? ExcelStyles.None
                : ReadPart(parts.Styles, ExcelStyles.Read)));
    }

    /// <summary>The names of the worksheets, in workbook order.</summary>
    public List<string> WorksheetNames => [.. _sheets.Select(sheet => sheet.Name)];

    /// <summary>The names of the worksheets in search order: visible ones first.</summary>
    public IEnumerable<string> SearchOrder => _sheets.OrderBy(sheet => sheet.IsHidden).Select(sheet => sheet.Name);

    /// <summary>Finds the table of a worksheet; null if the worksheet has no values.</summary>
    /// <param name="worksheet">The name of the worksheet.</param>
    public ExcelRange? RangeOf(string worksheet)
    {
        if (RangeOf(worksheet, 1, out var samples) is not { } range)
        {
            return null;
        }

        string[][] texts =
            [.. samples.Select(row => Array.ConvertAll(range.ValuesOf(row), value => TableCell.Of(value).Text?.Trim() ?? ""))];
        var skipped = Preamble.CountIn(texts, _execution.CancellationToken);
        return skipped == 0
            ? range
            : RangeOf(worksheet, samples[skipped].Number, out _)! with { Title = Array.Find(texts[0], text => text.Length > 0) };
    }

    private ExcelRange? RangeOf(string worksheet, int start, out List<ExcelRow> samples)
    {
        const int MaxSamples = 64;
        var (firstRow, lastRow, firstColumn, lastColumn) = (0, 0, int.MaxValue, -1);
        var columns = new List<(int Numbers, int Cells)>();
        samples = [];
        foreach (var row in Rows(worksheet))
        {
            if (row.Number < start)
            {
                continue;
            }

            (firstRow, lastRow) = (firstRow == 0 ? row.Number : firstRow, row.Number);
            (firstColumn, lastColumn) =
                (Math.Min(firstColumn, row.Cells.Min(cell => cell.Column)), Math.Max(lastColumn, row.Cells.Max(cell => cell.Column)));
            CountNumbers(row, columns);
            if (samples.Count < MaxSamples)
            {
                samples.Add(row with { Cells = [.. row.Cells] });
            }
        }

        var range = new ExcelRange(firstRow, lastRow, firstColumn, lastColumn - firstColumn + 1, [], null)
        { HasNumbers = columns.Exists(column => column.Numbers > 0 && 2 * column.Numbers >= column.Cells) };
        return firstRow == 0
            ? null
            : range with { FirstRow = range.ValuesOf(samples[0]), SecondRow = samples.Count > 1 ? range.ValuesOf(samples[1]) : null };
    }

    /// <summary>Counts the numbers in each column, in the first rows.</summary>
    private static void CountNumbers(ExcelRow row, List<(int Numbers, int Cells)> columns)
    {
        const int MaxCells = 1000;
        foreach (var (column, value) in row.Cells)
        {
            while (columns.Count <= column)
            {
                columns.Add(default);
            }

            var (numbers, cells) = columns[column];
            if (cells < MaxCells)
            {
                var isNumber = value is double or bool or ExcelError or ExcelFormula
                    || (value is string text && (LooseNumber.Is(text.AsSpan().Trim()) || TableCell.ParseVector(text) is not null));
                columns[column] = (numbers + (isNumber ? 1 : 0), cells + 1);
            }
        }
    }

    /// <summary>Reads the rows that are not blank. A row is valid until the next one is read.</summary>
    /// <param name="worksheet">The name of the worksheet.</param>
    public IEnumerable<ExcelRow> Rows(string worksheet)
    {
        const int RowsPerCheck = 64;
        var part = _sheets.Find(sheet => sheet.Name == worksheet)!.Part;
        using var content = Translating(() => Open(part));
        using var xml = Translating(() => XmlOf(content));
        using var rows = ExcelRow.Read(xml, _sharedTexts, _styles, _is1904).GetEnumerator();
        for (var count = 0; Translating(rows.MoveNext); count++)
        {
            if (count % RowsPerCheck == 0)
            {
                _execution.CancellationToken.ThrowIfCancellationRequested();
            }

            if (rows.Current.Cells.Count > 0)
            {
                yield return rows.Current;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _zip.Dispose();
        _content.Position = 0;
    }

    /// <summary>Reads the text of a string item, which can consist of several runs. Phonetic text is skipped.</summary>
    /// <param name="xml">The XML, at the start of the item. Afterward it is after the end of the item.</param>
    public static string ReadText(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            xml.Read();
            return "";
        }

        var (text, depth) = (new StringBuilder(), xml.Depth);
        xml.Read();
        while (xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "t")
            {
                text.Append(xml.ReadElementContentAsString());
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "rPh")
            {
                xml.Skip();
            }
            else
            {
                xml.Read();
            }
        }

        xml.Read();
        return Unescaped(text.ToString());
    }

    /// <summary>Decodes characters that XML cannot represent, such as <c>_x000D_</c> (ECMA-376, 22.9.2.19).</summary>
    /// <param name="text">The text in the file.</param>
    public static string Unescaped(string text) => text.Contains("_x", StringComparison.Ordinal)
        ? System.Text.RegularExpressions.Regex.Replace(
            text, "_x([0-9A-Fa-f]{4})_", match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString())
        : text;

    private (string? SharedTexts, string? Styles) ReadWorkbook()
    {
        var targets = new Dictionary<string, (string Type, string Part)>(StringComparer.Ordinal);
        ReadPart("xl/_rels/workbook.xml.rels", xml => ForEach(xml, "Relationship", () =>
            targets[xml.GetAttribute("Id") ?? ""] =
                (xml.GetAttribute("Type")?.Split('/')[^1] ?? "", PathOf(xml.GetAttribute("Target") ?? ""))));
        ReadPart("xl/workbook.xml", xml =>
        {
            while (xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "workbookPr")
                {
                    _is1904 = xml.GetAttribute("date1904") is "1" or "true";
                }
                else if (xml.NodeType == XmlNodeType.Element
                    && xml.LocalName == "sheet"
                    && IdOf(xml) is { } id
                    && targets.TryGetValue(id, out var target)
                    && target.Type == "worksheet")
                {
                    _sheets.Add(
                        new Sheet(xml.GetAttribute("name") ?? "", target.Part, xml.GetAttribute("state") is "hidden" or "veryHidden"));
                }
            }

            return true;
        });
        return (PartOf("sharedStrings"), PartOf("styles"));

        string? PartOf(string type) => targets.Values.FirstOrDefault(target => target.Type == type).Part;
    }

    /// <summary>Returns the relationship id, whose namespace differs between transitional and strict workbooks.</summary>
    private static string? IdOf(XmlReader xml)
    {
        string? id = null;
        while (xml.MoveToNextAttribute())
        {
            id = xml.LocalName == "id" && xml.NamespaceURI.EndsWith("/relationships", StringComparison.Ordinal) ? xml.Value : id;
        }

        xml.MoveToElement();
        return id;
    }

    private string[] ReadSharedTexts(string? part)
    {
        var texts = new List<string>();
        if (part is not null && Find(part) is not null)
        {
            ReadPart(part, xml =>
            {
                xml.Read();
                while (!xml.EOF)
                {
                    if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "si")
                    {
                        texts.Add(ReadText(xml));
                    }
                    else
                    {
                        xml.Read();
                    }
                }

                return true;
            });
        }

        return [.. texts];
    }

    private static bool ForEach(XmlReader xml, string element, Action work)
    {
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == element)
            {
                work();
            }
        }

        return true;
    }

    /// <summary>Converts the path of a relationship, which is relative to the workbook's folder or, with a slash, to the root.</summary>
    private static string PathOf(string target) => target.StartsWith('/')
        ? target[1..]
        : $"xl/{(target.StartsWith("./", StringComparison.Ordinal) ? target[2..] : target)}";

    private ZipArchiveEntry? Find(string part) =>
        _zip.Entries.FirstOrDefault(entry => entry.FullName.Replace('\\', '/').Equals(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>Opens a part. Its checksum is verified at its end.</summary>
    private BoundedStream Open(string part)
    {
        var entry = Find(part) ?? throw new InvalidDataException($"Its part '{part}' is missing.");
        return new BoundedStream(new MemberStream(entry.Open(), entry.Length, entry.Crc32), long.MaxValue, _file.FullPath, _execution);
    }

    private TResult ReadPart<TResult>(string part, Func<XmlReader, TResult> read)
    {
        using var content = Open(part);
        using var xml = XmlOf(content);
        return read(xml);
    }

    private static XmlReader XmlOf(Stream content) =>
        XmlReader.Create(
            content,
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver =
                    null,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                IgnoreWhitespace = true
            });

    private T Translating<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is not N2DException and not OperationCanceledException and not OutOfMemoryException)
        {
            throw new N2DException(
                "WorkbookDamaged",
                ErrorKind.InvalidData,
                $"{Quotation.Of(_file.Name)} cannot be read as an Excel workbook: {error.Message} Open it in Excel or LibreOffice and save "
                    + "it again, or save the worksheet as CSV.",
                _file.FullPath,
                error);
        }
    }

    /// <summary>A worksheet.</summary>
    private sealed record Sheet(string Name, string Part, bool IsHidden);
}
