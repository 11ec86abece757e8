using System.Globalization;
using N2D.Data;
using PureHDF;

namespace N2D.Autoencoders;

/// <summary>
/// Reads the weights of dense layers from an HDF5 file of Keras 2 (<c>save_weights</c>, or <c>save</c> of a whole model). The file has a
/// group for each layer, whose attribute <c>weight_names</c> names the data sets of its kernel and its bias.
/// </summary>
internal static class KerasWeightsFile
{
    /// <summary>The first bytes of every HDF5 file (HDF5 File Format Specification 3.0, II.A).</summary>
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    /// <summary>Whether a file is HDF5 by its first bytes or its extension.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="N2DException">The file does not exist, is empty, or cannot be read.</exception>
    public static bool IsOne(string path) =>
        InputFile.ReadHead(path, Signature.Length).AsSpan().SequenceEqual(Signature)
        || Path.GetExtension(path.AsSpan()) is ".h5" or ".hdf5" or ".H5" or ".HDF5";

    /// <summary>Reads the kernels and the biases of layers.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="isWanted">Whether to read the layer of a name.</param>
    /// <param name="otherLayers">Receives the names of the other layers.</param>
    /// <returns>The layers, by name.</returns>
    /// <exception cref="N2DException">
    /// The file is damaged or not an HDF5 file (<c>CorruptHdf5</c>), or a layer is not a dense layer (<c>WeightsMismatch</c>).
    /// </exception>
    public static IReadOnlyDictionary<string, KerasLayer> Read(string path, Predicate<string> isWanted, ICollection<string> otherLayers)
    {
        try
        {
            // PureHDF opens a stream, not a path: with a path, it would also open external files that the file refers to.
            using var stream = InputFile.OpenOnDisk(path);
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
            // With damaged files, PureHDF throws exceptions of many types.
            throw new N2DException(
                "CorruptHdf5",
                ErrorKind.InvalidData,
                $"'{path}' is damaged or not an HDF5 file. Download or copy it again, or use a safetensors file.",
                path,
                error);
        }
    }

    private static KerasLayer ReadLayer(string path, IH5Group group, long fileLength)
    {
        var attribute = group.AttributeExists("weight_names") ? group.Attribute("weight_names") : null;
        string[] names = attribute is { Type.Class: H5DataTypeClass.String or H5DataTypeClass.VariableLength }
            ? attribute.Read<string[]>()
            : [];
        return names.Length == 2
            && names[0].Contains("kernel", StringComparison.Ordinal)
            && names[1].Contains("bias", StringComparison.Ordinal)
            ? new KerasLayer(
                ReadArray(path, group, "kernel", names[0], 2, fileLength), ReadArray(path, group, "bias", names[1], 1, fileLength))
            : throw Mismatch(
                path,
                group.Name,
                $"has {(names.Length == 0 ? "no weights" : $"the weights {string.Join(", ", names)}")}; a dense layer has a kernel and "
                    + "a bias");
    }

    private static FileArray ReadArray(string path, IH5Group group, string part, string name, int rank, long fileLength)
    {
        var dataset = group.Dataset(name);
        long[] sizes = [.. dataset.Space.Dimensions.Select(size => checked((long)size))];
        var length = sizes.Aggregate(1.0, (product, size) => product * size);
        if (sizes.Length != rank || dataset.Type is not { Class: H5DataTypeClass.FloatingPoint, Size: sizeof(float) })
        {
            throw Mismatch(
                path,
                group.Name,
                $"has a {part} of {TextOf(sizes)} values of type {dataset.Type.Class} with {dataset.Type.Size} bytes; expected float32 in "
                    + Quantity.Of(rank, "dimension"));
        }

        // Keras does not compress, so an array cannot be larger than the file.
        if (dataset.Layout.Class is not (H5DataLayoutClass.Contiguous or H5DataLayoutClass.Compact) || length * sizeof(float) > fileLength)
        {
            throw Mismatch(
                path,
                group.Name,
                $"has a {part} of {TextOf(sizes)} values with layout {dataset.Layout.Class} in a file of {fileLength} bytes: the file "
                    + "is damaged, or Keras did not write it");
        }

        var values = dataset.Read<float[]>();
        return values.Length == length
            ? new FileArray($"the {part} of layer {group.Name}", sizes, values)
            : throw new InvalidDataException($"{name} has {values.Length} values instead of {length}");
    }

    private static string TextOf(long[] sizes) => string.Join(" x ", sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)));

    private static N2DException Mismatch(string path, string layer, string what) =>
        new("WeightsMismatch", ErrorKind.InvalidData, $"'{path}': layer {layer} {what}.", path);
}

/// <summary>The weights of a dense layer.</summary>
/// <param name="Kernel">The weights, inputs x outputs.</param>
/// <param name="Bias">The biases, one for each output.</param>
internal sealed record KerasLayer(FileArray Kernel, FileArray Bias);

/// <summary>An array from a file.</summary>
/// <param name="Name">The name in messages.</param>
/// <param name="Sizes">The sizes.</param>
/// <param name="Values">The values, row-major.</param>
internal sealed record FileArray(string Name, long[] Sizes, ReadOnlyMemory<float> Values);
