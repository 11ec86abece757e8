namespace N2D.Data;

/// <summary>A window that moves over the characters of a text file. It grows to hold the longest record.</summary>
/// <param name="file">The file, for errors.</param>
/// <param name="source">The characters of the file.</param>
/// <param name="execution">Cancellation and progress.</param>
internal sealed class TextWindow(InputFile file, TextSource source, Execution execution)
{
    /// <summary>The length of the longest possible record, 256 MiB in memory. A file with a longer record is not a table.</summary>
    public const int LongestRecord = 1 << 27;

    private const int FirstLength = 1 << 16;

    private char[] _characters = new char[FirstLength];
    private int _start;
    private int _end;

    /// <summary>The characters in the window.</summary>
    public ReadOnlySpan<char> Text => _characters.AsSpan(_start, _end - _start);

    /// <summary>Whether the file ends where the window does.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Whether the window has reached its largest size.</summary>
    public bool IsFull => _end - _start >= LongestRecord;

    /// <summary>The line on which <see cref="Text"/> starts, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>Moves the start of the window.</summary>
    /// <param name="length">The number of characters to leave behind.</param>
    /// <param name="lines">The number of line breaks in them.</param>
    public void Advance(int length, int lines)
    {
        _start += length;
        Line += lines;
    }

    /// <summary>Reads more characters. Positions in <see cref="Text"/> stay valid.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="N2DException">There is an invalid byte (<c>InvalidEncoding</c>).</exception>
    public bool Fill()
    {
        if (IsAtEnd)
        {
            return false;
        }

        execution.CancellationToken.ThrowIfCancellationRequested();
        MakeRoom();
        do
        {
            var read = source.Read(_characters.AsSpan(_end));
            if (read == TextSource.Invalid)
            {
                throw InvalidByte();
            }

            IsAtEnd = read == 0;
            _end += read;
            execution.CancellationToken.ThrowIfCancellationRequested();
        }
        while (!IsAtEnd && _characters.Length - _end >= _characters.Length / 4);
        return true;
    }

    private void MakeRoom()
    {
        var rest = _characters.AsSpan(_start, _end - _start);
        if (rest.Length > _characters.Length / 2)
        {
            var larger = new char[2 * _characters.Length];
            rest.CopyTo(larger);
            _characters = larger;
        }
        else
        {
            rest.CopyTo(_characters);
        }

        (_start, _end) = (0, rest.Length);
    }

    private N2DException InvalidByte()
    {
        const string Encoding = nameof(TextFormat.Encoding);
        var line = Line + LineBreaks.Count(Text);
        var isGuess = source.EncodingName == "UTF-8";
        var finding = isGuess
            ? "is not valid UTF-8, and the file does not look like Windows-1252"
            : $"is not valid in the encoding {source.EncodingName}";
        var advice = $"Set {Encoding}, for example {Encoding} windows-1252 or {Encoding} utf8, or save the file as UTF-8.";
        return file.Invalid("InvalidEncoding", $", line {line}: the byte 0x{source.InvalidByte:X2} {finding}. {advice}", Encoding);
    }
}
