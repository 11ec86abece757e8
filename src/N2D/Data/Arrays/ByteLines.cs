namespace N2D.Data;

/// <summary>Reads the lines of a text file as bytes, without creating strings. Blank lines are skipped.</summary>
/// <param name="file">The file, at its beginning. It stays open.</param>
/// <param name="cancellationToken">Checked before each read, because a file can be a single line of gigabytes.</param>
internal sealed class ByteLines(InputFile file, CancellationToken cancellationToken)
{
    private const int FirstBufferSize = 1 << 17;

    /// <summary>More than a line with ten million numbers needs.</summary>
    private const int MaxLineLength = 1 << 28;

    /// <summary>The maximum size of one read, so that cancellation takes effect soon.</summary>
    private const int MaxReadSize = 1 << 22;

    private byte[] _buffer = new byte[FirstBufferSize];
    private int _start;
    private int _end;
    private int _lineStart;
    private int _lineLength;
    private bool _isAtEnd;

    /// <summary>The current line without its line end. Valid until the next call of <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_lineStart, _lineLength);

    /// <summary>The number of the current line in the file, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Advances to the next line that is not blank.</summary>
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

    /// <summary>Moves the incomplete last line to the front of the buffer, or enlarges the buffer, and reads more bytes.</summary>
    private void Fill()
    {
        var rest = _buffer.AsSpan(_start, _end - _start);
        if (rest.Length > _buffer.Length / 2)
        {
            if (rest.Length > MaxLineLength)
            {
                throw file.Invalid(
                    "NotText",
                    $", line {Number + 1}, is longer than {MaxLineLength >> 20} MiB. "
                        + $"It is not a text file: check that it is the file that you want.");
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
        var read = file.Content.Read(_buffer, _end, Math.Min(MaxReadSize, _buffer.Length - _end));
        _isAtEnd = read == 0;
        _end += read;
    }
}
