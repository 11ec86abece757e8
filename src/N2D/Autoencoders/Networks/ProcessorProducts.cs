using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using N2D.Numerics;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace N2D.Autoencoders;

/// <summary>
/// The products of dense layers on the processor, by kernels of our own: on processors with AVX2 faster than libtorch's, finished while they are in the cache, and the same bytes for any
/// number of threads.
/// </summary>
/// <param name="execution">Threads and cancellation.</param>
internal sealed unsafe class ProcessorProducts(Execution execution) : ILayerProducts
{
    private const int RowsPerBlock = 32;
    private const int ColumnsPerBlock = 64;

    /// <summary>Whether the processor has fused multiply-adds, as each would be a call without, and no tensor is more than a span holds.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="batchSizes">The numbers of rows that gradients will be asked for.</param>
    public static bool CanDo(NetworkShape shape, IEnumerable<int> batchSizes)
    {
        var widest = Enumerable.Range(0, shape.LayerCount).Max(shape.Outputs);
        var largest = batchSizes.Append(0).Max(size => (long)size * widest);
        return (Fma.IsSupported || AdvSimd.Arm64.IsSupported) && Math.Max(largest, shape.Layout.Count) <= int.MaxValue / sizeof(float);
    }

    /// <inheritdoc/>
    public void Forward(Tensor input, DenseLayer layer, bool isActivated, Tensor output) => MatrixProduct.Compute(
        Of(input), Of(layer.Weights), new LayerOutput(Pointer(layer.Bias), isActivated ? 0 : float.NegativeInfinity, Pointer(output), Columns(output)), execution);

    /// <inheritdoc/>
    public void ParameterGradients(Tensor input, Tensor delta, DenseLayer layer)
    {
        MatrixProduct.Compute(Of(input).Transposed, Of(delta), new Plain(Pointer(layer.WeightGradient), Columns(delta)), execution);
        SumRows(Of(delta), Pointer(layer.BiasGradient));
    }

    /// <inheritdoc/>
    public void InputGradient(Tensor delta, DenseLayer layer, Tensor input, bool isActivated, Tensor inputDelta)
    {
        var weights = Of(layer.Weights).Transposed;
        if (isActivated)
        {
            MatrixProduct.Compute(Of(delta), weights, new WherePositive(Pointer(input), Pointer(inputDelta), Columns(inputDelta)), execution);
        }
        else
        {
            MatrixProduct.Compute(Of(delta), weights, new Plain(Pointer(inputDelta), Columns(inputDelta)), execution);
        }
    }

    /// <inheritdoc/>
    public void LossGradient(Tensor reconstruction, Tensor rows, Tensor delta, Tensor squaredErrors)
    {
        var (rowCount, columnCount) = ((int)rows.shape[0], Columns(rows));
        var rebuilt = Pointer(reconstruction);
        var wanted = Pointer(rows);
        var slope = Pointer(delta);
        var scale = 2f / rows.numel();
        var sum = ParallelRows.Sum(rowCount, RowsPerBlock, execution, (start, end) =>
        {
            var length = (end - start) * columnCount;
            var offset = (long)start * columnCount;
            return Slopes(new(rebuilt + offset, length), new(wanted + offset, length), new(slope + offset, length), scale);
        });
        squaredErrors.add_((float)sum);
    }

    /// <summary>The scaled differences of two spans.</summary>
    /// <returns>The sum of their squares, unscaled.</returns>
    private static float Slopes(ReadOnlySpan<float> rebuilt, ReadOnlySpan<float> wanted, Span<float> slopes, float scale)
    {
        TensorPrimitives.Subtract(rebuilt, wanted, slopes);
        var sum = FixedOrder.Dot<float>(slopes, slopes);
        TensorPrimitives.Multiply(slopes, scale, slopes);
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

    private static int Columns(Tensor tensor) => (int)tensor.shape[1];

    private static MatrixView Of(Tensor tensor) => MatrixView.Of(Pointer(tensor), (int)tensor.shape[0], Columns(tensor));

    /// <summary>Where a contiguous tensor's values lie; they do not move.</summary>
    private static float* Pointer(Tensor tensor) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));

    /// <summary>Takes a product as it is.</summary>
    private readonly struct Plain(float* output, int columnCount) : IProductTarget
    {
        public void Write(int row, int column, ReadOnlySpan<float> values) => values.CopyTo(new Span<float>(output + ((long)row * columnCount) + column, values.Length));
    }

    /// <summary>Adds biases, and cuts off below a limit.</summary>
    private readonly struct LayerOutput(float* bias, float least, float* output, int columnCount) : IProductTarget
    {
        public void Write(int row, int column, ReadOnlySpan<float> values)
        {
            var target = output + ((long)row * columnCount) + column;
            if (values.Length == MicroKernel.NR)
            {
                var limit = Vector256.Create(least);
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
                target[i] = Math.Max(values[i] + bias[column + i], least);
            }
        }
    }

    /// <summary>Takes a product where something else is above 0, and 0 elsewhere.</summary>
    private readonly struct WherePositive(float* mask, float* output, int columnCount) : IProductTarget
    {
        public void Write(int row, int column, ReadOnlySpan<float> values)
        {
            var place = ((long)row * columnCount) + column;
            if (values.Length == MicroKernel.NR)
            {
                fixed (float* sums = values)
                {
                    for (var i = 0; i < MicroKernel.NR; i += Vector256<float>.Count)
                    {
                        (Vector256.Load(sums + i) & Vector256.GreaterThan(Vector256.Load(mask + place + i), Vector256<float>.Zero)).Store(output + place + i);
                    }
                }

                return;
            }

            for (var i = 0; i < values.Length; i++)
            {
                output[place + i] = mask[place + i] > 0 ? values[i] : 0;
            }
        }
    }
}
