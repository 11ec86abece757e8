using N2D.Pipeline;

namespace N2D.Autoencoders;

/// <summary>The settings of an autoencoder as text, as results and checkpoints show them.</summary>
internal static class AutoencoderSettings
{
    private static readonly AutoencoderOptions Defaults = new();

    /// <summary>Writes the settings of a network, and of its training or the file of its weights.</summary>
    /// <param name="options">The options.</param>
    /// <param name="epochCount">The number of epochs of the training.</param>
    /// <param name="weightsFile">The name of the file that the weights were loaded from; null if they were trained.</param>
    public static string TextOf(AutoencoderOptions options, int epochCount, string? weightsFile = null)
    {
        StageSettings.Setting[] network =
        [
            new("Kind", options.Kind, Defaults.Kind),
            new("LatentDimension", options.LatentDimension),
            new("HiddenUnit", WidthsOf(options), WidthsOf(Defaults with { Kind = options.Kind })),
            new("Activation", options.Activation, Defaults.Activation),
            new("Precision", options.Precision, Defaults.Precision),
        ];
        return StageSettings.TextOf([.. network, .. weightsFile is null ? TrainingOf(options, epochCount) : [new("Weights", weightsFile)]]);
    }

    private static StageSettings.Setting[] TrainingOf(AutoencoderOptions options, int epochCount) =>
    [
        new("Dropout", options.Dropout, Defaults.Dropout),
        new("Corruption", options.Corruption, options.Kind == AutoencoderKind.Denoising ? null : options.Corruption),
        new("Epoch", epochCount),
        new("BatchSize", options.BatchSize),
        new("Optimizer", options.Optimizer, Defaults.Optimizer),
        new("LearningRate", options.LearningRate),
        new("LearningRateSchedule", options.Schedule, Defaults.Schedule),
        new("WeightDecay", options.WeightDecay, Defaults.WeightDecay),
        new("WeightAveraging", options.WeightAveraging, Defaults.WeightAveraging),
        new("ValidationFraction", options.ValidationFraction, Defaults.ValidationFraction),
        new("EarlyStopping", options.Patience),
        new("StopWhenSettled", options.StopsWhenSettled, Defaults.StopsWhenSettled),
        new("Seed", options.Seed),
    ];

    private static string WidthsOf(AutoencoderOptions options) => string.Join('-', options.HiddenUnits);
}
