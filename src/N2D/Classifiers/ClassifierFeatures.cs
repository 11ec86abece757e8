using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Classifiers;

/// <summary>
/// A fitted stage of two classifiers, each trained on one half of the rows to predict their clusters. The features of a row are the
/// outputs of both networks' last hidden layers, standardized. Immutable.
/// </summary>
public sealed class ClassifierFeatures : FittedStage, IModelPart<ClassifierFeatures>
{
    /// <summary>The number of networks.</summary>
    internal const int NetworkCount = 2;

    private readonly NetworkInput _input;
    private readonly Classifier[] _networks;
    private readonly FeatureScaling _scaling;
    private readonly NoveltyReference _noveltyReference;

    private ClassifierFeatures(
        NetworkInput input, Classifier[] networks, Augmentation augmentation, int seed, NoveltyReference noveltyReference,
        FeatureScaling scaling)
    {
        _input = input;
        _networks = networks;
        Augmentation = augmentation;
        Seed = seed;
        _noveltyReference = noveltyReference;
        _scaling = scaling;
    }

    /// <inheritdoc/>
    public override string Name => "ClassifierFeatures";

    /// <inheritdoc/>
    public override StageRole Role => StageRole.Classifier;

    /// <inheritdoc/>
    public override int InputDimension => _input.ColumnCount;

    /// <inheritdoc/>
    public override int OutputDimension => NetworkCount * ClassifierShape.FeatureCount;

    /// <inheritdoc/>
    public override int Seed { get; }

    /// <inheritdoc/>
    public override string Settings => StageSettings.TextOf(
        new StageSettings.Setting("Round", Rounds.Length),
        new StageSettings.Setting("Augmentation", Augmentation),
        new StageSettings.Setting("Seed", Seed));

    /// <summary>The random transforms of the training rows.</summary>
    public Augmentation Augmentation { get; }

    /// <summary>The rounds of the self-training that produced the networks.</summary>
    public IReadOnlyList<SelfTrainingRound> GetRounds() => Rounds;

    /// <summary>The rounds that <see cref="GetRounds"/> returns.</summary>
    internal SelfTrainingRound[] Rounds { get; init; } = [];

    /// <summary>Creates the stage of a round's networks.</summary>
    /// <param name="rows">The rows that the networks were trained on.</param>
    /// <param name="fit">The networks.</param>
    /// <param name="augmentation">The random transforms of the training rows.</param>
    /// <param name="seed">The seed of the self-training.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>The stage, and the features of the rows.</returns>
    internal static (ClassifierFeatures Stage, Matrix Features) Of(
        Matrix rows, CrossFit fit, Augmentation augmentation, int seed, Execution execution)
    {
        var scaling = FeatureScaling.Of(fit.Features, execution);
        var stage = new ClassifierFeatures(fit.Input, fit.Networks, augmentation, seed, NoveltyReference.Of(rows), scaling) { Seconds = 0 };
        return (stage, scaling.Apply(fit.Features, execution));
    }

    /// <summary>Returns the same stage with the record of its self-training.</summary>
    /// <param name="rounds">The rounds.</param>
    /// <param name="seconds">The duration of the self-training, including the start.</param>
    internal ClassifierFeatures With(IEnumerable<SelfTrainingRound> rounds, double seconds) =>
        new(_input, _networks, Augmentation, Seed, _noveltyReference, _scaling) { Rounds = [.. rounds], Seconds = seconds };

    /// <inheritdoc/>
    public override Matrix Transform(Matrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        ArgumentNullException.ThrowIfNull(execution);
        rows.ThrowIfNotFinite();
        return _scaling.Apply(CrossFitting.Encode(_networks, _input, rows, predictions: null, execution), execution);
    }

    /// <inheritdoc/>
    /// <remarks>The distance is that from the fifth nearest training row, as for autoencoders.</remarks>
    public override MeasuredRows Measure(Matrix rows, Execution execution) =>
        new(Transform(rows, execution.Part(0, 0.8)), _noveltyReference.DistancesOf(rows, execution.Part(0.8, 1)));

    /// <inheritdoc/>
    /// <remarks>The networks stay as they are: they depend on the clusters of a whole pipeline.</remarks>
    public override Embedding Refit(Embedding input, int seed, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Append(this, Transform(input.GetRows(execution), execution));
    }

    void IModelPart<ClassifierFeatures>.Write(ModelPartWriter part)
    {
        part.Set("image", _input.Image);
        part.Set("classCount", _networks[0].Shape.ClassCount);
        part.Set("augmentation", Augmentation);
        part.Set("seed", Seed);
        part.Set("rounds", part.HasTimes ? Rounds : Array.ConvertAll(Rounds, round => round with { Seconds = 0 }));
        part.Add<float>("offsets", _input.Offsets, _input.Offsets.Length);
        part.Add<float>("factors", _input.Factors, _input.Factors.Length);
        part.Add<float>("means", _scaling.Means, _scaling.Means.Length);
        part.Add<float>("scales", _scaling.Scales, _scaling.Scales.Length);
        for (var network = 0; network < NetworkCount; network++)
        {
            part.Add<float>($"network{network}.parameters", _networks[network].Parameters, _networks[network].Parameters.Length);
            part.Add<float>($"network{network}.moments", _networks[network].Moments, _networks[network].Moments.Length);
        }

        _noveltyReference.Write(part);
    }

    static ClassifierFeatures IModelPart<ClassifierFeatures>.Read(ModelPartReader part)
    {
        var (image, classCount) = (part.Find<ImageShape>("image"), part.Get<int>("classCount"));
        var columnCount = part.SizeOf("offsets", rank: 1);
        if (classCount is < ClassifierShape.MinClasses or > ClassifierShape.MaxClasses
            || columnCount is < 1 or > ClassifierShape.MaxColumns
            || (image is { } shape && (Math.Min(shape.Height, shape.Width) < 2 || (long)shape.Height * shape.Width != columnCount)))
        {
            throw part.Corrupt("the shape of its images, or its number of columns or classes, is invalid");
        }

        var input = new NetworkInput(image, part.GetArray<float>("offsets", columnCount), part.GetArray<float>("factors", columnCount));
        var network = new ClassifierShape(image, columnCount, classCount);
        var networks = Enumerable.Range(0, NetworkCount).Select(number => ReadNetwork(part, number, network)).ToArray();
        const int FeatureCount = NetworkCount * ClassifierShape.FeatureCount;
        var scaling = new FeatureScaling(part.GetArray<float>("means", FeatureCount), part.GetArray<float>("scales", FeatureCount));
        var reference = NoveltyReference.Read(part, columnCount) ?? throw part.Corrupt("its training rows are missing");
        return new ClassifierFeatures(
            input, networks, part.Get<Augmentation>("augmentation"), part.Get<int>("seed"), reference, scaling)
        {
            Seconds = part.Seconds,
            Rounds = part.GetList<SelfTrainingRound>("rounds"),
        };
    }

    private static Classifier ReadNetwork(ModelPartReader part, int number, ClassifierShape shape)
    {
        var parameters = part.GetArray<float>($"network{number}.parameters", shape.ParameterCount);
        var moments = shape.MomentCount == 0 ? [] : part.GetArray<float>($"network{number}.moments", shape.MomentCount);
        return shape.Blocks.All(block =>
            moments.AsSpan(block.Moments + block.Channels, block.Channels).IndexOfAnyInRange(float.MinValue, -float.Epsilon) < 0)
            ? new Classifier(shape, parameters, moments)
            : throw part.Corrupt("a variance is negative");
    }

    /// <summary>Standardizes the features.</summary>
    /// <param name="Means">The mean of each column.</param>
    /// <param name="Scales">The inverse standard deviation of each column; 0 for constant columns.</param>
    private sealed record FeatureScaling(float[] Means, float[] Scales)
    {
        private const int RowsPerBlock = 256;

        /// <summary>The variance below which a feature is constant: a unit of the network that is never active.</summary>
        private const double ConstantVariance = 1e-12;

        public static FeatureScaling Of(Matrix features, Execution execution)
        {
            var moments = ColumnMoments.Of(features, execution);
            return new(
                Array.ConvertAll(moments.Means, mean => (float)mean),
                Array.ConvertAll(moments.Variances, variance => variance > ConstantVariance ? (float)(1 / Math.Sqrt(variance)) : 0));
        }

        /// <summary>Returns the standardized features, n x d.</summary>
        public Matrix Apply(Matrix features, Execution execution)
        {
            var standardized = GC.AllocateUninitializedArray<float>(features.Values.Length);
            ParallelRows.For(features.RowCount, RowsPerBlock, execution, (start, end) =>
            {
                for (var row = start; row < end; row++)
                {
                    var own = standardized.AsSpan(row * Means.Length, Means.Length);
                    System.Numerics.Tensors.TensorPrimitives.Subtract(features.Row(row), Means, own);
                    System.Numerics.Tensors.TensorPrimitives.Multiply(own, Scales, own);
                }
            });
            return Matrix.Own(standardized, Means.Length);
        }
    }
}
