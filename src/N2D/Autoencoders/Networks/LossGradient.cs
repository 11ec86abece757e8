using System.Diagnostics;
using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>The squared errors of a reconstruction, and the derivative of the mean squared error by the reconstruction.</summary>
internal sealed unsafe class LossGradient : IJobSet
{
    private const int RowsPerJob = 32;

    private readonly MatrixView _reconstruction;
    private readonly MatrixView _target;
    private readonly MatrixView _delta;
    private readonly double[] _sums;

    /// <summary>Divides the rows.</summary>
    /// <param name="reconstruction">m x d.</param>
    /// <param name="target">The rows to reconstruct, m x d.</param>
    /// <param name="delta">Receives the derivative, m x d.</param>
    public LossGradient(MatrixView reconstruction, MatrixView target, MatrixView delta)
    {
        Debug.Assert(reconstruction.RowCount == target.RowCount && delta.RowCount == target.RowCount, "All have the same rows.");
        Debug.Assert(
            reconstruction.ColumnCount == target.ColumnCount && delta.ColumnCount == target.ColumnCount, "All have the same columns.");
        (_reconstruction, _target, _delta) = (reconstruction, target, delta);
        _sums = new double[(target.RowCount + RowsPerJob - 1) / RowsPerJob];
    }

    /// <inheritdoc/>
    public int JobCount => _sums.Length;

    /// <summary>The sum of the squared errors after all jobs, added in the order of the rows.</summary>
    public double SquaredErrors => _sums.Sum();

    /// <inheritdoc/>
    public void Run(int job)
    {
        var start = job * RowsPerJob;
        var length = Math.Min(RowsPerJob, _target.RowCount - start) * _target.ColumnCount;
        var scale = 2f / ((long)_target.RowCount * _target.ColumnCount);
        var differences = new Span<float>(_delta.Row(start), length);
        var predicted = new ReadOnlySpan<float>(_reconstruction.Row(start), length);
        var expected = new ReadOnlySpan<float>(_target.Row(start), length);
        TensorPrimitives.Subtract(predicted, expected, differences);
        _sums[job] = FixedOrder.Dot<float>(differences, differences);
        TensorPrimitives.Multiply(differences, scale, differences);
    }
}
