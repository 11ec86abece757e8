using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>
/// The operations of the forward and backward passes of dense layers with ReLU activations, by <see cref="MatrixProduct"/>. They are
/// faster than libtorch's: biases, activations and the optimizer are applied while the products are in the cache. Results have the same
/// bytes for any number of threads and vectors of any width.
/// </summary>
/// <param name="threadCount">The number of threads that run the jobs.</param>
internal sealed unsafe class LayerProducts(int threadCount)
{
    /// <summary>Computes the output of a layer.</summary>
    /// <param name="input">m x inputs.</param>
    /// <param name="layer">The parameters of the layer.</param>
    /// <param name="isActivated">Whether a ReLU follows the layer.</param>
    /// <param name="output">Receives the output, m x outputs.</param>
    public IJobSet Forward(MatrixView input, DenseLayer layer, bool isActivated, MatrixView output)
    {
        AssertProduct(input, layer.Weights, output);
        Debug.Assert(layer.Biases.ColumnCount == output.ColumnCount, "There is one bias for each output.");
        var target = new LayerOutput(layer.Biases.Row(0), isActivated ? 0 : float.NegativeInfinity, output.Row(0), output.ColumnCount);
        return MatrixProduct.Divide(input, layer.Weights, target, threadCount);
    }

    /// <summary>Computes the gradient of the loss by a layer's weights.</summary>
    /// <param name="input">The layer's input, m x inputs.</param>
    /// <param name="delta">The derivative of the loss by the layer's output, m x outputs.</param>
    /// <param name="offset">The index of the first weight among the parameters.</param>
    /// <param name="target">Receives the gradient.</param>
    public IJobSet WeightGradient(MatrixView input, MatrixView delta, int offset, IGradientTarget target) =>
        MatrixProduct.Divide(input.Transposed, delta, new Gradient(target, offset, delta.ColumnCount), threadCount);

    /// <summary>Computes the gradient of the loss by a layer's biases.</summary>
    /// <param name="delta">The derivative of the loss by the layer's output, m x outputs.</param>
    /// <param name="offset">The index of the first bias among the parameters.</param>
    /// <param name="target">Receives the gradient.</param>
    public static IJobSet BiasGradient(MatrixView delta, int offset, IGradientTarget target) => new ColumnSums(delta, offset, target);

    /// <summary>Computes the derivative of the loss by a layer's input.</summary>
    /// <param name="delta">The derivative of the loss by the layer's output, m x outputs.</param>
    /// <param name="layer">The parameters of the layer.</param>
    /// <param name="input">The layer's input, m x inputs.</param>
    /// <param name="isActivated">Whether the input is the output of a ReLU. The derivative is 0 where that is 0.</param>
    /// <param name="inputDelta">Receives the derivative, m x inputs.</param>
    public IJobSet InputGradient(MatrixView delta, DenseLayer layer, MatrixView input, bool isActivated, MatrixView inputDelta)
    {
        var weights = layer.Weights.Transposed;
        AssertProduct(delta, weights, inputDelta);
        Debug.Assert(input.RowCount == inputDelta.RowCount, "The input and its derivative have the same rows.");
        return isActivated
            ? MatrixProduct.Divide(
                delta, weights, new WherePositive(input.Row(0), inputDelta.Row(0), inputDelta.ColumnCount), threadCount)
            : MatrixProduct.Divide(delta, weights, new Plain(inputDelta.Row(0), inputDelta.ColumnCount), threadCount);
    }

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
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Write(int row, int column, float* values, int count)
        {
            Debug.Assert(row >= 0 && column >= 0 && column + count <= columnCount, "The values lie in a row of the output.");
            ProductRow.Copy(values, output + ((long)row * columnCount) + column, count);
        }

        public void Prefetch(int row, int rowCount, int column, int count)
        {
        }
    }

    /// <summary>Sends a product to the receiver of the gradient.</summary>
    private readonly struct Gradient(IGradientTarget target, int offset, int columnCount) : IProductTarget
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Write(int row, int column, float* values, int count) => target.Receive(IndexOf(row, column), values, count);

        public void Prefetch(int row, int rowCount, int column, int count)
        {
            for (var end = row + rowCount; row < end; row++)
            {
                target.Prefetch(IndexOf(row, column), count);
            }
        }

        private long IndexOf(int row, int column) => offset + ((long)row * columnCount) + column;
    }

    /// <summary>Adds biases to a product and replaces values below a minimum by it.</summary>
    private readonly struct LayerOutput(float* bias, float minimum, float* output, int columnCount) : IProductTarget
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Write(int row, int column, float* values, int count)
        {
            Debug.Assert(row >= 0 && column >= 0 && column + count <= columnCount, "The values lie in a row of the output.");
            var target = output + ((long)row * columnCount) + column;
            var limit = Vector256.Create(minimum);
            var i = 0;
            for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                Vector256.Max(Vector256.Load(values + i) + Vector256.Load(bias + column + i), limit).Store(target + i);
            }

            for (; i < count; i++)
            {
                target[i] = Math.Max(values[i] + bias[column + i], minimum);
            }
        }

        public void Prefetch(int row, int rowCount, int column, int count)
        {
        }
    }

    /// <summary>Stores a product where the mask is above 0, and 0 elsewhere.</summary>
    private readonly struct WherePositive(float* mask, float* output, int columnCount) : IProductTarget
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Write(int row, int column, float* values, int count)
        {
            Debug.Assert(row >= 0 && column >= 0 && column + count <= columnCount, "The values lie in a row of the output.");
            var offset = ((long)row * columnCount) + column;
            var i = 0;
            for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                var isPositive = Vector256.GreaterThan(Vector256.Load(mask + offset + i), Vector256<float>.Zero);
                (Vector256.Load(values + i) & isPositive).Store(output + offset + i);
            }

            for (; i < count; i++)
            {
                output[offset + i] = mask[offset + i] > 0 ? values[i] : 0;
            }
        }

        public void Prefetch(int row, int rowCount, int column, int count)
        {
        }
    }
}
