using System.Globalization;
using System.Numerics.Tensors;
using N2D.Pipeline;
using N2D.Serialization;

namespace N2D.Autoencoders;

/// <summary>
/// The weights of a trained autoencoder, read from a file: a safetensors file as <see cref="Autoencoder.SaveWeights"/> writes it, or an
/// HDF5 file of the N2D study's program (Keras 2, layers <c>encoder_0</c> to <c>encoder_3</c> and <c>decoder_3</c> to <c>decoder_0</c>).
/// </summary>
public sealed class AutoencoderWeights
{
    private const string FormatName = "format";
    private const string Format = "n2d-autoencoder-1";
    private const string KindName = "kind";
    private const string ActivationName = "activation";

    private const int MaxNames = 6;

    /// <summary>The arrays, by the names of <see cref="ParameterLayout"/>. Each has the name that messages use.</summary>
    private readonly Dictionary<string, FileArray> _arrays;
    private readonly IReadOnlyDictionary<string, string> _metadata;
    private readonly Func<string, string> _nameInFile;

    private AutoencoderWeights(
        string path, Dictionary<string, FileArray> arrays, IReadOnlyDictionary<string, string> metadata, Func<string, string> nameInFile,
        IEnumerable<string> others)
    {
        FilePath = path;
        _arrays = arrays;
        _metadata = metadata;
        _nameInFile = nameInFile;
        if (!arrays.ContainsKey(EncoderWeight(0)))
        {
            var names = others.Concat(arrays.Values.Select(array => array.Name)).ToArray();
            var rest = names.Length > MaxNames ? $" and {names.Length - MaxNames} more" : "";
            var content = names.Length == 0 ? "nothing" : string.Join(", ", names.Take(MaxNames)) + rest;
            throw Mismatch($"contains no weights of an autoencoder: it has no {nameInFile(EncoderWeight(0))}. It contains {content}.");
        }

        Options = OptionsOfArrays();
    }

    /// <summary>The full path of the file.</summary>
    public string FilePath { get; }

    /// <summary>
    /// The options of the network: kind, widths and activation as far as the file specifies them; the others have their defaults.
    /// </summary>
    public AutoencoderOptions Options { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="N2DException">
    /// The file does not exist (<c>FileNotFound</c>, <c>EmptyFile</c>, <c>FolderGiven</c>), cannot be read (<c>ReadFailed</c>,
    /// <c>AccessDenied</c>), is damaged (<c>CorruptHdf5</c>, <c>CorruptSafetensors</c>), or does not contain an autoencoder
    /// (<c>WeightsMismatch</c>).
    /// </exception>
    public static AutoencoderWeights Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return KerasWeightsFile.IsOne(path) ? OpenKeras(path) : OpenSafetensors(path);
    }

    /// <summary>Rejects weights that do not fit a network.</summary>
    /// <param name="options">The network.</param>
    /// <param name="inputDimension">The number of columns of the rows.</param>
    /// <param name="image">The shape of the image in each row; null if the rows are not images.</param>
    /// <exception cref="N2DException">
    /// A layer is missing, superfluous or has other sizes, or the file specifies another kind or activation (<c>WeightsMismatch</c>), or
    /// the network is convolutional but the rows are not images (<c>ImageShapeRequired</c>).
    /// </exception>
    public void ThrowIfMismatched(AutoencoderOptions options, int inputDimension, ImageShape? image)
    {
        ArgumentNullException.ThrowIfNull(options);
        ThrowIfOther(KindName, nameof(AutoencoderOptions.Kind), Options.Kind, options.Kind);
        ThrowIfOther(ActivationName, nameof(AutoencoderOptions.Activation), Options.Activation, options.Activation);
        var plan = new NetworkPlan(options, inputDimension, image);
        foreach (var block in plan.Layout.Blocks)
        {
            if (!_arrays.TryGetValue(block.Name, out var array))
            {
                throw Mismatch($"has no {_nameInFile(block.Name)}, which the network {plan} requires ({string.Join(" x ", block.Sizes)}).");
            }

            if (!array.Sizes.SequenceEqual(block.Sizes.Select(size => (long)size)))
            {
                throw Mismatch(
                    $"does not fit: {array.Name} is {string.Join(" x ", array.Sizes)}, but the network {plan} for rows of "
                        + $"{Quantity.Of(inputDimension, "column")} requires {string.Join(" x ", block.Sizes)}.");
            }
        }

        var superfluous = _arrays.Keys.Except(plan.Layout.Blocks.Select(block => block.Name)).FirstOrDefault();
        if (superfluous is not null)
        {
            throw Mismatch($"has {_arrays[superfluous].Name}, which the network {plan} does not have.");
        }
    }

    /// <summary>Writes the weights of a network to a safetensors file that <see cref="Open"/> reads.</summary>
    /// <param name="path">Full path; an existing file is replaced.</param>
    /// <param name="options">The network.</param>
    /// <param name="layout">The layout of the parameters.</param>
    /// <param name="parameters">The parameters.</param>
    internal static void Save(string path, AutoencoderOptions options, ParameterLayout layout, float[] parameters)
    {
        var metadata = new Dictionary<string, string>
        {
            [FormatName] = Format,
            [KindName] = options.Kind.ToString(),
            [ActivationName] = options.Activation.ToString(),
        };
        SafetensorsFile.Write(
            path,
            metadata,
            [
                .. layout.Blocks.Select(block =>
                    new NamedArray(block.Name, [.. block.Sizes], parameters.AsMemory(block.Offset, block.Length))),
            ]);
    }

    /// <summary>Returns the values in the order of a layout, which must fit.</summary>
    /// <exception cref="N2DException">A value is NaN or infinite (<c>NotFinite</c>).</exception>
    internal float[] ValuesFor(ParameterLayout layout)
    {
        var values = new float[layout.Count];
        foreach (var block in layout.Blocks)
        {
            if (!TensorPrimitives.IsFiniteAll(_arrays[block.Name].Values.Span))
            {
                throw new N2DException(
                    "NotFinite",
                    ErrorKind.InvalidData,
                    $"'{FilePath}': {_arrays[block.Name].Name} contains NaN or infinite values.",
                    FilePath);
            }

            _arrays[block.Name].Values.CopyTo(values.AsMemory(block.Offset, block.Length));
        }

        return values;
    }

    private static AutoencoderWeights OpenSafetensors(string path)
    {
        using var file = SafetensorsFile.Open(path, "Copy it again from its source, or export the weights again.");
        var names = file.Sizes.Keys.ToLookup(name => name.StartsWith("encoder.", StringComparison.Ordinal)
            || name.StartsWith("decoder.", StringComparison.Ordinal));

        // A file of something else may be of any size, so its arrays are not read.
        var arrays = file.Sizes.ContainsKey(EncoderWeight(0))
            ? names[true].ToDictionary(name => name, name => new FileArray($"array {name}", file.Sizes[name], file.Read(name)))
            : [];
        return new AutoencoderWeights(
            path, arrays, file.Metadata, name => $"array {name}", [.. file.Sizes.Keys.Where(name => !arrays.ContainsKey(name))]);
    }

    private static AutoencoderWeights OpenKeras(string path)
    {
        var others = new List<string>();
        var layers =
            KerasWeightsFile.Read(path, name => NumberOf(name, "encoder_") is not null || NumberOf(name, "decoder_") is not null, others);
        var encoderCount = layers.Keys.Count(name => NumberOf(name, "encoder_") is not null);
        var arrays = new Dictionary<string, FileArray>();
        foreach (var (name, layer) in layers)
        {
            // The study numbers its decoder's layers in descending order.
            var layerName = NumberOf(name, "encoder_") is { } number
                ? $"encoder.{number}"
                : $"decoder.{encoderCount - 1 - NumberOf(name, "decoder_")}";
            arrays.Add($"{layerName}.weight", layer.Kernel);
            arrays.Add($"{layerName}.bias", layer.Bias);
        }

        return new AutoencoderWeights(path, arrays, new Dictionary<string, string>(), NameInKeras, others.Select(name => $"layer {name}"));

        string NameInKeras(string name)
        {
            var parts = name.Split('.');
            var number = int.Parse(parts[1], CultureInfo.InvariantCulture);
            return $"layer {parts[0]}_{(parts[0] == "encoder" ? number : encoderCount - 1 - number)}";
        }
    }

    /// <summary>Returns the number of a layer from its name; null for other names.</summary>
    private static int? NumberOf(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal)
            && byte.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, null, out var number)
            ? number
            : null;

    private static string EncoderWeight(int layer) => $"encoder.{layer}.weight";

    private AutoencoderOptions OptionsOfArrays()
    {
        var kind = Enumerated<AutoencoderKind>(KindName);
        var widths = new List<int>();
        while (_arrays.TryGetValue(EncoderWeight(widths.Count), out var array))
        {
            // Kernels are inputs x outputs, convolutions outputs x inputs x height x width.
            var width = array.Sizes.Length switch { 2 => array.Sizes[1], 4 => array.Sizes[0], _ => 0 };
            widths.Add(width is >= 1 and <= int.MaxValue
                ? (int)width
                : throw Mismatch($"does not fit: {array.Name} is {string.Join(" x ", array.Sizes)}, but weights have 2 or 4 dimensions."));
        }

        return new AutoencoderOptions
        {
            Kind = kind,
            Activation = Enumerated<Activation>(ActivationName),
            HiddenUnits = widths[..^1],
            LatentDimension = kind == AutoencoderKind.Variational ? widths[^1] / 2 : widths[^1],
        };
    }

    private T Enumerated<T>(string name)
        where T : struct, Enum =>
        !_metadata.TryGetValue(name, out var text)
            ? default
            : Enum.TryParse<T>(text, out var value) && Enum.IsDefined(value) ? value
            : throw Mismatch($"specifies the unknown {name} '{text}'.");

    private void ThrowIfOther<T>(string name, string option, T inFile, T requested)
        where T : struct, Enum
    {
        if (_metadata.ContainsKey(name) && !inFile.Equals(requested))
        {
            throw Mismatch(
                $"contains a network of {name} {inFile}, but {option} is {requested}. Omit {option}: the file specifies it.", option);
        }
    }

    private N2DException Mismatch(string what, params string[] options) =>
        new("WeightsMismatch", ErrorKind.InvalidData, $"'{FilePath}' {what}", FilePath) { Options = options };
}
