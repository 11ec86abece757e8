using System.Diagnostics;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// A fitted scaling within groups, such as the persons or the machines that were measured: each row is scaled by the offsets and scales of
/// its own group. The first input column holds the code of the group; the stage removes it.
/// </summary>
/// <remarks>
/// Within a group, equivalent to <see cref="Standardizer"/>: a column with a single value in a group becomes 0 there. New rows of a group
/// of the fit are scaled by the figures of the fit. New rows of another group are scaled by their own figures if there are at least
/// <see cref="MinRows"/>, otherwise by those of all rows of the fit.
/// </remarks>
public sealed class GroupStandardizer : FittedStage, IModelPart<GroupStandardizer>
{
    /// <summary>
    /// The minimum number of rows of a reliable group. The mean of 30 rows has a standard error of 0.18 standard deviations, and their
    /// standard deviation one of 13 %.
    /// </summary>
    public const int MinRows = 30;

    private const int RowsPerBlock = 256;

    private readonly ColumnScaling _pooled;
    private readonly ColumnScaling?[] _ofGroups;

    /// <summary>Creates a fitted scaling.</summary>
    /// <param name="method">The method.</param>
    /// <param name="groupColumn">The name of the group column.</param>
    /// <param name="pooled">The scaling of all rows of the fit.</param>
    /// <param name="ofGroups">The scaling of each group, by code; null for a group without rows.</param>
    private GroupStandardizer(Standardization method, string groupColumn, ColumnScaling pooled, ColumnScaling?[] ofGroups) =>
        (Method, GroupColumn, _pooled, _ofGroups) = (method, groupColumn, pooled, ofGroups);

    /// <summary>The method.</summary>
    public Standardization Method { get; }

    /// <summary>The name of the column that holds the groups.</summary>
    public string GroupColumn { get; }

    /// <inheritdoc/>
    public override string Name => $"{Method}ByGroup";

    /// <inheritdoc/>
    public override StageRole Role => StageRole.Scaling;

    /// <inheritdoc/>
    public override int InputDimension => _pooled.Dimension + 1;

    /// <inheritdoc/>
    public override int OutputDimension => _pooled.Dimension;

    /// <inheritdoc/>
    /// <remarks>Always 0, because nothing is random.</remarks>
    public override int Seed => 0;

    /// <inheritdoc/>
    public override string Settings => StageSettings.TextOf(
        new StageSettings.Setting("Standardize", Method),
        new StageSettings.Setting("StandardizeBy", Quotation.ArgumentOf(GroupColumn)));

    /// <inheritdoc/>
    public override string? WhyNoInverse =>
        $"{Name} has no inverse transform: a number of its output means another one in each group, and the output does not contain the "
            + "group.";

    /// <summary>Scales rows within their groups.</summary>
    /// <param name="input">The rows to fit to. The first column holds the codes of the groups of the data set.</param>
    /// <param name="method">The method; not None.</param>
    /// <param name="execution">Threads, cancellation, warnings and explanations.</param>
    /// <returns>The embedding with one more stage.</returns>
    /// <exception cref="N2DException">
    /// A value is NaN or infinite (<c>NotFinite</c>), or more than half of the rows are alone in their group
    /// (<c>GroupsOfOneRow</c>).
    /// </exception>
    public static Embedding Apply(Embedding input, Standardization method, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(execution);
        var clock = Stopwatch.StartNew();
        var dataset = input.GetDataset();
        var groupColumn = dataset.GetSourceColumnNames()[0];
        var rows = input.GetRawRows(execution);
        rows.ThrowIfNotFinite();
        var groups = GroupedRows.Of(rows, dataset.Raw.Categories![0]!, execution with { Progress = null });
        var messages = new GroupMessages(dataset, groupColumn, groups, execution);
        messages.ThrowIfOfOneRow();
        messages.WarnOfSmall();
        messages.WarnOfCase(groups.Present(), groups.Present());
        var constantCount = 0;
        var ofGroups = new ColumnScaling?[groups.Names.Count];
        foreach (var group in groups.Present())
        {
            (ofGroups[group], var constantColumns) = FitTo(rows.Select(groups.Rows[group]), method, execution);
            constantCount += constantColumns > 0 ? 1 : 0;
        }

        var pooled = FitTo(rows, method, execution).Scaling;
        var fitted = new GroupStandardizer(method, groupColumn, pooled, ofGroups) { Seconds = 0 };
        messages.Explain(method, fitted.Name, constantCount);
        var scaled = fitted.Transform(rows, execution);
        return input.Append(
            new GroupStandardizer(method, groupColumn, pooled, ofGroups) { Seconds = clock.Elapsed.TotalSeconds }, scaled);
    }

    /// <inheritdoc/>
    /// <remarks>Rows of groups without figures are scaled by those of all rows of the fit. See <see cref="For"/>.</remarks>
    public override Matrix Transform(Matrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        ArgumentNullException.ThrowIfNull(execution);
        rows.ThrowIfNotFinite();
        var dimension = OutputDimension;
        var scaled = GC.AllocateUninitializedArray<float>(rows.RowCount * dimension);
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            var wide = new double[dimension];
            for (var row = start; row < end; row++)
            {
                var values = rows.Row(row);
                (ScalingOf(values[0]) ?? _pooled).Apply(values[1..], wide, scaled.AsSpan(row * dimension, dimension));
            }
        });
        return Matrix.Own(scaled, dimension);
    }

    /// <inheritdoc/>
    public override Embedding Refit(Embedding input, int seed, Execution execution) => Apply(input, Method, execution);

    /// <inheritdoc/>
    internal override IReadOnlyList<string> NamesOf(IReadOnlyList<string> names) => [.. names.Skip(1)];

    /// <summary>Adds the figures of groups that were not in the fit, from their own rows. Warns of these groups.</summary>
    internal override FittedStage For(Dataset dataset, Func<Matrix, Matrix> before, Execution execution)
    {
        var groups = dataset.Raw is { IsGrouped: true, Categories: [{ } names, ..] } ? names : [];
        if (!Enumerable.Range(0, groups.Count).Any(group => ScalingOf(group) is null))
        {
            return this;
        }

        var raw = dataset.GetRawMatrix();
        var grouped = GroupedRows.Of(raw, groups, execution with { Progress = null });
        int[] unseen = [.. grouped.Present().Where(group => ScalingOf(group) is null)];
        if (unseen.Length == 0)
        {
            return this;
        }

        var ofGroups = new ColumnScaling?[groups.Count];
        _ofGroups.AsSpan(0, Math.Min(_ofGroups.Length, ofGroups.Length)).CopyTo(ofGroups);
        foreach (var group in unseen.Where(group => grouped.CountOf(group) >= MinRows))
        {
            var rows = before(raw.Select(grouped.Rows[group]));
            rows.ThrowIfNotFinite();
            ofGroups[group] = FitTo(rows, Method, execution).Scaling;
        }

        var messages = new GroupMessages(dataset, GroupColumn, grouped, execution);
        messages.WarnOfUnseen(unseen);
        messages.WarnOfCase(unseen, Enumerable.Range(0, groups.Count).Where(group => ofGroups[group] is not null).Union(unseen));
        return new GroupStandardizer(Method, GroupColumn, _pooled, ofGroups) { Seconds = Seconds };
    }

    void IModelPart<GroupStandardizer>.Write(ModelPartWriter part)
    {
        var (dimension, count) = (_pooled.Dimension, _ofGroups.Length);
        part.Set("method", Method);
        part.Set("groupColumn", GroupColumn);

        // Groups without rows have no figures.
        part.Set("empty", Enumerable.Range(0, count).Where(group => _ofGroups[group] is null).ToArray());
        part.Add<double>("offsets", _pooled.Offsets, dimension);
        part.Add<double>("scales", _pooled.Scales, dimension);
        part.Add<double>("groupOffsets", Joined(_ofGroups, scaling => scaling.Offsets), count, dimension);
        part.Add<double>("groupScales", Joined(_ofGroups, scaling => scaling.Scales), count, dimension);

        double[] Joined(ColumnScaling?[] ofGroups, Func<ColumnScaling, double[]> figures) =>
            [.. ofGroups.SelectMany(scaling => scaling is null ? Enumerable.Repeat(1.0, dimension) : figures(scaling))];
    }

    static GroupStandardizer IModelPart<GroupStandardizer>.Read(ModelPartReader part)
    {
        var (method, groupColumn) = (part.Get<Standardization>("method"), part.Get<string>("groupColumn"));
        var (dimension, count) = (part.SizeOf("offsets", rank: 1), part.SizeOf("groupOffsets"));
        var pooled = new ColumnScaling(part.GetArray<double>("offsets", dimension), part.GetArray<double>("scales", dimension));
        var (offsets, scales) =
            (part.GetArray<double>("groupOffsets", count, dimension), part.GetArray<double>("groupScales", count, dimension));
        var empty = part.Get<int[]>("empty");
        if (method == Standardization.None || dimension < 1 || count < 1 || !pooled.Scales.Concat(scales).All(scale => scale > 0)
            || empty.Any(group => (uint)group >= (uint)count))
        {
            throw part.Corrupt("it has no method or no groups, or a scale that is not positive");
        }

        var ofGroups = new ColumnScaling?[count];
        foreach (var group in Enumerable.Range(0, count).Except(empty))
        {
            var range = new Range(group * dimension, (group + 1) * dimension);
            ofGroups[group] = new ColumnScaling(offsets[range], scales[range]);
        }

        return new GroupStandardizer(method, groupColumn, pooled, ofGroups) { Seconds = part.Seconds };
    }

    /// <summary>The scaling of a group; null if the fit has no rows of it.</summary>
    private ColumnScaling? ScalingOf(float code) => code >= 0 && code < _ofGroups.Length ? _ofGroups[(int)code] : null;

    /// <summary>Fits a scaling to all columns but that of the groups.</summary>
    private static (ColumnScaling Scaling, int ConstantCount) FitTo(Matrix rows, Standardization method, Execution execution) =>
        ColumnScaling.Fit(rows, method, execution, firstColumn: 1);
}
