using N2D.Classifiers;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.SelfTraining;

/// <summary>The rows that the networks of self-training read: those of the data set after its preparation and scaling.</summary>
internal static class SelfTrainingInput
{
    /// <summary>The number of features of a row.</summary>
    private const int FeatureCount = ClassifierFeatures.NetworkCount * ClassifierShape.FeatureCount;

    /// <summary>Returns the preparation and scaling at the start of a pipeline.</summary>
    /// <param name="stages">All stages.</param>
    public static FittedStage[] StagesOf(IReadOnlyList<FittedStage> stages) =>
        [.. stages.TakeWhile(stage => stage.Role is StageRole.Scaling or StageRole.Preparation)];

    /// <summary>The shape of the images that the networks read; null if the rows are not images.</summary>
    /// <param name="input">The data set, or an embedding of it.</param>
    public static ImageShape? ImageShapeOf(Embedding input) => input.GetImageShape(StagesOf(input.GetStages()).Length);

    /// <summary>Throws if there are more rows than an array of features can hold, or the rows have too many columns.</summary>
    /// <param name="input">The data set, or an embedding of it.</param>
    /// <exception cref="N2DException">They are too many or too wide (<c>TooManyValues</c>, <c>TooManyColumns</c>).</exception>
    public static void ThrowIfTooLarge(Embedding input)
    {
        ArraySize.ThrowIfTooLarge(input.RowCount, FeatureCount, "features", option: null);
        var dataset = input.GetDataset();
        var width = WidthOf(input);
        if (width > ClassifierShape.MaxColumns)
        {
            throw new N2DException(
                "TooManyColumns",
                ErrorKind.InvalidArgument,
                $"The networks of self-training read rows of up to {ClassifierShape.MaxColumns} columns; those of '{dataset.Dataset}' "
                    + $"have {width}.",
                dataset);
        }
    }

    /// <summary>Throws if self-training needs more than the free memory: for its networks, and for values of each row.</summary>
    /// <param name="input">The data set, or an embedding of it, that is not too large otherwise.</param>
    /// <param name="clusterCount">The number of clusters.</param>
    /// <param name="freeBytes">The free memory.</param>
    /// <exception cref="N2DException">It needs more (<c>DoesNotFitInMemory</c>).</exception>
    public static void ThrowIfNotInMemory(Embedding input, int clusterCount, long freeBytes)
    {
        var width = WidthOf(input);
        var shape = new ClassifierShape(ImageShapeOf(input), width, clusterCount);

        // The networks read their own copy of rows that are prepared or scaled.
        var copied = StagesOf(input.GetStages()).Length == 0 ? 0 : width;
        var forNetworks = sizeof(float) * ClassifierTraining.ValueCount(shape);
        var forRows = sizeof(float) * (long)input.RowCount * (FeatureCount + copied);
        if (forNetworks + forRows > freeBytes)
        {
            throw new N2DException(
                "DoesNotFitInMemory",
                ErrorKind.OutOfResources,
                $"Self-training needs about {MachineMemory.TextOf(forNetworks)} of memory for its networks and "
                    + $"{MachineMemory.TextOf(forRows)} for the features of {Quantity.Of(input.RowCount, "row")}; "
                    + $"{MachineMemory.TextOf(freeBytes)} are free. Use smaller images, fewer columns, or a part of the rows.",
                forNetworks + forRows);
        }
    }

    private static int WidthOf(Embedding input) =>
        StagesOf(input.GetStages()) is [.., var last] ? last.OutputDimension : input.GetDataset().Dimension;
}
