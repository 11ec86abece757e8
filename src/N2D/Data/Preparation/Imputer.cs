using System.Diagnostics;
using System.Globalization;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// A fitted replacement of missing values: each column's own mean or median, or one number. Rows that were not in the fit get the values of the fit.
/// </summary>
/// <remarks>
/// As scikit-learn's SimpleImputer and MissingIndicator. Gaps among categories stay: a row without a category belongs to none. A column that has no value at all
/// is filled with 0.
/// </remarks>
public sealed class Imputer : FittedStage, IModelPart<Imputer>
{
    private const int RowsPerBlock = 256;

    private readonly double[] _values;
    private readonly int[] _indicated;

    /// <summary>Puts a fitted replacement together.</summary>
    /// <param name="policy">How the values were found.</param>
    /// <param name="constant">The number of <see cref="MissingValuePolicy.Constant"/>.</param>
    /// <param name="values">What replaces a gap in each column; NaN where it stays.</param>
    /// <param name="indicated">The columns that have a column of 0 and 1 for their gaps, from 0, ascending.</param>
    internal Imputer(MissingValuePolicy policy, double constant, double[] values, int[] indicated) => (Policy, Constant, _values, _indicated) = (policy, constant, values, indicated);

    /// <summary>How the values were found.</summary>
    public MissingValuePolicy Policy { get; }

    /// <summary>The number that replaces a gap under <see cref="MissingValuePolicy.Constant"/>.</summary>
    public double Constant { get; }

    /// <inheritdoc/>
    public override string Name => "Imputer";

    /// <inheritdoc/>
    public override StageRole Role => StageRole.Preparation;

    /// <inheritdoc/>
    public override int InputDimension => _values.Length;

    /// <inheritdoc/>
    public override int OutputDimension => _values.Length + _indicated.Length;

    /// <inheritdoc/>
    /// <remarks>0: nothing is random in it.</remarks>
    public override int Seed => 0;

    /// <inheritdoc/>
    public override string Settings => StageSettings.TextOf(
        new StageSettings.Setting("MissingValue", Policy), new StageSettings.Setting("MissingConstant", Constant, 0.0), new StageSettings.Setting("MissingIndicator", _indicated.Length > 0, false));

    /// <summary>Replaces the missing values of a data set.</summary>
    /// <param name="input">The rows to fit to; gaps are NaN.</param>
    /// <param name="policy">Mean, Median or Constant.</param>
    /// <param name="constant">The number of Constant.</param>
    /// <param name="hasIndicators">Whether each column with gaps gets one of 0 and 1 that shows them.</param>
    /// <param name="execution">Threads, cancellation and explanations.</param>
    public static Embedding Apply(Embedding input, MissingValuePolicy policy, double constant, bool hasIndicators, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(execution);
        var clock = Stopwatch.StartNew();
        var rows = input.GetRawRows(execution);
        var raw = input.GetDataset().Raw;
        var (values, counts) = (new double[rows.ColumnCount], new int[rows.ColumnCount]);
        ParallelRows.For(rows.ColumnCount, 1, execution, (start, end) =>
        {
            for (var column = start; column < end; column++)
            {
                var known = KnownValues(rows, column);
                counts[column] = rows.RowCount - known.Length;
                values[column] = raw.Categories?[column] is not null ? double.NaN : ValueOf(policy, known, constant - (raw.Offsets?[column] ?? 0));
            }
        });

        if (policy != MissingValuePolicy.Constant && Array.IndexOf(counts, rows.RowCount) is >= 0 and var empty)
        {
            execution.Warn?.Invoke($"'{input.Dataset}': column {Quotation.Of(input.GetDataset().GetColumnNames()[empty])} has no value at all, and is filled with 0. Leave it out.");
        }

        int[] indicated = hasIndicators ? [.. Enumerable.Range(0, counts.Length).Where(column => counts[column] > 0)] : [];
        execution.Explain?.Invoke(string.Create(CultureInfo.InvariantCulture, $"Imputer: {Quantity.Of(counts.Sum(count => (long)count), "missing value")} in {Quantity.Of(counts.Count(count => count > 0), "column")}, replaced by {policy}."));
        var filled = new Imputer(policy, constant, values, indicated) { Seconds = 0 }.Transform(rows, execution);
        return input.Append(new Imputer(policy, constant, values, indicated) { Seconds = clock.Elapsed.TotalSeconds }, filled);
    }

    /// <inheritdoc/>
    public override Matrix Transform(Matrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        ArgumentNullException.ThrowIfNull(execution);
        var (input, output) = (InputDimension, OutputDimension);
        var filled = GC.AllocateUninitializedArray<float>(rows.RowCount * output);
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                var source = rows.Row(row);
                var target = filled.AsSpan(row * output, output);
                for (var column = 0; column < input; column++)
                {
                    target[column] = float.IsNaN(source[column]) ? (float)_values[column] : source[column];
                }

                for (var place = 0; place < _indicated.Length; place++)
                {
                    target[input + place] = float.IsNaN(source[_indicated[place]]) ? 1 : 0;
                }
            }
        });
        return Matrix.Own(filled, output);
    }

    /// <inheritdoc/>
    public override Embedding Refit(Embedding input, int seed, Execution execution) => Apply(input, Policy, Constant, _indicated.Length > 0, execution);

    /// <inheritdoc/>
    public override string? WhyNoInverse => null;

    /// <summary>Leaves out the columns that show gaps. What replaced a gap stays: it is what the later stages saw.</summary>
    private protected override Matrix InverseChecked(Matrix rows, Execution execution)
    {
        var values = new float[rows.RowCount * InputDimension];
        for (var row = 0; row < rows.RowCount; row++)
        {
            rows.Row(row)[..InputDimension].CopyTo(values.AsSpan(row * InputDimension));
        }

        return Matrix.Own(values, InputDimension);
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<string> NamesOf(IReadOnlyList<string> names) => [.. names, .. _indicated.Select(column => $"{names[column]}=missing")];

    void IModelPart<Imputer>.Write(ModelPartWriter part)
    {
        part.Set("policy", Policy);
        part.Set("constant", Constant);
        part.Set("indicated", _indicated);

        // No array of a model holds NaN: the columns whose gaps stay are listed.
        part.Set("kept", Enumerable.Range(0, _values.Length).Where(column => double.IsNaN(_values[column])).ToArray());
        part.Add<double>("values", Array.ConvertAll(_values, value => double.IsNaN(value) ? 0 : value), _values.Length);
    }

    static Imputer IModelPart<Imputer>.Read(ModelPartReader part)
    {
        var (policy, values) = (part.Get<MissingValuePolicy>("policy"), part.GetArray<double>("values", part.SizeOf("values", rank: 1)));
        var (indicated, kept) = (part.Get<int[]>("indicated"), part.Get<int[]>("kept"));
        if (policy is MissingValuePolicy.Error or MissingValuePolicy.Drop || indicated.Concat(kept).Any(column => (uint)column >= (uint)values.Length))
        {
            throw part.Corrupt("it replaces no missing values, or those of columns that are not there");
        }

        foreach (var column in kept)
        {
            values[column] = double.NaN;
        }

        return new Imputer(policy, part.Get<double>("constant"), values, indicated) { Seconds = part.Seconds };
    }

    private static float[] KnownValues(Matrix rows, int column)
    {
        var known = new List<float>(rows.RowCount);
        for (var row = 0; row < rows.RowCount; row++)
        {
            if (!float.IsNaN(rows[row, column]))
            {
                known.Add(rows[row, column]);
            }
        }

        return [.. known];
    }

    private static double ValueOf(MissingValuePolicy policy, float[] known, double constant)
    {
        if (policy == MissingValuePolicy.Constant)
        {
            return constant;
        }

        if (known.Length == 0)
        {
            return 0;
        }

        if (policy == MissingValuePolicy.Mean)
        {
            return known.Sum(value => (double)value) / known.Length;
        }

        Array.Sort(known);
        return known.Length % 2 == 1 ? known[known.Length / 2] : ((double)known[(known.Length / 2) - 1] + known[known.Length / 2]) / 2;
    }
}
