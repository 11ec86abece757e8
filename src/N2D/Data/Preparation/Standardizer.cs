using System.Diagnostics;
using System.Globalization;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// A fitted scaling of columns: subtracts an offset from each column and divides it by a scale. Both come from the rows of the fit, so new
/// rows are scaled in the same way and can be outside the range of the fit.
/// </summary>
/// <remarks>
/// Equivalent to scikit-learn's StandardScaler (the standard deviation divides by n, not n - 1) and MinMaxScaler. A column with a single
/// value becomes 0; in new rows it becomes the difference from that value.
/// </remarks>
public sealed class Standardizer : FittedStage, IModelPart<Standardizer>
{
    private const int RowsPerBlock = 256;

    private readonly ColumnScaling _scaling;

    /// <summary>Creates a fitted scaling.</summary>
    /// <param name="method">The method.</param>
    /// <param name="scaling">The offset and the scale of each column.</param>
    internal Standardizer(Standardization method, ColumnScaling scaling) => (Method, _scaling) = (method, scaling);

    /// <summary>The method.</summary>
    public Standardization Method { get; }

    /// <inheritdoc/>
    public override string Name => Method.ToString();

    /// <inheritdoc/>
    public override StageRole Role => StageRole.Scaling;

    /// <inheritdoc/>
    public override int InputDimension => _scaling.Dimension;

    /// <inheritdoc/>
    public override int OutputDimension => _scaling.Dimension;

    /// <inheritdoc/>
    /// <remarks>Always 0, because nothing is random.</remarks>
    public override int Seed => 0;

    /// <inheritdoc/>
    public override string Settings => StageSettings.TextOf(new StageSettings.Setting("Standardize", Method));

    /// <summary>Scales a data set or the output of another stage.</summary>
    /// <param name="input">The rows to fit to.</param>
    /// <param name="method">The method.</param>
    /// <param name="execution">Threads, cancellation and explanations.</param>
    /// <returns>The embedding with one more stage; the input for <see cref="Standardization.None"/>.</returns>
    /// <exception cref="N2DException">A value is NaN or infinite (<c>NotFinite</c>).</exception>
    public static Embedding Apply(Embedding input, Standardization method, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(execution);
        if (method == Standardization.None)
        {
            return input;
        }

        var clock = Stopwatch.StartNew();
        var rows = input.GetRows(execution);
        rows.ThrowIfNotFinite();
        var (scaling, constantCount) = ColumnScaling.Fit(rows, method, execution);
        if (constantCount > 0)
        {
            var holds = constantCount == 1 ? "holds a single value and becomes" : "hold a single value and become";
            execution.Explain?.Invoke(string.Create(
                CultureInfo.InvariantCulture, $"{method}: {constantCount} of {Quantity.Of(scaling.Dimension, "column")} {holds} 0."));
        }

        var scaled = new Standardizer(method, scaling) { Seconds = 0 }.Transform(rows, execution);
        return input.Append(new Standardizer(method, scaling) { Seconds = clock.Elapsed.TotalSeconds }, scaled);
    }

    /// <inheritdoc/>
    public override Matrix Transform(Matrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        ArgumentNullException.ThrowIfNull(execution);
        rows.ThrowIfNotFinite();
        var dimension = rows.ColumnCount;
        var scaled = GC.AllocateUninitializedArray<float>(rows.RowCount * dimension);
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            var wide = new double[dimension];
            for (var row = start; row < end; row++)
            {
                _scaling.Apply(rows.Row(row), wide, scaled.AsSpan(row * dimension, dimension));
            }
        });
        return Matrix.Own(scaled, dimension);
    }

    /// <inheritdoc/>
    public override string? WhyNoInverse => null;

    /// <summary>Multiplies by the scale and adds the offset.</summary>
    private protected override Matrix InverseChecked(Matrix rows, Execution execution)
    {
        var dimension = rows.ColumnCount;
        var values = GC.AllocateUninitializedArray<float>(rows.RowCount * dimension);
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            var wide = new double[dimension];
            for (var row = start; row < end; row++)
            {
                _scaling.Undo(rows.Row(row), wide, values.AsSpan(row * dimension, dimension));
            }
        });
        return Matrix.Own(values, dimension);
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<string> NamesOf(IReadOnlyList<string> names) => names;

    /// <inheritdoc/>
    public override Embedding Refit(Embedding input, int seed, Execution execution) => Apply(input, Method, execution);

    void IModelPart<Standardizer>.Write(ModelPartWriter part)
    {
        part.Set("method", Method);
        part.Add<double>("offsets", _scaling.Offsets, _scaling.Dimension);
        part.Add<double>("scales", _scaling.Scales, _scaling.Dimension);
    }

    static Standardizer IModelPart<Standardizer>.Read(ModelPartReader part)
    {
        var (method, dimension) = (part.Get<Standardization>("method"), part.SizeOf("offsets", rank: 1));
        var (offsets, scales) = (part.GetArray<double>("offsets", dimension), part.GetArray<double>("scales", dimension));
        return method != Standardization.None && scales.All(scale => scale > 0)
            ? new Standardizer(method, new ColumnScaling(offsets, scales)) { Seconds = part.Seconds }
            : throw part.Corrupt("it has no method, or a scale that is not positive");
    }
}
