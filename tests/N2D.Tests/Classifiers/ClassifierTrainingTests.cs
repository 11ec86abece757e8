using N2D.Classifiers;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Tests.Models;
using N2D.Tests.Numerics;

namespace N2D.Tests.Classifiers;

/// <summary>The training of a classifier, and what it computes for rows.</summary>
public sealed class ClassifierTrainingTests
{
    // 290 rows: several steps, whose groups differ in size.
    private static readonly Dataset Images = Pipelines.Images(290);

    private static readonly TrainingRecipe Recipe = new(3, 0.005, 0.05, Augmentation.Flip, Seed: 7);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheSameSeed_GivesTheSameBytes_ForAnyNumberOfThreads(bool isImage)
    {
        var recipe = isImage ? Recipe : Recipe with { Augmentation = Augmentation.Jitter };
        var one = Train(isImage, recipe, threadCount: 1);
        Assert.Equal(isImage, one.Shape.MomentCount > 0);
        foreach (var threadCount in new[] { 2, 5 })
        {
            var other = Train(isImage, recipe, threadCount);
            Assert.Equal(one.Parameters, other.Parameters);
            Assert.Equal(one.Moments, other.Moments);
            Assert.Equal(FeaturesOf(one, isImage, 1), FeaturesOf(other, isImage, threadCount));
        }

        Assert.NotEqual(one.Parameters, Train(isImage, recipe with { Seed = 8 }, threadCount: 2).Parameters);
    }

    [Theory]
    [InlineData(true, Augmentation.Affine)]
    [InlineData(true, Augmentation.None)]
    [InlineData(false, Augmentation.Jitter)]
    public void SeparateGroups_AreLearned_AndUnseenRowsPredicted(bool isImage, Augmentation augmentation)
    {
        var classifier = Train(isImage, Recipe with { EpochCount = 15, Augmentation = augmentation }, threadCount: 2);
        var more = Pipelines.Images(320);
        var classes = new int[more.RowCount];
        _ = FeaturesOf(classifier, isImage, threadCount: 2, more.GetRows(), classes);

        // The groups are far apart, but random transforms of 4 x 4 pixels make some of them look alike.
        var rightCount = classes.Zip(more.GetLabels()!.Codes.ToArray()).Skip(Images.RowCount).Count(pair => pair.First == pair.Second);
        Assert.InRange(rightCount, 25, 30);
    }

    [Fact]
    public void TheFeaturesOfARow_DoNotDependOnTheOthers()
    {
        var classifier = Train(isImage: true, Recipe, threadCount: 2);
        var whole = FeaturesOf(classifier, isImage: true, threadCount: 2);
        foreach (var (start, count) in new[] { (0, 1), (3, 50), (47, 2), (289, 1) })
        {
            var part = Matrix.Own(Images.GetRows().RowRange(start, count).ToArray(), Images.Dimension);
            Assert.Equal(
                whole.AsSpan(start * ClassifierShape.FeatureCount, count * ClassifierShape.FeatureCount).ToArray(),
                FeaturesOf(classifier, isImage: true, threadCount: 2, part));
        }
    }

    [Fact]
    public void RowsThatAreAllEqual_AndASingleRow_TrainWithoutNaN()
    {
        foreach (var value in new[] { 0f, 4 })
        {
            var rows = Matrix.Own([.. Enumerable.Repeat(value, 9 * 16)], 16);
            foreach (var image in new ImageShape?[] { null, new ImageShape(4, 4), new ImageShape(2, 8) })
            {
                var input = NetworkInput.Of(rows, image, Execution.Default);
                var shape = new ClassifierShape(image, 16, 2);
                foreach (var count in new[] { 1, 9 })
                {
                    int[] numbers = [.. Enumerable.Range(0, count)];
                    var classifier = ClassifierTraining.Fit(
                        shape, rows, input, numbers, Array.ConvertAll(numbers, row => row % 2), Recipe, Execution.Default);
                    Assert.All(classifier.Parameters, parameter => Assert.True(float.IsFinite(parameter)));
                    Assert.All(classifier.Moments, moment => Assert.True(float.IsFinite(moment)));
                }
            }
        }
    }

    [Fact]
    public void TheLargestNumberOfClasses_IsTrained()
    {
        var rows = RandomRows.Uniform(12, 16);
        var image = new ImageShape(4, 4);
        var classifier = ClassifierTraining.Fit(
            new ClassifierShape(image, 16, ClassifierShape.MaxClasses), rows, NetworkInput.Of(rows, image, Execution.Default),
            [.. Enumerable.Range(0, 12)], [.. Enumerable.Range(0, 12).Select(row => row * 372)],
            Recipe with { EpochCount = 1 }, Execution.Default);
        Assert.All(classifier.Parameters, parameter => Assert.True(float.IsFinite(parameter)));
    }

    [Fact]
    public void CanceledTraining_EndsWithinAStep() => Cancellation.AssertEndsAt("epoch", execution =>
        Train(isImage: true, Recipe with { EpochCount = 1000 }, execution));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NativeMemory_IsFreed_AtTheEnd_OnCancellation_AndOnErrors(bool isImage)
    {
        // One thread allocates and frees everything.
        var execution = new Execution { ThreadCount = 1 };
        using var memory = new NativeMemoryOfThread();
        var recipe = Recipe with { Augmentation = Augmentation.None };
        var classifier = Train(isImage, recipe, execution);
        _ = FeaturesOf(classifier, isImage, threadCount: 1);
        Assert.Equal(0, memory.Bytes);

        using var cancellation = new CancellationTokenSource();
        var canceled = execution with
        {
            CancellationToken = cancellation.Token,
            Progress = new Reports(() =>
            {
                Assert.True(memory.Bytes > 100_000);
                cancellation.Cancel();
            }),
        };
        Assert.Throws<OperationCanceledException>(() => Train(isImage, recipe, canceled));
        Assert.Equal(0, memory.Bytes);
        var failing = execution with { Progress = new Reports(() => throw new InvalidOperationException()) };
        Assert.Throws<InvalidOperationException>(() => Train(isImage, recipe, failing));
        Assert.Equal(0, memory.Bytes);

        // There is no room for the features.
        Assert.ThrowsAny<ArgumentException>(() => classifier.Encode(
            Images.GetRows(), NetworkInput.Of(Images.GetRows(), isImage ? Images.ImageShape : null, execution), new float[7], 0,
            ClassifierShape.FeatureCount, [], execution));
        Assert.Equal(0, memory.Bytes);
    }

    private static Classifier Train(bool isImage, TrainingRecipe recipe, int threadCount) =>
        Train(isImage, recipe, Execution.Default with { ThreadCount = threadCount });

    private static Classifier Train(bool isImage, TrainingRecipe recipe, Execution execution)
    {
        var rows = Images.GetRows();
        var image = isImage ? Images.ImageShape : null;
        int[] numbers = [.. Enumerable.Range(0, rows.RowCount)];
        return ClassifierTraining.Fit(
            new ClassifierShape(image, rows.ColumnCount, 3), rows, NetworkInput.Of(rows, image, execution), numbers,
            Array.ConvertAll(numbers, row => row % 3), recipe, execution);
    }

    private static float[] FeaturesOf(
        Classifier classifier, bool isImage, int threadCount, Matrix? rows = null, int[]? classes = null)
    {
        var input = NetworkInput.Of(Images.GetRows(), isImage ? Images.ImageShape : null, Execution.Default);
        var chosen = rows ?? Images.GetRows();
        var features = new float[chosen.RowCount * ClassifierShape.FeatureCount];
        classifier.Encode(
            chosen, input, features, 0, ClassifierShape.FeatureCount, classes ?? [], Execution.Default with { ThreadCount = threadCount });
        return features;
    }

    private sealed class Reports(Action onReport) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => onReport();
    }
}
