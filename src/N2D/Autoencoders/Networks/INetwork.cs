namespace N2D.Autoencoders;

/// <summary>An autoencoder's network. Rows go in and come out row-major in memory, whatever the device of the network.</summary>
internal interface INetwork : IDisposable
{
    /// <summary>Encodes rows.</summary>
    /// <param name="rows">m x d.</param>
    /// <param name="codes">Receives the codes, m x c.</param>
    void Encode(ReadOnlySpan<float> rows, Span<float> codes);

    /// <summary>Decodes codes.</summary>
    /// <param name="codes">m x c.</param>
    /// <param name="rows">Receives the rows, m x d.</param>
    void Decode(ReadOnlySpan<float> codes, Span<float> rows);

    /// <summary>Encodes rows and decodes their codes.</summary>
    /// <param name="rows">m x d.</param>
    /// <param name="reconstruction">Receives the reconstruction, m x d.</param>
    void Reconstruct(ReadOnlySpan<float> rows, Span<float> reconstruction);
}
