namespace N2D.Data;

/// <summary>The lines of a text file as bytes, one after the other, with no string made of any; blank lines are left out.</summary>
/// <param name="file">The file, at its beginning; stays open.</param>
/// <param name="cancellationToken">Looked at before each part of the file is read: a file may be one line of gigabytes.</param>
internal sealed class ByteLines(InputFile file, CancellationToken cancellationToken)
{
    private const int FirstBufferSize = 1 << 17;

    /// <summary>More than a line of ten million numbers takes.</summary>
    private const int LongestLine = 1 << 28;

    /// <summary>Read at once at most, for the sake of the token.</summary>
    private const int LargestPart = 1 << 22;

    private byte[] _buffer = new byte[FirstBufferSize];
    private int _start;
    private int _end;
    private int _lineStart;
    private int _lineLength;
    private bool _isAtEnd;

    /// <summary>The line, without its end; valid until the next.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_lineStart, _lineLength);

    /// <summary>Its number in the file, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Goes to the next line that is not blank.</summary>
    /// <returns>False at the end of the file.</returns>
    public bool Read()
    {
        while (ReadAny())
        {
            if (!Line.Trim(" \t\r\0"u8).IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    private bool ReadAny()
    {
        for (var searched = 0; ;)
        {
            var length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0 || (_isAtEnd && _end > _start))
            {
                (_lineStart, _lineLength) = (_start, length < 0 ? _end - _start : searched + length);
                _start = Math.Min(_end, _lineStart + _lineLength + 1);
                Number++;
                return true;
            }

            if (_isAtEnd)
            {
                return false;
            }

            searched = _end - _start;
            Fill();
        }
    }

    /// <summary>Makes room behind the line that is cut off by the end of the buffer, and reads on.</summary>
    private void Fill()
    {
        var rest = _buffer.AsSpan(_start, _end - _start);
        if (rest.Length > _buffer.Length / 2)
        {
            if (rest.Length > LongestLine)
            {
                throw file.Invalid("NotText", $", line {Number + 1}, is longer than {LongestLine >> 20} MiB: it is not the text file that it should be.");
            }

            var larger = GC.AllocateUninitializedArray<byte>(2 * _buffer.Length);
            rest.CopyTo(larger);
            _buffer = larger;
        }
        else
        {
            rest.CopyTo(_buffer);
        }

        (_start, _end) = (0, rest.Length);
        cancellationToken.ThrowIfCancellationRequested();
        var read = file.Content.Read(_buffer, _end, Math.Min(LargestPart, _buffer.Length - _end));
        _isAtEnd = read == 0;
        _end += read;
    }
}
