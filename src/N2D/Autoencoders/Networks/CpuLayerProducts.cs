using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using N2D.Numerics;
using TorchSharp;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace N2D.Autoencoders;

/// <summary>
/// Computes dense layers on the CPU by <see cref="MatrixProduct"/>. With AVX2, this is faster than libtorch: biases and activations are
/// applied while the products are in the cache. Results have the same bytes for any number of threads.
/// </summary>
/// <param name="execution">Threads and cancellation.</param>
internal sealed unsafe class CpuLayerProducts(Execution execution) : ILayerProducts
{
    private const int RowsPerBlock = 32;
    private const int ColumnsPerBlock = 64;

    /// <summary>
    /// Whether the CPU has fused multiply-add instructions (without them, each is a function call), and each tensor fits into a span of
    /// bytes.
    /// </summary>
    /// <param name="shape">The network.</param>
    /// <param name="batchSizes">The batch sizes that gradients will be computed for.</param>
    public static bool Supports(NetworkShape shape, IEnumerable<int> batchSizes)
    {
        var widest = Enumerable.Range(0, shape.LayerCount).Max(shape.Outputs);
        var largest = batchSizes.Append(0).Max(size => (long)size * widest);
        return (Fma.IsSupported || AdvSimd.Arm64.IsSupported) && Math.Max(largest, shape.Layout.Count) <= int.MaxValue / sizeof(float);
    }

    /// <inheritdoc/>
    public void Forward(Tensor input, DenseLayer layer, bool isActivated, Tensor output)
    {
        AssertProduct(Of(input), Of(layer.Weights), Of(output));
        Debug.Assert(layer.Bias.numel() == output.shape[1], "There is one bias for each output.");
        var target = new LayerOutput(Pointer(layer.Bias), isActivated ? 0 : float.NegativeInfinity, Pointer(output), Columns(output));
        MatrixProduct.Compute(Of(input), Of(layer.Weights), target, execution);
    }

    /// <inheritdoc/>
    public void ParameterGradients(Tensor input, Tensor delta, DenseLayer layer)
    {
        AssertProduct(Of(input).Transposed, Of(delta), Of(layer.WeightGradient));
        Debug.Assert(layer.BiasGradient.numel() == delta.shape[1], "There is one bias for each output.");
        var target = new Plain(Pointer(layer.WeightGradient), Columns(layer.WeightGradient));
        MatrixProduct.Compute(Of(input).Transposed, Of(delta), target, execution);
        SumRows(Of(delta), Pointer(layer.BiasGradient));
    }

    /// <inheritdoc/>
    public void InputGradient(Tensor delta, DenseLayer layer, Tensor input, bool isActivated, Tensor inputDelta)
    {
        var weights = Of(layer.Weights).Transposed;
        AssertProduct(Of(delta), weights, Of(inputDelta));
        Debug.Assert(input.shape.AsSpan().SequenceEqual(inputDelta.shape), "The input and its derivative have the same shape.");
        if (isActivated)
        {
            var target = new WherePositive(Pointer(input), Pointer(inputDelta), Columns(inputDelta));
            MatrixProduct.Compute(Of(delta), weights, target, execution);
        }
        else
        {
            MatrixProduct.Compute(Of(delta), weights, new Plain(Pointer(inputDelta), Columns(inputDelta)), execution);
        }
    }

    /// <inheritdoc/>
    public void LossGradient(Tensor reconstruction, Tensor target, Tensor delta, Tensor squaredErrors)
    {
        Debug.Assert(reconstruction.shape.AsSpan().SequenceEqual(target.shape), "The reconstruction and the target have the same shape.");
        Debug.Assert(delta.shape.AsSpan().SequenceEqual(target.shape), "The derivative and the target have the same shape.");
        var (rowCount, columnCount) = ((int)target.shape[0], Columns(target));
        var predicted = Pointer(reconstruction);
        var expected = Pointer(target);
        var derivative = Pointer(delta);
        var scale = 2f / target.numel();
        var sum = ParallelRows.Sum(rowCount, RowsPerBlock, execution, (start, end) =>
        {
            var length = (end - start) * columnCount;
            var offset = (long)start * columnCount;
            return Differences(
                new(predicted + offset, length), new(expected + offset, length), new(derivative + offset, length), scale);
        });

        // A scalar must outlive libtorch's call: TorchSharp does not keep a temporary one from the garbage collector.
        using Scalar total = (float)sum;
        squaredErrors.add_(total);
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

    private static int Columns(Tensor tensor) => (int)tensor.shape[1];

    private static MatrixView Of(Tensor tensor) => MatrixView.Of(Pointer(tensor), (int)tensor.shape[0], Columns(tensor));

    /// <summary>Returns a pointer to the values of a tensor. libtorch's memory does not move.</summary>
    private static float* Pointer(Tensor tensor)
    {
        Debug.Assert(tensor.is_contiguous(), "The values are contiguous.");
        Debug.Assert(tensor.dtype == ScalarType.Float32, "The values are float32.");
        Debug.Assert(tensor.device_type == TorchSharp.DeviceType.CPU, "The values are on the CPU.");
        return (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
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
