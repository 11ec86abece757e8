namespace N2D.Data;

/// <summary>The first records of a delimited text file, from which its format is detected.</summary>
/// <param name="file">The file, for errors.</param>
/// <param name="window">The characters of the file, at its beginning.</param>
/// <param name="format">The user's options. What is null is detected.</param>
/// <param name="cancellation">Cancels the detection.</param>
internal sealed class TextSample(InputFile file, TextWindow window, TextFormat format, CancellationToken cancellation)
{
    /// <summary>The number of lines that are read; fewer if they are long.</summary>
    private const int LineCount = SampleReader.MaxRecords + 20;

    private const int MinLines = 10;
    private const int EnoughCharacters = 1 << 16;
    private const int MaxCharacters = 1 << 26;

    /// <summary>Reads the lines that detection needs into the window.</summary>
    public void Fill()
    {
        while (window.Fill())
        {
            var text = window.Text;
            var lines = text.Count('\n') + text.Count('\r');
            if (lines >= LineCount || (lines >= MinLines && text.Length >= EnoughCharacters) || text.Length >= MaxCharacters)
            {
                break;
            }
        }
    }

    /// <summary>Finds the delimiter.</summary>
    /// <param name="leading">The lines above the table, which the window has left behind.</param>
    /// <param name="isDoubtfulComma">Whether the delimiter is a comma that can also be a decimal comma.</param>
    /// <returns>The character; null for any run of blanks and tabs.</returns>
    public char? FindDelimiter(LeadingLines leading, out bool isDoubtfulComma)
    {
        isDoubtfulComma = false;
        var given = format.Delimiter ?? leading.Delimiter;
        if (given is null)
        {
            var found = DelimiterGuess.Detect(file.Name, window.Text, window.IsAtEnd, format.Comment, cancellation);
            (var isOneColumn, isDoubtfulComma) = found == ','
                ? DecimalCommas.In(window.Text, window.IsAtEnd, format.Comment, cancellation)
                : default;

            // A delimiter that does not occur in the file keeps the cells whole.
            return isOneColumn ? ';' : found;
        }

        return given == TextFormat.Whitespace
            || (given == "\t" && DelimiterGuess.CollapseTabs(window.Text, window.IsAtEnd, format.Comment, cancellation)) ? null : given[0];
    }

    /// <summary>Reads the first records, without moving the window.</summary>
    /// <param name="delimiter">The delimiter; null for any run of blanks and tabs.</param>
    /// <returns>The records; empty if there are none.</returns>
    public List<SampleRecord> Read(char? delimiter)
    {
        var sample = new List<SampleRecord>();
        do
        {
            var reader = new SampleReader(window.Text, window.IsAtEnd || window.IsFull, delimiter, format.Comment, cancellation);
            while (reader.Read())
            {
                sample.Add(new SampleRecord(reader.ToArray(), reader.End, reader.LinesToEnd));
            }
        }
        while (sample.Count == 0 && !window.IsFull && window.Fill());

        return sample;
    }
}
