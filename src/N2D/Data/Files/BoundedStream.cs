namespace N2D.Data;

/// <summary>Decompressed content, read front to back: stops when the work is canceled, or when it expands beyond a limit.</summary>
/// <param name="content">The bytes; closed with this stream.</param>
/// <param name="compressedLength">The size of what they are decompressed from, in bytes.</param>
/// <param name="path">The full path, for errors.</param>
/// <param name="execution">The limit and the cancellation token.</param>
internal sealed class BoundedStream(Stream content, long compressedLength, string path, Execution execution) : Forwardtream
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
    /// <exception cref="N2DException">It expands beyond the limit (<c>ExpandsTooMuch</c>).</exception>
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
