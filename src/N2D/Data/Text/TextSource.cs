using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace N2D.Data;

/// <summary>
/// Decodes a text file. Invalid bytes are never replaced: reading stops before them. A file without a byte order mark is decoded as strict
/// UTF-8. At the first invalid byte, the source continues in Windows-1252 if the bytes so far are ASCII, which both encodings share, and
/// the following bytes look like Windows-1252. A file is therefore read only once, compressed or not, and the characters so far stay
/// correct.
/// </summary>
internal sealed class TextSource
{
    /// <summary>The result of <see cref="Read"/> before an invalid byte.</summary>
    public const int Invalid = -1;

    private const int BlockSize = 1 << 16;

    /// <summary>The number of bytes that are checked before the source switches to Windows-1252; fewer at the end of the file.</summary>
    private const int BytesToJudge = 1 << 12;

    /// <summary>The number of bytes at the start in which a zero means binary data.</summary>
    private const int HeadLength = 512;

    private readonly InputFile _file;
    private readonly byte[] _block = new byte[BlockSize];
    private readonly InvalidByteMark _mark = new();
    private readonly bool _mayBeWindows1252;
    private Decoder? _decoder;
    private int _start;
    private int _end;
    private bool _isAtEnd;
    private bool _isAscii = true;
    private bool _isInvalidNext;

    /// <summary>Reads the first bytes and detects the encoding.</summary>
    /// <param name="file">The file, at its beginning. The caller closes it.</param>
    /// <param name="encoding">The encoding if there is no byte order mark; null to detect it.</param>
    /// <exception cref="N2DException">The file is not text (<c>NotText</c>).</exception>
    public TextSource(InputFile file, Encoding? encoding)
    {
        _file = file;
        FillBlock(atLeast: HeadLength);
        var head = _block.AsSpan(0, Math.Min(HeadLength, _end));
        var (found, name, markLength) = EncodingDetection.FromMark(head);
        if (found is null && encoding is null)
        {
            (found, name) = EncodingDetection.FromZeros(head);
            _mayBeWindows1252 = found is null;
            ThrowIfBinary(head, found);
        }

        _start = markLength;
        EncodingName = name.Length > 0 ? name : encoding?.WebName ?? "UTF-8";
        SetEncoding(found ?? encoding);
    }

    /// <summary>The name of the encoding in messages.</summary>
    public string EncodingName { get; private set; }

    /// <summary>Whether the file is read as Windows-1252 because it is not valid UTF-8. Final at the end of the file.</summary>
    public bool IsTakenForWindows1252 { get; private set; }

    /// <summary>The invalid byte, after <see cref="Invalid"/>.</summary>
    public byte InvalidByte => _decoder is null || IsTakenForWindows1252 ? _block[_start] : _mark.Byte;

    /// <summary>Reads characters.</summary>
    /// <param name="characters">Receives the characters; at least two.</param>
    /// <returns>The number of characters: 0 at the end of the file, <see cref="Invalid"/> before an invalid byte.</returns>
    public int Read(Span<char> characters)
    {
        if (_isInvalidNext)
        {
            return Invalid;
        }

        return _decoder is null ? ReadUtf8(characters) : ReadDecoded(characters);
    }

    private int ReadUtf8(Span<char> characters)
    {
        while (true)
        {
            var status = Utf8.ToUtf16(
                _block.AsSpan(_start, _end - _start),
                characters,
                out var read,
                out var written,
                replaceInvalidSequences: false,
                isFinalBlock: _isAtEnd);

            // Every non-ASCII character has more bytes in UTF-8 than units in UTF-16.
            _isAscii &= read == written;
            _start += read;
            if (written > 0)
            {
                return written;
            }

            if (status == OperationStatus.InvalidData)
            {
                return IsWindows1252() ? ReadDecoded(characters) : Fail();
            }

            if (_isAtEnd)
            {
                return 0;
            }

            FillBlock(atLeast: 1);
        }
    }

    private int ReadDecoded(Span<char> characters)
    {
        while (true)
        {
            if (_start == _end && !_isAtEnd)
            {
                FillBlock(atLeast: 1);
            }

            var bytes = _block.AsSpan(_start, _end - _start);
            var undefined = IsTakenForWindows1252 ? bytes.IndexOfAny(EncodingDetection.UndefinedInWindows1252) : -1;
            if (undefined == 0)
            {
                return Fail();
            }

            bytes = undefined > 0 ? bytes[..undefined] : bytes;
            _decoder!.Convert(bytes, characters, flush: _isAtEnd, out var read, out var written, out _);
            _start += read;
            if (_mark.IsSet)
            {
                _isInvalidNext = true;
                written = characters[..written].IndexOf(InvalidByteMark.Character);
                return written > 0 ? written : Invalid;
            }

            if (written > 0 || (_isAtEnd && _start == _end))
            {
                return written;
            }
        }
    }

    private bool IsWindows1252()
    {
        if (!_mayBeWindows1252 || !_isAscii)
        {
            return false;
        }

        FillBlock(BytesToJudge);
        if (!EncodingDetection.IsPlausibleWindows1252(_block.AsSpan(_start, _end - _start)))
        {
            return false;
        }

        IsTakenForWindows1252 = true;
        EncodingName = "Windows-1252";
        SetEncoding(TextEncodings.Windows1252);
        return true;
    }

    private int Fail()
    {
        _isInvalidNext = true;
        return Invalid;
    }

    private void SetEncoding(Encoding? encoding)
    {
        if (encoding is not (null or UTF8Encoding))
        {
            var marking = (Encoding)encoding.Clone();
            marking.DecoderFallback = _mark;
            _decoder = marking.GetDecoder();
        }
    }

    /// <summary>Moves the unread bytes to the front of the block and fills the rest.</summary>
    private void FillBlock(int atLeast)
    {
        var rest = _block.AsSpan(_start, _end - _start);
        if (_isAtEnd || rest.Length >= Math.Max(atLeast, BlockSize / 2))
        {
            return;
        }

        rest.CopyTo(_block);
        (_start, _end) = (0, rest.Length);
        var wanted = Math.Max(1, atLeast - _end);
        var read = _file.Content.ReadAtLeast(_block.AsSpan(_end), wanted, throwOnEndOfStream: false);
        _isAtEnd = read < wanted;
        _end += read;
    }

    private void ThrowIfBinary(ReadOnlySpan<byte> head, Encoding? found)
    {
        if (found is null && head.Contains((byte)0))
        {
            const string Format = nameof(DatasetFile.Format);
            var isIdx = FileFormats.IsIdx(head.ToArray());
            var advice = isIdx ? $"It is an IDX file: use {Format} Idx." : "Save it as CSV.";
            throw _file.Invalid("NotText", $" is not a text file: it contains zero bytes. {advice}", isIdx ? [Format] : []);
        }
    }

    /// <summary>Decodes invalid bytes to U+FFFF, which is not a character, and remembers the first one.</summary>
    private sealed class InvalidByteMark : DecoderFallback
    {
        public const char Character = '\uFFFF';

        public bool IsSet { get; private set; }

        public byte Byte { get; private set; }

        public override int MaxCharCount => 1;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(this);

        private sealed class Buffer(InvalidByteMark mark) : DecoderFallbackBuffer
        {
            private int _remaining;

            public override int Remaining => _remaining;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                if (!mark.IsSet)
                {
                    (mark.IsSet, mark.Byte) = (true, bytesUnknown.Length > 0 ? bytesUnknown[0] : (byte)0);
                }

                _remaining = 1;
                return true;
            }

            public override char GetNextChar() => _remaining-- > 0 ? Character : '\0';

            public override bool MovePrevious() => false;

            public override void Reset() => _remaining = 0;
        }
    }
}
