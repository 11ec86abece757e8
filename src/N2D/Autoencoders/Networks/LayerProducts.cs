using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>
/// The operations of the forward and backward passes of dense layers with ReLU activations, by <see cref="MatrixProduct"/>. With AVX2, they
/// are faster than libtorch's: biases and activations are applied while the products are in the cache. Results have the same bytes for any
/// number of threads, and on every processor.
/// </summary>
/// <param name="execution">Threads and cancellation.</param>
internal sealed unsafe class LayerProducts(Execution execution)
{
    private const int RowsPerBlock = 32;
    private const int ColumnsPerBlock = 64;

    /// <summary>Computes the output of a layer.</summary>
    /// <param name="input">m x inputs.</param>
    /// <param name="layer">The parameters of the layer.</param>
    /// <param name="isActivated">Whether a ReLU follows the layer.</param>
    /// <param name="output">Receives the output, m x outputs.</param>
    public void Forward(MatrixView input, DenseLayer layer, bool isActivated, MatrixView output)
    {
        AssertProduct(input, layer.Weights, output);
        Debug.Assert(layer.Biases.ColumnCount == output.ColumnCount, "There is one bias for each output.");
        var target = new LayerOutput(layer.Biases.Row(0), isActivated ? 0 : float.NegativeInfinity, output.Row(0), output.ColumnCount);
        MatrixProduct.Compute(input, layer.Weights, target, execution);
    }

    /// <summary>Computes the gradients of a layer's weights and biases.</summary>
    /// <param name="input">The layer's input, m x inputs.</param>
    /// <param name="delta">The derivative of the loss by the layer's output, m x outputs.</param>
    /// <param name="gradient">Receives the gradients.</param>
    public void ParameterGradients(MatrixView input, MatrixView delta, DenseLayer gradient)
    {
        AssertProduct(input.Transposed, delta, gradient.Weights);
        Debug.Assert(gradient.Biases.ColumnCount == delta.ColumnCount, "There is one bias for each output.");
        var target = new Plain(gradient.Weights.Row(0), gradient.Weights.ColumnCount);
        MatrixProduct.Compute(input.Transposed, delta, target, execution);
        SumRows(delta, gradient.Biases.Row(0));
    }

    /// <summary>Computes the derivative of the loss by a layer's input.</summary>
    /// <param name="delta">The derivative of the loss by the layer's output, m x outputs.</param>
    /// <param name="layer">The parameters of the layer.</param>
    /// <param name="input">The layer's input, m x inputs.</param>
    /// <param name="isActivated">Whether the input is the output of a ReLU. The derivative is 0 where that is 0.</param>
    /// <param name="inputDelta">Receives the derivative, m x inputs.</param>
    public void InputGradient(MatrixView delta, DenseLayer layer, MatrixView input, bool isActivated, MatrixView inputDelta)
    {
        var weights = layer.Weights.Transposed;
        AssertProduct(delta, weights, inputDelta);
        Debug.Assert(input.RowCount == inputDelta.RowCount, "The input and its derivative have the same rows.");
        if (isActivated)
        {
            var target = new WherePositive(input.Row(0), inputDelta.Row(0), inputDelta.ColumnCount);
            MatrixProduct.Compute(delta, weights, target, execution);
        }
        else
        {
            MatrixProduct.Compute(delta, weights, new Plain(inputDelta.Row(0), inputDelta.ColumnCount), execution);
        }
    }

    /// <summary>Computes the derivative of the mean squared error by the reconstruction.</summary>
    /// <param name="reconstruction">m x d.</param>
    /// <param name="target">The rows to reconstruct, m x d.</param>
    /// <param name="delta">Receives the derivative, m x d.</param>
    /// <returns>The sum of the squared errors.</returns>
    public double LossGradient(MatrixView reconstruction, MatrixView target, MatrixView delta)
    {
        Debug.Assert(reconstruction.RowCount == target.RowCount && delta.RowCount == target.RowCount, "All have the same rows.");
        Debug.Assert(
            reconstruction.ColumnCount == target.ColumnCount && delta.ColumnCount == target.ColumnCount, "All have the same columns.");
        var columnCount = target.ColumnCount;
        var scale = 2f / ((long)target.RowCount * columnCount);
        return ParallelRows.Sum(target.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            var length = (end - start) * columnCount;
            return Differences(
                new(reconstruction.Row(start), length), new(target.Row(start), length), new(delta.Row(start), length), scale);
        });
    }

    /// <summary>Computes the scaled differences of two spans.</summary>
    /// <returns>The sum of the squared differences, without the scale.</returns>
    private static float Differences(ReadOnlySpan<float> predicted, ReadOnlySpan<float> expected, Span<float> differences, float scale)
    {
        TensorPrimitives.Subtract(predicted, expected, differences);
        var sum = FixedOrder.Dot<float>(differences, differences);
        TensorPrimitives.Multiply(differences, scale, differences);
        return sum;
    }

    private void SumRows(MatrixView rows, float* sums) => ParallelRows.For(rows.ColumnCount, ColumnsPerBlock, execution, (start, end) =>
    {
        var total = new Span<float>(sums + start, end - start);
        total.Clear();
        for (var row = 0; row < rows.RowCount; row++)
        {
            TensorPrimitives.Add(total, new ReadOnlySpan<float>(rows.Row(row) + start, end - start), total);
        }
    });

    [Conditional("DEBUG")]
    private static void AssertProduct(MatrixView left, MatrixView right, MatrixView product)
    {
        Debug.Assert(left.ColumnCount == right.RowCount, "The factors' inner dimensions are equal.");
        Debug.Assert(product.RowCount == left.RowCount, "The output has the product's rows.");
        Debug.Assert(product.ColumnCount == right.ColumnCount, "The output has the product's columns.");
    }

    /// <summary>Stores a product unchanged.</summary>
    private readonly struct Plain(float* output, int columnCount) : IProductTarget
    {
        public void Write(int row, int column, ReadOnlySpan<float> values)
        {
            Debug.Assert(row >= 0 && column >= 0 && column + values.Length <= columnCount, "The values lie in a row of the output.");
            values.CopyTo(new Span<float>(output + ((long)row * columnCount) + column, values.Length));
        }
    }

    /// <summary>Adds biases to a product and replaces values below a minimum by it.</summary>
    private readonly struct LayerOutput(float* bias, float minimum, float* output, int columnCount) : IProductTarget
    {
        public void Write(int row, int column, ReadOnlySpan<float> values)
        {
            Debug.Assert(row >= 0 && column >= 0 && column + values.Length <= columnCount, "The values lie in a row of the output.");
            var target = output + ((long)row * columnCount) + column;
            if (values.Length == MicroKernel.NR)
            {
                var limit = Vector256.Create(minimum);
                fixed (float* sums = values)
                {
                    for (var i = 0; i < MicroKernel.NR; i += Vector256<float>.Count)
                    {
                        Vector256.Max(Vector256.Load(sums + i) + Vector256.Load(bias + column + i), limit).Store(target + i);
                    }
                }

                return;
            }

            for (var i = 0; i < values.Length; i++)
            {
                target[i] = Math.Max(values[i] + bias[column + i], minimum);
            }
        }
    }

    /// <summary>Stores a product where the mask is above 0, and 0 elsewhere.</summary>
    private readonly struct WherePositive(float* mask, float* output, int columnCount) : IProductTarget
    {
        public void Write(int row, int column, ReadOnlySpan<float> values)
        {
            Debug.Assert(row >= 0 && column >= 0 && column + values.Length <= columnCount, "The values lie in a row of the output.");
            var offset = ((long)row * columnCount) + column;
            if (values.Length == MicroKernel.NR)
            {
                fixed (float* sums = values)
                {
                    for (var i = 0; i < MicroKernel.NR; i += Vector256<float>.Count)
                    {
                        var isPositive = Vector256.GreaterThan(Vector256.Load(mask + offset + i), Vector256<float>.Zero);
                        (Vector256.Load(sums + i) & isPositive).Store(output + offset + i);
                    }
                }

                return;
            }

            for (var i = 0; i < values.Length; i++)
            {
                output[offset + i] = mask[offset + i] > 0 ? values[i] : 0;
            }
        }
    }
}
