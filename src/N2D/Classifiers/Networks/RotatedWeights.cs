using N2D.Numerics;

namespace N2D.Classifiers;

/// <summary>The weights of a step as the backward pass reads them: rotated kernels and transposed matrices.</summary>
/// <param name="shape">The network.</param>
internal sealed unsafe class RotatedWeights(ClassifierShape shape)
{
    private readonly AlignedBuffer[] _kernels = [.. shape.Blocks.Select(_ => new AlignedBuffer())];
    private readonly AlignedBuffer _hidden = new();
    private readonly AlignedBuffer _output = new();

    /// <summary>The rotated kernel of a block.</summary>
    public float* Kernel(int block) => _kernels[block].Floats(shape.Blocks[block].Convolution.WeightCount);

    /// <summary>The transposed weights of the dense layer, features x inputs.</summary>
    public float* Hidden => _hidden.Floats(shape.FlatCount * ClassifierShape.FeatureCount);

    /// <summary>The transposed weights of the classes, padded classes x features.</summary>
    public float* Output => _output.Floats(shape.PaddedClassCount * ClassifierShape.FeatureCount);

    /// <summary>Rotates and transposes the current weights.</summary>
    /// <param name="parameters">The parameters.</param>
    public void Update(float* parameters)
    {
        // No derivative by the image is needed.
        for (var block = 1; block < shape.Blocks.Count; block++)
        {
            shape.Blocks[block].Convolution.Rotate(parameters + shape.Blocks[block].Weights, Kernel(block));
        }

        Transpose(parameters + shape.HiddenWeights, shape.FlatCount, ClassifierShape.FeatureCount, Hidden);
        Transpose(parameters + shape.OutputWeights, ClassifierShape.FeatureCount, shape.PaddedClassCount, Output);
    }

    private static void Transpose(float* source, int rowCount, int columnCount, float* target)
    {
        for (var row = 0; row < rowCount; row++)
        {
            for (var column = 0; column < columnCount; column++)
            {
                target[(column * rowCount) + row] = source[(row * columnCount) + column];
            }
        }
    }
}
