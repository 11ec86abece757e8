using System.Runtime.CompilerServices;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Manifolds;

/// <summary>Groups of identical rows. Each group is represented by its first row, in the order of first rows.</summary>
internal sealed class DistinctRows
{
    private const int RowsPerBlock = 4096;

    private static readonly ConditionalWeakTable<Matrix, DistinctRows> OfMatrices = [];

    private readonly int[] _first;
    private readonly int[] _groups;

    private DistinctRows(Matrix rows, int[] first, int[] groups)
    {
        (_first, _groups) = (first, groups);
        Rows = first.Length == groups.Length ? rows : rows.Select(first);
    }

    /// <summary>The number of groups, u.</summary>
    public int Count => _first.Length;

    /// <summary>The number of rows, n.</summary>
    public int RowCount => _groups.Length;

    /// <summary>The first row of each group, u x d; the matrix itself if all rows are distinct.</summary>
    public Matrix Rows { get; }

    /// <summary>The group of each row, n numbers from 0.</summary>
    public int[] Groups => _groups;

    /// <summary>
    /// Finds the groups. The result is cached as long as the matrix exists, so that later fits share the neighbors of its rows.
    /// </summary>
    /// <param name="rows">n x d finite values.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static DistinctRows Of(Matrix rows, Execution execution)
    {
        if (!OfMatrices.TryGetValue(rows, out var distinct))
        {
            distinct = OfMatrices.GetValue(rows, matrix => Find(matrix, execution));
        }

        return distinct;
    }

    /// <summary>The group of a row.</summary>
    public int GroupOf(int row) => _groups[row];

    /// <summary>The first row of each group.</summary>
    /// <param name="ofRows">n rows.</param>
    public Matrix FirstOf(Matrix ofRows) => Count == RowCount ? ofRows : ofRows.Select(_first);

    /// <summary>The class of each group: the first known one.</summary>
    /// <param name="labels">n classes.</param>
    public Labels FirstOf(Labels labels)
    {
        if (Count == RowCount)
        {
            return labels;
        }

        var codes = new int[Count];
        Array.Fill(codes, Labels.Unknown);
        for (var row = 0; row < RowCount; row++)
        {
            ref var code = ref codes[_groups[row]];
            code = code == Labels.Unknown ? labels.Codes[row] : code;
        }

        return new Labels(codes, labels.ClassNames);
    }

    /// <summary>
    /// The optional inputs of a fit to the distinct rows: of each group the first initial coordinates, the first known label and the mean
    /// target.
    /// </summary>
    /// <param name="context">Those of all n rows; it has no neighbors.</param>
    public ManifoldContext ContextOf(ManifoldContext context) => new()
    {
        InitialLayout = context.InitialLayout is null ? null : FirstOf(context.InitialLayout),
        Labels = context.Labels is null ? null : FirstOf(context.Labels),
        Targets = context.Targets?.MeanOf(this),
    };

    private static DistinctRows Find(Matrix rows, Execution execution)
    {
        var hashes = new long[rows.RowCount];
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                hashes[row] = RowHash.Of(rows.Row(row));
            }
        });

        // Groups with the same hash form a chain, newest first.
        var newest = new Dictionary<long, int>(rows.RowCount);
        var (first, before, groups) = (new List<int>(rows.RowCount), new List<int>(rows.RowCount), new int[rows.RowCount]);
        for (var row = 0; row < groups.Length; row++)
        {
            var last = newest.GetValueOrDefault(hashes[row], -1);
            var group = last;
            while (group >= 0 && !rows.Row(first[group]).SequenceEqual(rows.Row(row)))
            {
                group = before[group];
            }

            if (group < 0)
            {
                group = first.Count;
                newest[hashes[row]] = group;
                first.Add(row);
                before.Add(last);
            }

            groups[row] = group;
        }

        return new DistinctRows(rows, [.. first], groups);
    }
}
