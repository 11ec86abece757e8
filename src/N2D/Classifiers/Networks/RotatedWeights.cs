using N2D.Numerics;

namespace N2D.Classifiers;

/// <summary>The weights of a step as the backward pass reads them: rotated kernels and transposed matrices.</summary>
internal sealed unsafe class RotatedWeights
{
    private readonly ClassifierShape _shape;
    private readonly nint[] _kernels;

    /// <summary>Allocates the memory of the weights.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="memory">Owns the memory.</param>
    public RotatedWeights(ClassifierShape shape, AlignedBuffers memory)
    {
        _shape = shape;
        _kernels = [.. shape.Blocks.Select(block => (nint)memory.Zeros(block.Convolution.WeightCount))];
        Hidden = memory.Zeros(shape.FlatCount * ClassifierShape.FeatureCount);
        Output = memory.Zeros(shape.PaddedClassCount * ClassifierShape.FeatureCount);
    }

    /// <summary>The transposed weights of the dense layer, features x inputs.</summary>
    public float* Hidden { get; }

    /// <summary>The transposed weights of the classes, padded classes x features.</summary>
    public float* Output { get; }

    /// <summary>The rotated kernel of a block.</summary>
    public float* Kernel(int block) => (float*)_kernels[block];

    /// <summary>Rotates and transposes the current weights.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="token">Cancels the work.</param>
    public void Update(float* parameters, CancellationToken token)
    {
        // No derivative by the image is needed.
        for (var block = 1; block < _shape.Blocks.Count; block++)
        {
            _shape.Blocks[block].Convolution.Rotate(parameters + _shape.Blocks[block].Weights, Kernel(block));
        }

        Transpose(parameters + _shape.HiddenWeights, _shape.FlatCount, ClassifierShape.FeatureCount, Hidden, token);
        Transpose(parameters + _shape.OutputWeights, ClassifierShape.FeatureCount, _shape.PaddedClassCount, Output, token);
    }

    private static void Transpose(float* source, int rowCount, int columnCount, float* target, CancellationToken token)
    {
        for (var row = 0; row < rowCount; row++)
        {
            token.ThrowIfCancellationRequested();
            for (var column = 0; column < columnCount; column++)
            {
                target[(column * rowCount) + row] = source[(row * columnCount) + column];
            }
        }
    }
}
