namespace N2D.Profiles;

/// <summary>Compares the columns of each group of rows with all other rows.</summary>
internal static class ColumnComparison
{
    /// <summary>Compares each group with the others.</summary>
    /// <param name="columns">The statistics of the columns.</param>
    /// <param name="clusters">The number of the cluster of each group.</param>
    /// <param name="names">The name of the cluster of each group; null for none.</param>
    /// <param name="token">Cancels the work.</param>
    /// <returns>The comparisons of each group, the largest difference first; equal ones in the order of the columns.</returns>
    public static ColumnProfile[][] Of(
        ColumnGroups columns, IReadOnlyList<int> clusters, IReadOnlyList<string?> names, CancellationToken token)
    {
        List<ColumnProfile>[] profiles = [.. Enumerable.Range(0, columns.GroupCount).Select(_ => new List<ColumnProfile>())];
        for (var place = 0; place < columns.ColumnCount; place++)
        {
            token.ThrowIfCancellationRequested();
            if (columns.CategoriesOf(place) is { } categories)
            {
                AddCategories(profiles, columns, place, categories, clusters, token);
            }
            else
            {
                AddNumbers(profiles, columns, place, clusters);
            }
        }

        return [.. profiles.Select((profile, group) => Ranked(profile, names[group], token))];
    }

    private static ColumnProfile[] Ranked(List<ColumnProfile> profile, string? name, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        return
        [
            .. profile
                .OrderByDescending(column => column.Strength)
                .ThenByDescending(column => column.EffectSize > 0)
                .Select((column, place) => column with { Name = name, Rank = place + 1 }),
        ];
    }

    private static void AddNumbers(List<ColumnProfile>[] profiles, ColumnGroups columns, int place, IReadOnlyList<int> clusters)
    {
        var groups = columns.MomentsOf(place);
        var others = OthersOf(groups);
        for (var group = 0; group < groups.Length; group++)
        {
            var (own, other) = (groups[group], others[group]);
            profiles[group].Add(new ColumnProfile
            {
                Cluster = clusters[group],
                Column = columns.NameOf(place),
                RowCount = own.Count,
                OtherRowCount = other.Count,
                Mean = own.Count > 0 ? own.Mean : null,
                OtherMean = other.Count > 0 ? other.Mean : null,
                StandardDeviation = own.StandardDeviation,
                OtherStandardDeviation = other.StandardDeviation,
                EffectSize = EffectSize.CohenD(own, other),
                Measure = EffectMeasure.CohenD,
            });
        }
    }

    /// <summary>The moments of all groups but one, for each group.</summary>
    private static Moments[] OthersOf(Moments[] groups)
    {
        // Sums from both ends, not the difference from the total, which would cancel.
        var after = new Moments[groups.Length + 1];
        for (var group = groups.Length - 1; group >= 0; group--)
        {
            after[group] = groups[group] + after[group + 1];
        }

        var (others, before) = (new Moments[groups.Length], default(Moments));
        for (var group = 0; group < groups.Length; group++)
        {
            others[group] = before + after[group + 1];
            before += groups[group];
        }

        return others;
    }

    private static void AddCategories(
        List<ColumnProfile>[] profiles,
        ColumnGroups columns,
        int place,
        IReadOnlyList<string> categories,
        IReadOnlyList<int> clusters,
        CancellationToken token)
    {
        var known = columns.KnownCountsOf(place);
        var knownTotal = known.Sum();
        for (var category = 0; category < categories.Count; category++)
        {
            token.ThrowIfCancellationRequested();
            var total = Enumerable.Range(0, known.Length).Sum(group => columns.CountOf(place, group, category));
            for (var group = 0; group < known.Length; group++)
            {
                var count = columns.CountOf(place, group, category);
                var (share, otherShare) = (ShareOf(count, known[group]), ShareOf(total - count, knownTotal - known[group]));
                profiles[group].Add(new ColumnProfile
                {
                    Cluster = clusters[group],
                    Column = columns.NameOf(place),
                    Category = categories[category],
                    RowCount = known[group],
                    OtherRowCount = knownTotal - known[group],
                    Share = share,
                    OtherShare = otherShare,
                    Lift = share / ShareOf(total, knownTotal) is { } lift && double.IsFinite(lift) ? lift : null,
                    EffectSize = share is { } own && otherShare is { } other ? EffectSize.CohenH(own, other) : null,
                    Measure = EffectMeasure.CohenH,
                });
            }
        }
    }

    private static double? ShareOf(int count, int total) => total > 0 ? (double)count / total : null;
}
