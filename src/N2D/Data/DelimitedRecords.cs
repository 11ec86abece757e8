using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace N2D.Data;

/// <summary>
/// The records of a delimited text file, one after the other. Cells are handed out as spans of the line: only quoted
/// lines cost a string a cell.
/// </summary>
internal sealed class DelimitedRecords : IDisposable
{
    private const int BufferSize = 1 << 16;

    private readonly CsvParser _parser;
    private string _line = "";
    private Range[] _cells = [];
    private bool _quoted;

    /// <summary>Starts before the first record.</summary>
    /// <param name="file">The file; stays open.</param>
    /// <param name="delimiter">The delimiter, or null to detect it.</param>
    public DelimitedRecords(InputFile file, char? delimiter)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            HasHeaderRecord = false,
            IgnoreBlankLines = true,
            TrimOptions = TrimOptions.Trim,
            WhiteSpaceChars = delimiter == ' ' ? [] : [' '],
            BufferSize = BufferSize,
            BadDataFound = bad => throw file.Invalid(
                "MisplacedQuote",
                $", line {bad.Context.Parser!.RawRow}: a quote stands where it may not. Quotes go around a whole cell and are doubled inside it."),
        };
        if (delimiter is { } given)
        {
            configuration.Delimiter = given.ToString();
        }
        else
        {
            configuration.DetectDelimiter = true;
            configuration.GetDelimiter = detection => DelimiterDetection.Detect(file.Name, detection.Text).ToString();
        }

        _parser = new CsvParser(new StreamReader(file.Content, bufferSize: BufferSize, leaveOpen: true), configuration);
    }

    /// <summary>The delimiter, known after the first record.</summary>
    public char Delimiter => _parser.Delimiter[0];

    /// <summary>The line of the file that the record ends on, from 1.</summary>
    public int LineNumber => _parser.RawRow;

    /// <summary>The number of cells.</summary>
    public int Count { get; private set; }

    /// <summary>A cell, valid until the next record.</summary>
    public ReadOnlySpan<char> this[int cell] => _quoted ? _parser[cell] : _line.AsSpan()[_cells[cell]].Trim();

    /// <summary>Goes to the next record that is not blank.</summary>
    /// <returns>False at the end of the file.</returns>
    public bool Read()
    {
        while (_parser.Read())
        {
            _line = _parser.RawRecord.Trim('\r', '\n');
            Count = _parser.Count;
            if (Count > 1 || !string.IsNullOrWhiteSpace(_line))
            {
                Cut();
                return true;
            }
        }

        return false;
    }

    /// <summary>The cells of the record, to keep.</summary>
    public string[] ToArray()
    {
        var cells = new string[Count];
        for (var cell = 0; cell < cells.Length; cell++)
        {
            cells[cell] = this[cell].ToString();
        }

        return cells;
    }

    /// <inheritdoc/>
    public void Dispose() => _parser.Dispose();

    private void Cut()
    {
        _quoted = _line.Contains('"', StringComparison.Ordinal);
        if (_quoted)
        {
            return;
        }

        if (_cells.Length < Count)
        {
            _cells = new Range[Count];
        }

        _ = _line.AsSpan().Split(_cells.AsSpan(0, Count), Delimiter);
    }
}
