using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Classifiers;

/// <summary>
/// Trains one classifier on each half of the rows, so that half of each row's features come from a network that has not seen the row's
/// cluster (cross-fitting, Chernozhukov et al., 2018).
/// </summary>
internal static class CrossFitting
{
    /// <summary>The minimum number of training steps. With few rows, this means more epochs.</summary>
    private const int MinStepCount = 800;
    private const int MinEpochCount = 3;
    private const double LearningRate = 0.005;
    private const double LabelSmoothing = 0.05;

    /// <summary>Trains the networks on pseudo-labeled rows, and computes the features of all rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="clusters">The cluster of each row; -1 for rows that are not used for training.</param>
    /// <param name="clusterCount">The number of clusters.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public static CrossFit Fit(Embedding rows, int[] clusters, int clusterCount, CrossFittingSettings settings, Execution execution)
    {
        var matrix = rows.GetRows(execution);
        var input = NetworkInput.Of(matrix, rows.GetImageShape(), execution);
        var shape = new ClassifierShape(rows.GetImageShape(), matrix.ColumnCount, clusterCount);
        var isFirstHalf = Halves(matrix.RowCount, settings);
        var networks = new Classifier[ClassifierFeatures.NetworkCount];
        for (var half = 0; half < networks.Length; half++)
        {
            var numbers = Enumerable.Range(0, matrix.RowCount)
                .Where(row => clusters[row] >= 0 && (!settings.IsCrossFitted || isFirstHalf[row] == (half == 0)))
                .ToArray();
            var stepCount = ClassifierTraining.StepsPerEpoch(numbers.Length);
            var recipe = new TrainingRecipe(
                Math.Max(MinEpochCount, (MinStepCount + stepCount - 1) / stepCount), LearningRate, LabelSmoothing, settings.Augmentation,
                settings.SeedOf(half));
            networks[half] = ClassifierTraining.Fit(
                shape, matrix, input, numbers, Array.ConvertAll(numbers, row => clusters[row]), recipe,
                execution.Part(0.45 * half, 0.45 * (half + 1)));
        }

        var predictions = networks.Select(_ => new int[matrix.RowCount]).ToArray();
        var features = Encode(networks, input, matrix, predictions, execution.Part(0.9, 1));
        var agreement = (double)predictions[0].Zip(predictions[1]).Count(pair => pair.First == pair.Second) / matrix.RowCount;
        return new CrossFit(input, networks, features, predictions[0], agreement);
    }

    /// <summary>Computes the features of rows, before they are standardized.</summary>
    /// <param name="networks">The networks.</param>
    /// <param name="input">The map of rows to inputs.</param>
    /// <param name="rows">n x d.</param>
    /// <param name="predictions">Receives the predicted cluster of each row by each network; null if they are not needed.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public static Matrix Encode(Classifier[] networks, NetworkInput input, Matrix rows, int[][]? predictions, Execution execution)
    {
        var stride = networks.Length * ClassifierShape.FeatureCount;
        var features = new float[checked(rows.RowCount * stride)];
        for (var network = 0; network < networks.Length; network++)
        {
            networks[network].Encode(
                rows, input, features, network * ClassifierShape.FeatureCount, stride, predictions?[network] ?? [],
                execution.Part((double)network / networks.Length, (network + 1.0) / networks.Length));
        }

        return Matrix.Own(features, stride);
    }

    private static bool[] Halves(int rowCount, CrossFittingSettings settings)
    {
        var order = Enumerable.Range(0, rowCount).ToArray();
        new RandomSequence(settings.Seed, RandomPurpose.Halves, settings.Round).Shuffle(order.AsSpan());
        var isFirstHalf = new bool[rowCount];
        foreach (var row in order.AsSpan(0, rowCount / 2))
        {
            isFirstHalf[row] = true;
        }

        return isFirstHalf;
    }
}

/// <summary>The settings of a round's networks.</summary>
/// <param name="Augmentation">The random transforms.</param>
/// <param name="IsCrossFitted">Whether each network is trained on one half; otherwise both are trained on all rows.</param>
/// <param name="Round">The number of the round, from 1.</param>
/// <param name="Seed">The seed of the self-training.</param>
internal sealed record CrossFittingSettings(Augmentation Augmentation, bool IsCrossFitted, int Round, int Seed)
{
    /// <summary>The seed of a network.</summary>
    public int SeedOf(int half) =>
        new RandomSequence(Seed, RandomPurpose.Training, half, Round).NextInt32(int.MaxValue);
}

/// <summary>The networks of a round.</summary>
/// <param name="Input">The map of rows to inputs.</param>
/// <param name="Networks">The networks.</param>
/// <param name="Features">The features of all rows, before they are standardized.</param>
/// <param name="Predictions">The clusters that the first network predicts.</param>
/// <param name="Agreement">The share of rows for which both networks predict the same cluster.</param>
internal sealed record CrossFit(NetworkInput Input, Classifier[] Networks, Matrix Features, int[] Predictions, double Agreement);
