namespace N2D.Data;

/// <summary>
/// A forward-only stream of decompressed content. Reading stops on cancellation, or if the content expands beyond a limit.
/// </summary>
/// <param name="content">The decompressed content. It is closed with this stream.</param>
/// <param name="compressedLength">The compressed length in bytes.</param>
/// <param name="path">The full path, for errors.</param>
/// <param name="execution">The limit and the cancellation token.</param>
internal sealed class BoundedStream(Stream content, long compressedLength, string path, Execution execution) : ForwardStream
{
    private long _position;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="N2DException">The content expands beyond the limit (<c>ExpandsTooMuch</c>).</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        execution.CancellationToken.ThrowIfCancellationRequested();
        var read = content.Read(buffer, offset, count);
        _position += read;
        execution.Expansion.ThrowIfExceeded(_position, compressedLength, path);
        return read;
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
