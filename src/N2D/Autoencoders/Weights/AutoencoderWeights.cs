using System.Globalization;
using System.Numerics.Tensors;
using N2D.Pipeline;
using N2D.Serialization;

namespace N2D.Autoencoders;

/// <summary>
/// The weights of an autoencoder that was trained before, out of a file: safetensors as <see cref="Autoencoder.SaveWeights"/> writes it, or the HDF5 files of the
/// N2D study's own program (Keras 2, layers <c>encoder_0</c> to <c>encoder_3</c> and <c>decoder_3</c> to <c>decoder_0</c>).
/// </summary>
public sealed class AutoencoderWeights
{
    internal const string FormatName = "format";
    internal const string Format = "n2d-autoencoder-1";
    internal const string KindName = "kind";
    internal const string ActivationName = "activation";

    private const int MostNamesTold = 6;

    /// <summary>By the names of <see cref="ParameterLayout"/>; each array's own name is the one that errors call it by.</summary>
    private readonly Dictionary<string, FileArray> _arrays;
    private readonly IReadOnlyDictionary<string, string> _metadata;
    private readonly Func<string, string> _nameInFile;

    private AutoencoderWeights(
        string path, Dictionary<string, FileArray> arrays, IReadOnlyDictionary<string, string> metadata, Func<string, string> nameInFile, IEnumerable<string> others)
    {
        FilePath = path;
        _arrays = arrays;
        _metadata = metadata;
        _nameInFile = nameInFile;
        if (!arrays.ContainsKey(EncoderWeight(0)))
        {
            var names = others.Concat(arrays.Values.Select(array => array.Name)).ToArray();
            var rest = names.Length > MostNamesTold ? $" and {names.Length - MostNamesTold} more" : "";
            var told = names.Length == 0 ? "nothing" : string.Join(", ", names.Take(MostNamesTold)) + rest;
            throw Mismatch($"holds no weights of an autoencoder: there is no {nameInFile(EncoderWeight(0))}. It holds {told}.");
        }

        Options = OptionsOfArrays();
    }

    /// <summary>Where they were read, a full path.</summary>
    public string FilePath { get; }

    /// <summary>The network that they are of: kind, widths and activation, as far as the file tells; the rest is as it is by default.</summary>
    public AutoencoderOptions Options { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="N2DException">
    /// There is no such file (<c>FileNotFound</c>, <c>EmptyFile</c>, <c>FolderGiven</c>), it cannot be read (<c>ReadFailed</c>, <c>AccessDenied</c>), is damaged
    /// (<c>CorruptHdf5</c>, <c>CorruptSafetensors</c>), or holds something else than an autoencoder (<c>WeightsMismatch</c>).
    /// </exception>
    public static AutoencoderWeights Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return KerasWeightsFile.IsOne(path) ? OpenKeras(path) : OpenSafetensors(path);
    }

    /// <summary>Refuses weights that are not those of a network.</summary>
    /// <param name="options">The network.</param>
    /// <param name="inputDimension">The number of columns of the rows that go in.</param>
    /// <param name="image">The shape of the image that each row holds; null if they hold none.</param>
    /// <exception cref="N2DException">
    /// A layer is missing, superfluous or of other sizes, or the file tells of another kind or activation (<c>WeightsMismatch</c>), or the rows are no images and the
    /// network wants some (<c>ImageShapeRequired</c>).
    /// </exception>
    public void ThrowIfMismatched(AutoencoderOptions options, int inputDimension, ImageShape? image)
    {
        ArgumentNullException.ThrowIfNull(options);
        ThrowIfTold(KindName, "-Kind", Options.Kind, options.Kind);
        ThrowIfTold(ActivationName, "-Activation", Options.Activation, options.Activation);
        var plan = new NetworkPlan(options, inputDimension, image);
        foreach (var block in plan.Layout.Blocks)
        {
            if (!_arrays.TryGetValue(block.Name, out var array))
            {
                throw Mismatch($"has no {_nameInFile(block.Name)}, which the network {plan} has ({string.Join(" x ", block.Sizes)}).");
            }

            if (!array.Sizes.SequenceEqual(block.Sizes.Select(size => (long)size)))
            {
                throw Mismatch(
                    $"does not fit: {array.Name} is {string.Join(" x ", array.Sizes)}, and that of the network {plan}, for rows of {Quantity.Of(inputDimension, "column")}, "
                        + $"is {string.Join(" x ", block.Sizes)}.");
            }
        }

        var superfluous = _arrays.Keys.Except(plan.Layout.Blocks.Select(block => block.Name)).FirstOrDefault();
        if (superfluous is not null)
        {
            throw Mismatch($"has {_arrays[superfluous].Name}, which the network {plan} has not.");
        }
    }

    /// <summary>The values in the order of a layout that they fit.</summary>
    /// <exception cref="N2DException">One is NaN or infinite (<c>NotFinite</c>).</exception>
    internal float[] ValuesFor(ParameterLayout layout)
    {
        var values = new float[layout.Count];
        foreach (var block in layout.Blocks)
        {
            if (!TensorPrimitives.IsFiniteAll(_arrays[block.Name].Values.Span))
            {
                throw new N2DException("NotFinite", ErrorKind.InvalidData, $"'{FilePath}': {_arrays[block.Name].Name} holds values that are not finite numbers.", FilePath);
            }

            _arrays[block.Name].Values.CopyTo(values.AsMemory(block.Offset, block.Length));
        }

        return values;
    }

    private static AutoencoderWeights OpenSafetensors(string path)
    {
        using var file = SafetensorsFile.Open(path, "Copy it again from where it came from, or export the weights again (Export-N2DWeight).");
        var names = file.Sizes.Keys.ToLookup(name => name.StartsWith("encoder.", StringComparison.Ordinal) || name.StartsWith("decoder.", StringComparison.Ordinal));

        // What is no autoencoder may be anything, of any size: nothing of it is read.
        var arrays = file.Sizes.ContainsKey(EncoderWeight(0))
            ? names[true].ToDictionary(name => name, name => new FileArray($"array {name}", file.Sizes[name], file.Read(name)))
            : [];
        return new AutoencoderWeights(path, arrays, file.Metadata, name => $"array {name}", [.. file.Sizes.Keys.Where(name => !arrays.ContainsKey(name))]);
    }

    private static AutoencoderWeights OpenKeras(string path)
    {
        var others = new List<string>();
        var layers = KerasWeightsFile.Read(path, name => NumberOf(name, "encoder_") is not null || NumberOf(name, "decoder_") is not null, others);
        var encoderCount = layers.Keys.Count(name => NumberOf(name, "encoder_") is not null);
        var arrays = new Dictionary<string, FileArray>();
        foreach (var (name, layer) in layers)
        {
            // The study counts its decoder's layers down to the reconstruction.
            var place = NumberOf(name, "encoder_") is { } number ? $"encoder.{number}" : $"decoder.{encoderCount - 1 - NumberOf(name, "decoder_")}";
            arrays.Add($"{place}.weight", layer.Kernel);
            arrays.Add($"{place}.bias", layer.Bias);
        }

        return new AutoencoderWeights(path, arrays, new Dictionary<string, string>(), NameInKeras, others.Select(name => $"layer {name}"));

        string NameInKeras(string name)
        {
            var parts = name.Split('.');
            var number = int.Parse(parts[1], CultureInfo.InvariantCulture);
            return $"layer {parts[0]}_{(parts[0] == "encoder" ? number : encoderCount - 1 - number)}";
        }
    }

    /// <summary>The number of a layer that is called so; null for another name.</summary>
    private static int? NumberOf(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && byte.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, null, out var number)
            ? number
            : null;

    private static string EncoderWeight(int layer) => $"encoder.{layer}.weight";

    private AutoencoderOptions OptionsOfArrays()
    {
        var kind = Told<AutoencoderKind>(KindName);
        var widths = new List<int>();
        while (_arrays.TryGetValue(EncoderWeight(widths.Count), out var array))
        {
            // Kernels are inputs x outputs, convolutions outputs x inputs x height x width.
            var width = array.Sizes.Length switch { 2 => array.Sizes[1], 4 => array.Sizes[0], _ => 0 };
            widths.Add(width is >= 1 and <= int.MaxValue
                ? (int)width
                : throw Mismatch($"does not fit: {array.Name} is {string.Join(" x ", array.Sizes)}, which no layer's weights are."));
        }

        return new AutoencoderOptions
        {
            Kind = kind,
            Activation = Told<Activation>(ActivationName),
            HiddenUnits = widths[..^1],
            LatentDimension = kind == AutoencoderKind.Variational ? widths[^1] / 2 : widths[^1],
        };
    }

    private T Told<T>(string name)
        where T : struct, Enum =>
        !_metadata.TryGetValue(name, out var text)
            ? default
            : Enum.TryParse<T>(text, out var value) && Enum.IsDefined(value) ? value : throw Mismatch($"tells of the {name} '{text}', which is not known here.");

    private void ThrowIfTold<T>(string name, string parameter, T told, T asked)
        where T : struct, Enum
    {
        if (_metadata.ContainsKey(name) && !told.Equals(asked))
        {
            throw Mismatch($"is of a network of {name} {told}, and {parameter} is {asked}. Leave {parameter} out: the file tells.");
        }
    }

    private N2DException Mismatch(string what) => new("WeightsMismatch", ErrorKind.InvalidData, $"'{FilePath}' {what}", FilePath);
}
