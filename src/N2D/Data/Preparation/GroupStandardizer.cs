using System.Diagnostics;
using System.Globalization;
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
    private const int MaxExamples = 5;

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
    /// A value is NaN or infinite (<c>NotFinite</c>), or every group has a single row (<c>GroupsOfOneRow</c>).
    /// </exception>
    public static Embedding Apply(Embedding input, Standardization method, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(execution);
        var clock = Stopwatch.StartNew();
        var dataset = input.GetDataset();
        var (groupColumn, groups) = (dataset.GetSourceColumnNames()[0], dataset.Raw.Categories![0]!);
        var rows = input.GetRawRows(execution);
        rows.ThrowIfNotFinite();
        var rowsOf = RowsOfGroups(rows, groups.Count);
        ThrowIfOfOneRow(dataset, groupColumn, rowsOf);
        WarnOfSmall(dataset, groupColumn, groups, rowsOf, execution);
        var isConstant = 0;
        var ofGroups = new ColumnScaling?[groups.Count];
        for (var group = 0; group < ofGroups.Length; group++)
        {
            if (rowsOf[group].Count > 0)
            {
                (ofGroups[group], var constantCount) = ColumnScaling.Fit(NumbersOf(rows, rowsOf[group]), method, execution);
                isConstant += constantCount > 0 ? 1 : 0;
            }
        }

        var pooled = ColumnScaling.Fit(NumbersOf(rows, [.. Enumerable.Range(0, rows.RowCount)]), method, execution).Scaling;
        var fitted = new GroupStandardizer(method, groupColumn, pooled, ofGroups) { Seconds = 0 };
        Explain(fitted.Name, groupColumn, rowsOf, isConstant, execution);
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
        var raw = dataset.GetRawRows(execution);
        var rowsOf = RowsOfGroups(raw, groups.Count);
        int[] unseen = [.. Enumerable.Range(0, groups.Count).Where(group => rowsOf[group].Count > 0 && ScalingOf(group) is null)];
        if (unseen.Length == 0)
        {
            return this;
        }

        var ofGroups = new ColumnScaling?[groups.Count];
        _ofGroups.AsSpan(0, Math.Min(_ofGroups.Length, ofGroups.Length)).CopyTo(ofGroups);
        foreach (var group in unseen.Where(group => rowsOf[group].Count >= MinRows))
        {
            var rows = before(raw.Select([.. rowsOf[group]]));
            rows.ThrowIfNotFinite();
            ofGroups[group] = ColumnScaling.Fit(NumbersOf(rows, [.. Enumerable.Range(0, rows.RowCount)]), Method, execution).Scaling;
        }

        WarnOfUnseen(dataset, groups, rowsOf, unseen, execution);
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

    /// <summary>The numbers of the rows of each group.</summary>
    private static List<int>[] RowsOfGroups(Matrix rows, int groupCount)
    {
        List<int>[] rowsOf = [.. Enumerable.Range(0, groupCount).Select(_ => new List<int>())];
        for (var row = 0; row < rows.RowCount; row++)
        {
            if (rows[row, 0] is var code && code >= 0 && code < groupCount)
            {
                rowsOf[(int)code].Add(row);
            }
        }

        return rowsOf;
    }

    /// <summary>Copies the columns to scale of some rows.</summary>
    private static Matrix NumbersOf(Matrix rows, List<int> selected)
    {
        var dimension = rows.ColumnCount - 1;
        var values = GC.AllocateUninitializedArray<float>(selected.Count * dimension);
        for (var place = 0; place < selected.Count; place++)
        {
            rows.Row(selected[place])[1..].CopyTo(values.AsSpan(place * dimension));
        }

        return Matrix.Own(values, dimension);
    }

    /// <summary>Rejects a column that identifies the rows: all values would become 0.</summary>
    private static void ThrowIfOfOneRow(Dataset dataset, string groupColumn, List<int>[] rowsOf)
    {
        const string Group = nameof(TableOptions.GroupColumn);
        if (dataset.RowCount > 1 && rowsOf.All(ofGroup => ofGroup.Count <= 1))
        {
            throw new N2DException(
                "GroupsOfOneRow",
                ErrorKind.InvalidData,
                $"{dataset.Title}: column {Quotation.Of(groupColumn)} differs in every row, so every value would become 0 within its "
                    + $"group. Set {Group} to a column that several rows share.",
                dataset)
            { Options = [Group] };
        }
    }

    private static void WarnOfSmall(
        Dataset dataset, string groupColumn, IReadOnlyList<string> groups, List<int>[] rowsOf, Execution execution)
    {
        int[] small = [.. Enumerable.Range(0, groups.Count).Where(group => rowsOf[group].Count is > 0 and < MinRows)];
        if (small.Length > 0)
        {
            execution.Warn?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"{dataset.Title}: {small.Length} of {Quantity.Of(groups.Count, "group")} in column {Quotation.Of(groupColumn)} "
                    + $"{(small.Length == 1 ? "has" : "have")} fewer than {MinRows} rows, so their scaling is uncertain: "
                    + $"{Listed(groups, rowsOf, small)}."));
        }
    }

    private void WarnOfUnseen(Dataset dataset, IReadOnlyList<string> groups, List<int>[] rowsOf, int[] unseen, Execution execution)
    {
        int[] own = [.. unseen.Where(group => rowsOf[group].Count >= MinRows)];
        int[] pooled = [.. unseen.Except(own)];
        string[] parts =
        [
            .. own.Length == 0
                ? []
                : new[]
                {
                    $"Scaled by their own rows, as if these were mixed like the rows of the fit: {Listed(groups, rowsOf, own)}.",
                },
            .. pooled.Length == 0
                ? []
                : new[]
                {
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Scaled by all rows of the fit, because they have fewer than {MinRows} rows, so their clusters are uncertain: "
                            + $"{Listed(groups, rowsOf, pooled)}."),
                },
        ];
        execution.Warn?.Invoke(
            $"{dataset.Title}: the model was not fitted to {Quantity.Of(unseen.Length, "group")} in column {Quotation.Of(GroupColumn)}. "
                + string.Join(" ", parts));
    }

    private static string Listed(IReadOnlyList<string> groups, List<int>[] rowsOf, int[] selected) =>
        string.Join(
            ", ", selected.Take(MaxExamples).Select(group => $"{Quotation.Of(groups[group])} ({Quantity.Of(rowsOf[group].Count, "row")})"))
            + (selected.Length > MaxExamples
                ? string.Create(CultureInfo.InvariantCulture, $" and {selected.Length - MaxExamples} more")
                : "");

    private static void Explain(string name, string groupColumn, List<int>[] rowsOf, int constantCount, Execution execution)
    {
        int[] sizes = [.. rowsOf.Select(ofGroup => ofGroup.Count).Where(count => count > 0)];
        var constant = constantCount == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" In {constantCount} of them, a column holds a single value and becomes 0.");
        execution.Explain?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {Quantity.Of(sizes.Length, "group")} in column {Quotation.Of(groupColumn)}, "
                + $"{(sizes.Min() == sizes.Max() ? "" : $"{sizes.Min()} to ")}{Quantity.Of(sizes.Max(), "row")} each.{constant}"));
    }
}
