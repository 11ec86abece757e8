using System.Globalization;
using N2D.Devices;

namespace N2D.Autoencoders;

/// <summary>
/// Why an autoencoder is computed by libtorch. Without libtorch, the processor computes dense layers with ReLU in float32.
/// </summary>
/// <param name="Option">The name of the option whose value requires libtorch.</param>
/// <param name="Value">The value.</param>
internal sealed record LibtorchNeed(string Option, object Value)
{
    /// <summary>Returns why a network requires libtorch on every device; null if it does not.</summary>
    /// <param name="options">The network and its training.</param>
    public static LibtorchNeed? Of(AutoencoderOptions options) => options switch
    {
        { Kind: AutoencoderKind.Variational or AutoencoderKind.Convolutional } => new(nameof(options.Kind), options.Kind),
        { Activation: not Activation.Relu } => new(nameof(options.Activation), options.Activation),
        { Dropout: > 0 } => new(nameof(options.Dropout), options.Dropout),
        { Precision: Precision.BFloat16 } => new(nameof(options.Precision), options.Precision),
        _ => null,
    };

    /// <summary>Returns why a training requires libtorch; null if it does not.</summary>
    /// <param name="options">The network and its training.</param>
    /// <param name="device">The device, not <see cref="ComputeDevice.Auto"/>.</param>
    public static LibtorchNeed? Of(AutoencoderOptions options, ComputeDevice device) =>
        Of(options) ?? (device == ComputeDevice.Cpu ? null : new(nameof(options.Device), device));

    /// <summary>Loads libtorch.</summary>
    /// <exception cref="N2DException">It cannot be loaded (<c>TorchUnavailable</c>).</exception>
    public void Load()
    {
        try
        {
            TorchRuntime.EnsureLoaded();
        }
        catch (N2DException error)
        {
            throw new N2DException(
                error.Id,
                error.Kind,
                string.Create(CultureInfo.InvariantCulture, $"{Option} {Value} requires libtorch. {error.Message}"),
                error.Target,
                error)
            { Options = [Option, .. error.Options] };
        }
    }
}
