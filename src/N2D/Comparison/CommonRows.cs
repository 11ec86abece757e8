namespace N2D.Comparison;

/// <summary>The rows that two partitions have in common.</summary>
/// <param name="Reference">The positions of these rows in the first partition.</param>
/// <param name="Difference">Their positions in the second one.</param>
internal sealed record CommonRows(int[] Reference, int[] Difference)
{
    private const int RowsPerCheck = 65_536;

    /// <summary>Whether the rows of two partitions are matched by their ids.</summary>
    /// <param name="reference">The first partition.</param>
    /// <param name="difference">The second one.</param>
    public static bool AreById(Partition reference, Partition difference) => reference.Ids is not null && difference.Ids is not null;

    /// <summary>Finds the rows by their ids if both partitions have ids, otherwise by their index in the source.</summary>
    /// <param name="reference">The first partition. It determines the order of the rows.</param>
    /// <param name="difference">The second one.</param>
    /// <param name="token">Cancels the work.</param>
    /// <exception cref="N2DException">
    /// Two rows have the same id or index (<c>DuplicateRow</c>), or no row is in both (<c>NoCommonRows</c>).
    /// </exception>
    public static CommonRows Of(Partition reference, Partition difference, CancellationToken token)
    {
        var common = AreById(reference, difference)
            ? Join((reference.Ids!, reference.Name), (difference.Ids!, difference.Name), "id", token)
            : Join((PlacesOf(reference), reference.Name), (PlacesOf(difference), difference.Name), "index", token);
        return common.Reference.Length > 0 ? common : throw new N2DException(
            "NoCommonRows",
            ErrorKind.InvalidData,
            "The two clusterings have no row in common: no id or index occurs in both. Compare clusterings of the same data.");
    }

    private static CommonRows Join<TKey>(
        (TKey[] Keys, string Name) first, (TKey[] Keys, string Name) second, string kind, CancellationToken token)
        where TKey : notnull
    {
        var (reference, difference) = (first.Keys, second.Keys);

        // The usual case: two clusterings of the same data set. Its ids may repeat.
        if (reference.AsSpan().SequenceEqual(difference))
        {
            int[] all = [.. Enumerable.Range(0, reference.Length)];
            return new CommonRows(all, all);
        }

        // Positions of the reference are not needed, but its keys must not repeat either.
        _ = PositionsOf(reference, first.Name, kind, token);
        var positions = PositionsOf(difference, second.Name, kind, token);
        var (referenceRows, differenceRows) = (new List<int>(), new List<int>());
        for (var row = 0; row < reference.Length; row++)
        {
            if (positions.TryGetValue(reference[row], out var other))
            {
                referenceRows.Add(row);
                differenceRows.Add(other);
            }
        }

        return new CommonRows([.. referenceRows], [.. differenceRows]);
    }

    private static Dictionary<TKey, int> PositionsOf<TKey>(TKey[] keys, string name, string kind, CancellationToken token)
        where TKey : notnull
    {
        var positions = new Dictionary<TKey, int>(keys.Length);
        for (var row = 0; row < keys.Length; row++)
        {
            if (row % RowsPerCheck == 0)
            {
                token.ThrowIfCancellationRequested();
            }

            if (!positions.TryAdd(keys[row], row))
            {
                throw new N2DException(
                    "DuplicateRow",
                    ErrorKind.InvalidData,
                    $"Rows {positions[keys[row]] + 1} and {row + 1} of the clustering {Quotation.Of(name)} have the same {kind}, "
                        + $"{Quotation.Of($"{keys[row]}")}. To compare clusterings of different rows, each {kind} must occur once.",
                    keys[row]);
            }
        }

        return positions;
    }

    private static int[] PlacesOf(Partition partition) => partition.Places ?? [.. Enumerable.Range(0, partition.RowCount)];
}
