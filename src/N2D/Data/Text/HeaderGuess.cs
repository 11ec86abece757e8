namespace N2D.Data;

/// <summary>The decision about the first record.</summary>
/// <param name="IsHeader">Whether it holds the names of the columns.</param>
/// <param name="IsClear">Whether all evidence agrees.</param>
/// <param name="Reason">The evidence, as a clause.</param>
internal readonly record struct HeaderVerdict(bool IsHeader, bool IsClear, string Reason);

/// <summary>Guesses whether the first record of a table is its header.</summary>
internal static class HeaderGuess
{
    /// <summary>The number of columns between two checks for cancellation. Each has about a hundred cells.</summary>
    private const int ColumnsPerCheck = 1 << 12;

    /// <summary>Decides whether the first record is a header.</summary>
    /// <param name="first">The first record.</param>
    /// <param name="rows">The records below, of any length. A hundred are enough.</param>
    /// <param name="cancellation">Cancels the work.</param>
    public static HeaderVerdict Guess(IReadOnlyList<string> first, IReadOnlyList<string[]> rows, CancellationToken cancellation)
    {
        var columns = new FirstCell[first.Count];
        for (var column = 0; column < columns.Length; column++)
        {
            if (column % ColumnsPerCheck == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            columns[column] = new FirstCell(first[column], rows, column);
        }

        FirstCell[] words = [.. columns.Where(column => column.IsWord)];
        if (columns.Any(column => column.IsBoolean))
        {
            return new(false, !words.Any(word => word.IsOverNumbers), "it contains true or false");
        }

        var numbers = Enumerable.Range(0, columns.Length).Where(column => columns[column].IsNumber).ToArray();
        if (numbers.Length == 0)
        {
            return OfWords(words, columns);
        }

        var hasCompany = words.Length > 0 || first[0].Length == 0;
        string[] names = [.. numbers.Select(column => first[column])];
        string[][] below = [.. rows.Where(row => row.Length >= first.Count).Select(row => numbers.Select(column => row[column]).ToArray())];
        var evidence = NumberNames.Judge(names, below, hasCompany);
        return words.Length == 0 ? OfNumbers(first, evidence) : OfBoth(words, columns.Length, evidence, IsWholeOverFractions(names, below));
    }

    private static HeaderVerdict OfWords(FirstCell[] words, FirstCell[] columns)
    {
        if (words.Length == 0)
        {
            return new(false, true, "it contains no words");
        }

        if (words.Any(word => word.IsOverNumbers))
        {
            return new(true, true, "it has words above numbers");
        }

        if (words.Any(word => word.Recurs))
        {
            return new(false, !words.Any(word => HeaderWords.Contains(word.Cell)), "its words occur again below");
        }

        if (words.Any(word => word.IsLikeValues))
        {
            return new(false, false, "its words look like those below");
        }

        return new(true, !columns.Any(column => column.IsMissingMark), "it contains only words, and none of them occurs again below");
    }

    private static HeaderVerdict OfNumbers(IReadOnlyList<string> first, NumberNameEvidence evidence)
    {
        if (evidence >= NumberNameEvidence.Likely)
        {
            return new(
                true,
                evidence == NumberNameEvidence.Certain,
                "its numbers form a series such as counters or years, and those below do not");
        }

        // Data frames have an empty name above their index.
        var hasIndex = first[0].Length == 0 && first.Skip(1).All(NumberNames.IsWhole);
        return hasIndex && evidence == NumberNameEvidence.Possible && IsCounting(first)
            ? new(true, true, "it counts the columns and leaves the first one unnamed")
            : new(false, true, "it contains only numbers");
    }

    private static HeaderVerdict OfBoth(FirstCell[] words, int columnCount, NumberNameEvidence evidence, bool isWholeOverFractions)
    {
        var overNumbers = words.Count(word => word.IsOverNumbers);
        var recurs = words.Any(word => word.Recurs);
        var isUsual = words.Any(word => HeaderWords.Contains(word.Cell));
        if (overNumbers == 0 && (recurs || (words.Any(word => word.IsLikeValues) && evidence < NumberNameEvidence.Certain)))
        {
            return new(false, evidence < NumberNameEvidence.Likely, "its words look like those below");
        }

        if (evidence >= NumberNameEvidence.Likely)
        {
            return new(true, true, "its numbers form a series such as counters or years, and those below do not");
        }

        if (2 * overNumbers > columnCount)
        {
            return new(true, evidence == NumberNameEvidence.Possible, "most of its cells are words above numbers");
        }

        if (evidence == NumberNameEvidence.Possible)
        {
            return overNumbers > 0 ? new(true, isUsual, "it has a word above numbers, and its numbers may be names")
                : isUsual ? new(true, false, "it has a usual name above text, and its numbers may be names")
                : words.Any(word => word.IsAboveGroups) && isWholeOverFractions
                    ? new(true, false, "its words do not occur below, and its numbers have no fractions")
                : new(false, true, "its numbers are like those below");
        }

        return isUsual && overNumbers == 0
            ? new(true, false, "it has a usual name above text")
            : new(false, overNumbers == 0, "its numbers do not look like names");
    }

    private static bool IsCounting(IReadOnlyList<string> first) =>
        first.Skip(1).Select((cell, at) => cell == $"{at}" || cell == $"{at + 1}").All(isCount => isCount);

    private static bool IsWholeOverFractions(string[] names, string[][] below) =>
        names.All(NumberNames.IsWhole) && NumberNames.FractionShare(below) >= 0.9;
}
