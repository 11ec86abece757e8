using System.Runtime.InteropServices;
using N2D.Data;
using N2D.Files;
using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>Where the codes of rows go.</summary>
/// <typeparam name="TCodes">The matrix of codes.</typeparam>
internal interface ICodeOutput<out TCodes>
    where TCodes : IDataMatrix
{
    /// <summary>Rejects an output that cannot take the codes, before they are computed.</summary>
    /// <param name="rowCount">n.</param>
    /// <param name="latentDimension">c.</param>
    /// <exception cref="N2DException">The codes cannot be written.</exception>
    void ThrowIfNotWritable(int rowCount, int latentDimension);

    /// <summary>Encodes rows.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rows">n rows.</param>
    /// <param name="latentDimension">c.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <returns>The codes, n x c.</returns>
    TCodes Encode(INetwork network, IDataMatrix rows, int latentDimension, Execution execution);
}

/// <summary>Keeps codes in memory.</summary>
internal sealed class CodesInMemory : ICodeOutput<Matrix>
{
    /// <inheritdoc/>
    public void ThrowIfNotWritable(int rowCount, int latentDimension)
    {
        // Memory is allocated when the codes are computed.
    }

    /// <inheritdoc/>
    public Matrix Encode(INetwork network, IDataMatrix rows, int latentDimension, Execution execution) =>
        NetworkPass.Run(network.Encode, rows, latentDimension, execution);
}

/// <summary>Streams codes to a .npy file.</summary>
/// <param name="path">Full path.</param>
/// <param name="replacement">Whether to replace an existing file; null for a caller without these options.</param>
internal sealed class CodesInFile(string path, OutputOptions? replacement) : ICodeOutput<IDataMatrix>
{
    /// <inheritdoc/>
    public void ThrowIfNotWritable(int rowCount, int latentDimension) =>
        OutputFile.ThrowIfNotWritable(path, replacement, NpyFile.ByteCount(rowCount, latentDimension));

    /// <inheritdoc/>
    public IDataMatrix Encode(INetwork network, IDataMatrix rows, int latentDimension, Execution execution) =>
        NpyFile.Write(path, rows.RowCount, latentDimension, stream =>
            NetworkPass.Run(network.Encode, rows, latentDimension, execution, (_, codes) => stream.Write(MemoryMarshal.AsBytes(codes))));
}
