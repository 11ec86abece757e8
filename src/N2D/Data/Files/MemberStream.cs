using ICSharpCode.SharpZipLib.Checksum;

namespace N2D.Data;

/// <summary>The content of a file in an archive, front to back: it knows how long it is to be, and whether it came out as it went in.</summary>
/// <param name="content">The bytes, decompressed; closed with this stream.</param>
/// <param name="length">The number of bytes, as the archive says.</param>
/// <param name="crc32">Their CRC-32, as the archive says.</param>
/// <remarks>The system's reader of zip archives checks neither.</remarks>
internal sealed class MemberStream(Stream content, long length, uint crc32) : Forwardtream
{
    private readonly Crc32 _found = new();
    private long _position;

    /// <summary>The CRC-32 of the content, as the archive says; a content that has another is an error at its end.</summary>
    public uint Crc32 => crc32;

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The content ends, and is not that which went in.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = content.Read(buffer, offset, count);
        if (read > 0)
        {
            _position += read;
            _found.Update(new ArraySegment<byte>(buffer, offset, read));
        }

        var isEnd = read == 0 && count > 0;
        return _position > length || (isEnd && (_position < length || (uint)_found.Value != crc32))
            ? throw new InvalidDataException("Its content is not that which the archive was made of.")
            : read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
        }

        base.Dispose(disposing);
    }
}
