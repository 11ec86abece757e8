using System.Globalization;
using N2D.Data;
using PureHDF;

namespace N2D.Autoencoders;

/// <summary>
/// The weights of dense layers in a HDF5 file as Keras 2 writes it (<c>save_weights</c>, or <c>save</c> of a whole model): a group a layer, whose attribute
/// <c>weight_names</c> tells the data sets of its kernel and its bias.
/// </summary>
internal static class KerasWeightsFile
{
    /// <summary>The first bytes of every HDF5 file (HDF5 File Format Specification 3.0, II.A).</summary>
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    /// <summary>Whether a file is HDF5 by its first bytes, or calls itself so.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="N2DException">There is no such file, it is empty, or it cannot be read.</exception>
    public static bool IsOne(string path) =>
        InputFile.ReadHead(path, Signature.Length).AsSpan().SequenceEqual(Signature)
        || Path.GetExtension(path.AsSpan()) is ".h5" or ".hdf5" or ".H5" or ".HDF5";

    /// <summary>Reads the kernel and the bias of each layer of some names.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="isWanted">Whether a layer of this name is to be read.</param>
    /// <param name="otherLayers">Takes the names of the other layers.</param>
    /// <returns>The layers by name.</returns>
    /// <exception cref="N2DException">
    /// The file is no HDF5 file or a damaged one (<c>CorruptHdf5</c>), or a layer is not what a dense one is (<c>WeightsMismatch</c>).
    /// </exception>
    public static IReadOnlyDictionary<string, KerasLayer> Read(string path, Predicate<string> isWanted, ICollection<string> otherLayers)
    {
        try
        {
            // PureHDF by a stream: by a path, it would open what other files the file points at.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var file = H5File.Open(stream, leaveOpen: true);
            var root = file.LinkExists("model_weights") ? file.Group("model_weights") : file;
            var layers = new Dictionary<string, KerasLayer>();
            foreach (var child in root.Children())
            {
                if (child is IH5Group group && isWanted(child.Name))
                {
                    layers.Add(child.Name, ReadLayer(path, group, stream.Length));
                }
                else
                {
                    otherLayers.Add(child.Name);
                }
            }

            return layers;
        }
        catch (Exception error) when (error is not N2DException)
        {
            // A damaged file makes the library fail in all manner of ways; none of them is a fault of this one.
            throw new N2DException(
                "CorruptHdf5",
                ErrorKind.InvalidData,
                $"'{path}' is no HDF5 file, or a damaged one. Download it or copy it again, or give a safetensors file (Export-N2DWeight).",
                path,
                error);
        }
    }

    private static KerasLayer ReadLayer(string path, IH5Group group, long fileLength)
    {
        var attribute = group.AttributeExists("weight_names") ? group.Attribute("weight_names") : null;
        string[] names = attribute is { Type.Class: H5DataTypeClass.String or H5DataTypeClass.VariableLength } ? attribute.Read<string[]>() : [];
        return names.Length == 2 && names[0].Contains("kernel", StringComparison.Ordinal) && names[1].Contains("bias", StringComparison.Ordinal)
            ? new KerasLayer(ReadArray(path, group, "kernel", names[0], 2, fileLength), ReadArray(path, group, "bias", names[1], 1, fileLength))
            : throw Mismatch(path, group.Name, $"has {(names.Length == 0 ? "no weights" : $"the weights {string.Join(", ", names)}")}; a dense layer has a kernel and a bias");
    }

    private static FileArray ReadArray(string path, IH5Group group, string part, string name, int rank, long fileLength)
    {
        var dataset = group.Dataset(name);
        long[] sizes = [.. dataset.Space.Dimensions.Select(size => checked((long)size))];
        var length = sizes.Aggregate(1.0, (product, size) => product * size);
        if (sizes.Length != rank || dataset.Type is not { Class: H5DataTypeClass.FloatingPoint, Size: sizeof(float) })
        {
            throw Mismatch(path, group.Name, $"has a {part} of {TextOf(sizes)} values of type {dataset.Type.Class} of {dataset.Type.Size} bytes; float32 in {rank} dimension{(rank == 1 ? "" : "s")} is read here");
        }

        // Keras does not compress: what claims to be larger than the file would only fill the memory.
        if (dataset.Layout.Class is not (H5DataLayoutClass.Contiguous or H5DataLayoutClass.Compact) || length * sizeof(float) > fileLength)
        {
            throw Mismatch(path, group.Name, $"has a {part} of {TextOf(sizes)} values, {dataset.Layout.Class}, in a file of {fileLength} bytes: it is damaged, or not as Keras writes it");
        }

        var values = dataset.Read<float[]>();
        return values.Length == length
            ? new FileArray($"the {part} of layer {group.Name}", sizes, values)
            : throw new InvalidDataException($"{name} has {values.Length} values of {length}");
    }

    private static string TextOf(long[] sizes) => string.Join(" x ", sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)));

    private static N2DException Mismatch(string path, string layer, string what) =>
        new("WeightsMismatch", ErrorKind.InvalidData, $"'{path}': layer {layer} {what}.", path);
}

/// <summary>The weights of a dense layer.</summary>
/// <param name="Kernel">Inputs x outputs.</param>
/// <param name="Bias">One an output.</param>
internal sealed record KerasLayer(FileArray Kernel, FileArray Bias);

/// <summary>An array out of a file.</summary>
/// <param name="Name">What errors call it.</param>
/// <param name="Sizes">Its sizes.</param>
/// <param name="Values">Its values, row-major.</param>
internal sealed record FileArray(string Name, long[] Sizes, ReadOnlyMemory<float> Values);
