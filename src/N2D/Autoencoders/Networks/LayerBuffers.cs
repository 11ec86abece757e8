using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>A buffer for the output of each layer, or for its derivative. Buffers grow on demand and are reused.</summary>
/// <param name="shape">The layers.</param>
internal sealed class LayerBuffers(NetworkShape shape) : IDisposable
{
    private readonly NativeVector?[] _buffers = new NativeVector?[shape.LayerCount];

    /// <summary>Returns the buffer of a layer. It is valid until more rows are requested.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="rowCount">m.</param>
    /// <returns>m x outputs.</returns>
    public unsafe MatrixView Of(int layer, int rowCount)
    {
        var length = (long)rowCount * shape.Outputs(layer);
        var buffer = _buffers[layer];
        if (buffer is null || buffer.Length < length)
        {
            buffer?.Dispose();
            _buffers[layer] = buffer = new NativeVector(length);
        }

        return MatrixView.Of(buffer.Values, rowCount, shape.Outputs(layer));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var buffer in _buffers)
        {
            buffer?.Dispose();
        }
    }
}
