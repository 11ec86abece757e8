using System.Text;

namespace N2D.Tests.Data.Formats;

/// <summary>Workbooks of Excel, written from the XML of their worksheets.</summary>
internal static class Workbooks
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>A workbook of worksheets, each the content of its sheetData; style 1 is a date, 2 a date and time.</summary>
    public static (string Name, byte[] Content)[] Parts(params (string Name, string Rows)[] sheets) =>
    [
        ("[Content_Types].xml", Xml(
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" "
                + "ContentType=\"application/xml\"/><Default Extension=\"rels\" "
                + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/></Types>")),
        ("_rels/.rels", Xml(
            $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
                + $"Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")),
        ("xl/workbook.xml", Xml(
            $"<workbook xmlns=\"{Main}\" "
                + $"xmlns:r=\"{Relations}\"><sheets>{Each(sheets, (sheet, number) => $"<sheet name=\"{sheet.Name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>")}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", Xml(
            $"<Relationships "
                + $"xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{Each(sheets, (_, number) => $"<Relationship Id=\"rId{number}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>")}<Relationship Id=\"rId90\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/><Relationship Id=\"rId91\" Type=\"{Relations}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>")),
        ("xl/styles.xml", Xml(
            $"<styleSheet xmlns=\"{Main}\"><fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills><borders "
                + $"count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"3\"><xf "
                + $"numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/><xf numFmtId=\"22\" "
                + $"applyNumberFormat=\"1\"/></cellXfs></styleSheet>")),
        ("xl/sharedStrings.xml", Xml(
            $"<sst xmlns=\"{Main}\" count=\"2\" uniqueCount=\"2\"><si><t>red</t></si><si><r><t>gr</t></r><r><t>een</t></r></si></sst>")),
        .. sheets.Select((sheet, place) =>
            ($"xl/worksheets/sheet{place + 1}.xml", Xml($"<worksheet xmlns=\"{Main}\"><sheetData>{sheet.Rows}</sheetData></worksheet>"))),
    ];

    public static byte[] Bytes(params (string Name, string Rows)[] sheets) => TemporaryFiles.ZipBytes(Parts(sheets));

    /// <summary>A row of cells from column A on: text in quotes, numbers, #error, =value of a formula, TRUE; a blank is no cell.</summary>
    public static string Row(int number, params string[] cells) =>
        $"<row r=\"{number}\">{string.Concat(cells.Select((cell, column) => Cell($"{(char)('A' + column)}{number}", cell)))}</row>";

    private static string Cell(string place, string cell) => cell switch
    {
        "" => "",
        ['\'', .. var text] => $"<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>",
        ['#', ..] => $"<c r=\"{place}\" t=\"e\"><v>{cell}</v></c>",
        "=" => $"<c r=\"{place}\"><f>1+1</f></c>",
        ['=', .. var value] => $"<c r=\"{place}\"><f>1+1</f><v>{value}</v></c>",
        ['$', .. var index] => $"<c r=\"{place}\" t=\"s\"><v>{index}</v></c>",
        ['@', .. var day] => $"<c r=\"{place}\" s=\"1\"><v>{day}</v></c>",
        "TRUE" or "FALSE" => $"<c r=\"{place}\" t=\"b\"><v>{(cell == "TRUE" ? 1 : 0)}</v></c>",
        _ => $"<c r=\"{place}\"><v>{cell}</v></c>",
    };

    private static string Each(IEnumerable<(string Name, string Rows)> sheets, Func<(string Name, string Rows), int, string> of) =>
        string.Concat(sheets.Select((sheet, place) => of(sheet, place + 1)));

    private static byte[] Xml(string body) => Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>{body}");
}
