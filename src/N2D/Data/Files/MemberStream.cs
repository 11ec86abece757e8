using ICSharpCode.SharpZipLib.Checksum;

namespace N2D.Data;

/// <summary>A forward-only stream of the content of a file in an archive. It verifies the length and the checksum.</summary>
/// <param name="content">The decompressed content. It is closed with this stream.</param>
/// <param name="length">The length in bytes, as listed in the archive.</param>
/// <param name="crc32">The CRC-32, as listed in the archive.</param>
/// <remarks><see cref="System.IO.Compression.ZipArchive"/> verifies neither.</remarks>
internal sealed class MemberStream(Stream content, long length, uint crc32) : ForwardStream
{
    private readonly Crc32 _found = new();
    private long _position;

    /// <summary>The CRC-32 as listed in the archive. Reading the end of content with another checksum is an error.</summary>
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
    /// <exception cref="InvalidDataException">The content differs from the listed length or checksum.</exception>
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
            ? throw new InvalidDataException("The content does not match its length or checksum in the archive.")
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
