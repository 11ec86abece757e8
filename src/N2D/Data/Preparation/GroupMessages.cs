using System.Globalization;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>The messages of scaling within groups.</summary>
/// <param name="dataset">The data set.</param>
/// <param name="column">The name of the column that holds the groups.</param>
/// <param name="groups">The rows of each group.</param>
/// <param name="execution">Warnings and explanations.</param>
internal sealed class GroupMessages(Dataset dataset, string column, GroupedRows groups, Execution execution)
{
    private const int MaxExamples = 5;

    /// <summary>Rejects a column of numbers or ids: the values of a row that is alone in its group become 0.</summary>
    /// <exception cref="N2DException">More than half of the rows are alone in their group (<c>GroupsOfOneRow</c>).</exception>
    public void ThrowIfOfOneRow()
    {
        const string Group = nameof(TableOptions.GroupColumn);
        var single = groups.Rows.Count(rows => rows.Length == 1);
        if (dataset.RowCount > 1 && 2 * single > dataset.RowCount)
        {
            throw new N2DException(
                "GroupsOfOneRow",
                ErrorKind.InvalidData,
                $"{dataset.Title}: {single} of {dataset.RowCount} rows are alone in their group in column {Quotation.Of(column)}, so all "
                    + $"their values would become 0. Set {Group} to a column that several rows share.",
                dataset)
            { Options = [Group] };
        }
    }

    /// <summary>Warns of the groups of a fit that have few rows.</summary>
    public void WarnOfSmall()
    {
        int[] present = [.. groups.Present()];
        int[] small = [.. present.Where(group => groups.CountOf(group) < GroupStandardizer.MinRows)];
        if (small.Length > 0)
        {
            execution.Warn?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"{dataset.Title}: {small.Length} of {Quantity.Of(present.Length, "group")} in column {Quotation.Of(column)} "
                    + $"{(small.Length == 1 ? "has" : "have")} fewer than {GroupStandardizer.MinRows} rows, so their scaling is uncertain: "
                    + $"{Listed(small)}."));
        }
    }

    /// <summary>Warns of groups that were not in the fit.</summary>
    /// <param name="unseen">The codes of these groups.</param>
    public void WarnOfUnseen(int[] unseen)
    {
        var byRows = unseen.ToLookup(group => groups.CountOf(group) >= GroupStandardizer.MinRows);
        var parts = new List<string>();
        if (byRows[true].Any())
        {
            parts.Add(
                $"Scaled by their own rows: {Listed([.. byRows[true]])}. This assumes the same mix of clusters as in the training rows.");
        }

        if (byRows[false].Any())
        {
            parts.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Scaled by all training rows, because they have fewer than {GroupStandardizer.MinRows} rows, so their clusters are "
                    + $"uncertain: {Listed([.. byRows[false]])}."));
        }

        execution.Warn?.Invoke(
            $"{dataset.Title}: the model was not fitted to {Quantity.Of(unseen.Length, "group")} in column {Quotation.Of(column)}. "
                + string.Join(" ", parts));
    }

    /// <summary>
    /// Warns of groups whose names differ in case only. They stay separate, because the names of machines and batches can differ so, but
    /// PowerShell compares text without regard to case, and two spellings of one group are likely.
    /// </summary>
    /// <param name="among">The codes of the groups to check.</param>
    /// <param name="others">The codes of the groups to compare them with. They include the groups to check.</param>
    public void WarnOfCase(IEnumerable<int> among, IEnumerable<int> others)
    {
        var wanted = among.ToHashSet();
        string[] alike =
        [
            .. others.GroupBy(group => groups.Names[group], StringComparer.OrdinalIgnoreCase)
                .Where(same => same.Skip(1).Any() && same.Any(wanted.Contains))
                .Select(same => string.Join(" and ", same.Select(group => Quotation.Of(groups.Names[group])))),
        ];
        if (alike.Length > 0)
        {
            execution.Warn?.Invoke(
                $"{dataset.Title}: column {Quotation.Of(column)} has groups whose names differ in case only, and each is scaled on its "
                    + $"own: {string.Join(", ", alike.Take(MaxExamples))}{MoreThan(alike.Length)}. If they are the same group, write "
                    + "its name in one way.");
        }
    }

    /// <summary>Explains a fit.</summary>
    /// <param name="method">The scaling.</param>
    /// <param name="name">The name of the stage.</param>
    /// <param name="constantCount">The number of groups in which a column holds a single value.</param>
    public void Explain(Standardization method, string name, int constantCount)
    {
        const string Group = nameof(TableOptions.GroupColumn), Standardize = nameof(PreparationOptions.Standardize);
        int[] sizes = [.. groups.Present().Select(groups.CountOf)];
        var constant = constantCount == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" In {constantCount} of them, a column holds a single value and becomes 0.");
        var explanation = string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {Quantity.Of(sizes.Length, "group")} in column {Quotation.Of(column)}, "
                + $"{(sizes.Min() == sizes.Max() ? "" : $"{sizes.Min()} to ")}{Quantity.Of(sizes.Max(), "row")} each.{constant}");
        if (sizes.Length > 1)
        {
            execution.Explain?.Invoke(explanation);
        }
        else
        {
            execution.ExplainChoice(
                $"{explanation} With a single group, {Group} has no effect on these rows: the result is that of {Standardize} {method} "
                    + "alone.",
                Group,
                Standardize);
        }
    }

    private string Listed(int[] selected) =>
        string.Join(
            ", ",
            selected.Take(MaxExamples).Select(group =>
                $"{Quotation.Of(groups.Names[group])} ({Quantity.Of(groups.CountOf(group), "row")})"))
            + MoreThan(selected.Length);

    private static string MoreThan(int count) =>
        count > MaxExamples ? string.Create(CultureInfo.InvariantCulture, $" and {count - MaxExamples} more") : "";
}
