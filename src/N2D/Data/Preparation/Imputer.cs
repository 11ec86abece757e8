using System.Diagnostics;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// A fitted replacement of missing values by the mean or the median of the column, or by a given number. New rows get the values of the
/// fit.
/// </summary>
/// <remarks>
/// Equivalent to scikit-learn's SimpleImputer and MissingIndicator. Missing categories stay missing. A column without any value is filled
/// with 0.
/// </remarks>
public sealed class Imputer : FittedStage, IModelPart<Imputer>
{
    private const int RowsPerBlock = 256;

    private readonly double[] _values;
    private readonly int[] _indicated;

    /// <summary>Creates a fitted replacement.</summary>
    /// <param name="policy">The method that gave the values.</param>
    /// <param name="constant">The number for <see cref="MissingValuePolicy.Constant"/>.</param>
    /// <param name="values">The value that replaces missing values in each column; NaN to keep them.</param>
    /// <param name="indicated">The columns with an indicator column, from 0, in ascending order.</param>
    internal Imputer(MissingValuePolicy policy, double constant, double[] values, int[] indicated) =>
        (Policy, Constant, _values, _indicated) = (policy, constant, values, indicated);

    /// <summary>The method that gave the values.</summary>
    public MissingValuePolicy Policy { get; }

    /// <summary>The number that replaces missing values with <see cref="MissingValuePolicy.Constant"/>.</summary>
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
    /// <remarks>Always 0, because nothing is random.</remarks>
    public override int Seed => 0;

    /// <inheritdoc/>
    public override string Settings => StageSettings.TextOf(
        new StageSettings.Setting("MissingValue", Policy),
        new StageSettings.Setting("MissingConstant", Constant, 0.0),
        new StageSettings.Setting("MissingIndicator", _indicated.Length > 0, false));

    /// <summary>Replaces the missing values of a data set.</summary>
    /// <param name="input">The rows to fit to; NaN is a missing value.</param>
    /// <param name="policy">Mean, Median or Constant.</param>
    /// <param name="constant">The number for Constant.</param>
    /// <param name="hasIndicators">
    /// Whether each column with missing values gets an indicator column, which is 1 where the value is missing and 0 elsewhere.
    /// </param>
    /// <param name="execution">Threads, cancellation, warnings and explanations.</param>
    /// <returns>The embedding with one more stage.</returns>
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
                values[column] = raw.Categories?[column] is not null
                    ? double.NaN
                    : ValueOf(policy, known, constant - (raw.Offsets?[column] ?? 0));
            }
        });

        if (policy != MissingValuePolicy.Constant && Array.IndexOf(counts, rows.RowCount) is >= 0 and var empty)
        {
            const string Excluded = nameof(TableOptions.ExcludedColumns);
            var name = input.GetDataset().GetColumnNames()[empty];
            execution.Advise(
                $"'{input.Dataset}': column {Quotation.Of(name)} has no values, and is filled with 0. "
                    + $"Leave it out: {Excluded} {Quotation.ArgumentOf(name)}.",
                Excluded);
        }

        int[] indicated = hasIndicators ? [.. Enumerable.Range(0, counts.Length).Where(column => counts[column] > 0)] : [];
        var missing = Quantity.Of(counts.Sum(count => (long)count), "missing value");
        var columns = Quantity.Of(counts.Count(count => count > 0), "column");
        execution.Explain?.Invoke($"Imputer: {missing} in {columns}, replaced by {policy}.");
        var filled = new Imputer(policy, constant, values, indicated) { Seconds = 0 }.Transform(rows, execution);
        return input.Append(new Imputer(policy, constant, values, indicated) { Seconds = clock.Elapsed.TotalSeconds }, filled);
    }

    /// <inheritdoc/>
    public override Matrix Transform(Matrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        ArgumentNullException.ThrowIfNull(execution);
        var (input, output) = (InputDimension, OutputDimension);
        var filled = GC.AllocateUninitializedArray<float>(ArraySize.Of(rows.RowCount, output));
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
    public override Embedding Refit(Embedding input, int seed, Execution execution) =>
        Apply(input, Policy, Constant, _indicated.Length > 0, execution);

    /// <inheritdoc/>
    public override string? WhyNoInverse => null;

    /// <summary>Removes the indicator columns. Replaced values stay, because the later stages were fitted to them.</summary>
    private protected override Matrix InverseChecked(Matrix rows, Execution execution)
    {
        var values = new float[ArraySize.Of(rows.RowCount, InputDimension)];
        for (var row = 0; row < rows.RowCount; row++)
        {
            rows.Row(row)[..InputDimension].CopyTo(values.AsSpan(row * InputDimension));
        }

        return Matrix.Own(values, InputDimension);
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<string> NamesOf(IReadOnlyList<string> names) =>
        [.. names, .. _indicated.Select(column => $"{names[column]}=missing")];

    void IModelPart<Imputer>.Write(ModelPartWriter part)
    {
        part.Set("policy", Policy);
        part.Set("constant", Constant);
        part.Set("indicated", _indicated);

        // Arrays in a model cannot hold NaN, so the columns that keep their missing values are listed.
        part.Set("kept", Enumerable.Range(0, _values.Length).Where(column => double.IsNaN(_values[column])).ToArray());
        part.Add<double>("values", Array.ConvertAll(_values, value => double.IsNaN(value) ? 0 : value), _values.Length);
    }

    static Imputer IModelPart<Imputer>.Read(ModelPartReader part)
    {
        var (policy, values) = (part.Get<MissingValuePolicy>("policy"), part.GetArray<double>("values", part.SizeOf("values", rank: 1)));
        var (indicated, kept) = (part.Get<int[]>("indicated"), part.Get<int[]>("kept"));
        if (policy is MissingValuePolicy.Error or MissingValuePolicy.Drop
            || indicated.Concat(kept).Any(column => (uint)column >= (uint)values.Length))
        {
            throw part.Corrupt("it replaces no missing values, or those of columns that do not exist");
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
