using System.Globalization;
using System.Text;
using System.Text.Json;

namespace N2D.Data;

/// <summary>Reads the tokens of a JSON file in sequence. The file is read in blocks and can be larger than the memory.</summary>
internal sealed class JsonTokens : IDisposable
{
    private const int FirstBufferSize = 1 << 16;
    private const int TokensPerReport = 1 << 14;

    private readonly InputFile _file;
    private readonly Execution _execution;
    private readonly Stream _content;
    private byte[] _buffer = new byte[FirstBufferSize];
    private int _start;
    private int _end;
    private bool _isAtEnd;
    private JsonReaderState _state = new(Options);
    private JsonTokenType _type;
    private int _depth;
    private int _tokenStart;
    private int _tokenLength;
    private bool _isEscaped;
    private int _count;

    /// <summary>Opens a file at its first token.</summary>
    /// <param name="file">The file, at its beginning.</param>
    /// <param name="execution">Progress and cancellation.</param>
    public JsonTokens(InputFile file, Execution execution)
    {
        (_file, _execution, _content) = (file, execution, file.Content);
        Fill();
        if (_buffer.AsSpan(0, _end) is [0xff, 0xfe, ..] or [0xfe, 0xff, ..])
        {
            var encoding = _buffer[0] == 0xff ? Encoding.Unicode : Encoding.BigEndianUnicode;
            var rest = new JoinedStream(_buffer[2.._end], _content);
            _content = Encoding.CreateTranscodingStream(rest, encoding, Encoding.UTF8, leaveOpen: true);
            _end = 0;
        }
        else if (_buffer.AsSpan(0, _end).StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]))
        {
            _start = 3;
        }
    }

    /// <summary>The supported extensions of the standard: comments, trailing commas, and several values in sequence (JSON Lines).</summary>
    public static JsonReaderOptions Options { get; } = new()
    { AllowMultipleValues = true, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The type of the current token.</summary>
    public JsonTokenType Type => _type;

    /// <summary>The number of objects and arrays that enclose the current token.</summary>
    public int Depth => _depth;

    /// <summary>The bytes of the current token, without the quotes of a string. Valid until the next token is read.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_tokenStart, _tokenLength);

    /// <summary>Advances to the next token.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="N2DException">The text from here on is not JSON (<c>MalformedJson</c>).</exception>
    public bool Read()
    {
        if (++_count % TokensPerReport == 0)
        {
            _execution.CancellationToken.ThrowIfCancellationRequested();
            _execution.Report($"{_file.Name}: JSON", _file.Fraction);
        }

        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isAtEnd, _state);
            bool isThere;
            try
            {
                isThere = reader.Read();
            }
            catch (JsonException error)
            {
                throw Malformed(error);
            }

            if (isThere)
            {
                (_type, _depth, _isEscaped) = (reader.TokenType, reader.CurrentDepth, reader.ValueIsEscaped);
                _tokenLength = reader.ValueSpan.Length;
                var isString = _type is JsonTokenType.String or JsonTokenType.PropertyName;
                _tokenStart = _start + (int)reader.TokenStartIndex + (isString ? 1 : 0);
                _start += (int)reader.BytesConsumed;
                _state = reader.CurrentState;
                return true;
            }

            _start += (int)reader.BytesConsumed;
            _state = reader.CurrentState;
            if (_isAtEnd)
            {
                return false;
            }

            Fill();
        }
    }

    /// <summary>Returns the text of a string or property name.</summary>
    public string GetString()
    {
        if (!_isEscaped)
        {
            return Encoding.UTF8.GetString(Bytes);
        }

        var reader = new Utf8JsonReader(_buffer.AsSpan(_tokenStart - 1, _tokenLength + 2));
        reader.Read();
        return reader.GetString()!;
    }

    /// <summary>Returns the value of a number; infinity if it exceeds the range of double.</summary>
    public double GetNumber() => double.Parse(Bytes, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Advances to the end of the current object or array. Other tokens are not changed.</summary>
    public void Skip()
    {
        if (_type is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }

        for (var depth = _depth; Read() && _depth > depth;)
        {
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_content != _file.Content)
        {
            _content.Dispose();
        }
    }

    private void Fill()
    {
        var rest = _buffer.AsSpan(_start, _end - _start);
        if (rest.Length > _buffer.Length / 2)
        {
            const int MaxTokenLength = 1 << 28;
            if (_buffer.Length > MaxTokenLength)
            {
                throw _file.Invalid("MalformedJson", $" has a text of more than {MaxTokenLength} bytes. It is damaged, or not a table.");
            }

            var larger = new byte[2 * _buffer.Length];
            rest.CopyTo(larger);
            _buffer = larger;
        }
        else
        {
            rest.CopyTo(_buffer);
        }

        (_start, _end) = (0, rest.Length);
        var read = _content.Read(_buffer, _end, _buffer.Length - _end);
        _isAtEnd = read == 0;
        _end += read;
    }

    /// <summary>
    /// Creates the error for malformed JSON. The most frequent causes are NaN and Infinity, which Python writes although they are not JSON.
    /// </summary>
    private N2DException Malformed(JsonException error)
    {
        var line = (error.LineNumber ?? 0) + 1;
        var text = Encoding.UTF8.GetString(_buffer, _start, Math.Min(_end - _start, FirstBufferSize));
        return text.Contains("NaN", StringComparison.Ordinal) || text.Contains("Infinity", StringComparison.Ordinal)
            ? _file.Invalid(
                "MalformedJson",
                $", line {line}: NaN and Infinity are not JSON. Write null for a missing value, as pandas does in DataFrame.to_json.")
            : _isAtEnd && error.Message.Contains("end of", StringComparison.Ordinal)
            ? _file.Invalid("MalformedJson", $", line {line}: the file ends within a value. It is incomplete: download or copy it again.")
            : _file.Invalid(
                "MalformedJson",
                $", line {line}, byte {(error.BytePositionInLine ?? 0) + 1}: {Quotation.Of(text.AsSpan().TrimStart())} is not valid JSON "
                    + $"here. Correct the file, or write it with a JSON library.");
    }

    /// <summary>Bytes that are already read, followed by the rest of a stream.</summary>
    private sealed class JoinedStream(byte[] first, Stream rest) : Stream
    {
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_position == first.Length)
            {
                return rest.Read(buffer, offset, count);
            }

            var length = Math.Min(count, first.Length - _position);
            first.AsSpan(_position, length).CopyTo(buffer.AsSpan(offset));
            _position += length;
            return length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
