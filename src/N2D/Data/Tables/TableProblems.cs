using System.Globalization;

namespace N2D.Data;

/// <summary>The cells and rows of a table that cannot be used: the first ten are listed, and the others counted, so that a file can be repaired in one go.</summary>
/// <param name="source">The table.</param>
internal sealed class TableProblems(TableSource source)
{
    /// <summary>What stands in a remedy for the names of all columns with such a problem.</summary>
    public const string Columns = "<columns>";

    /// <summary>What stands in a remedy for the texts of all cells with such a problem.</summary>
    public const string Texts = "<texts>";

    private const int Most = 10;
    private const int MostTexts = 3;

    private readonly List<(string Id, string Place, string Remedy, string? Column, string? Text)> _first = [];
    private long _count;

    /// <summary>Whether there are so many problems that no more need be described.</summary>
    public bool IsFull => _count >= Most;

    /// <summary>Notes a problem.</summary>
    /// <param name="id">Its error id.</param>
    /// <param name="place">Where it is and what is wrong, without a full stop.</param>
    /// <param name="remedy">What to do, as a sentence; the same remedy of several problems is given once.</param>
    /// <param name="column">The name of the column; null of a whole row.</param>
    /// <param name="text">The text of the cell; null of a whole row.</param>
    public void Add(string id, Func<string> place, Func<string> remedy, string? column = null, string? text = null)
    {
        if (_count++ < Most)
        {
            _first.Add((id, place(), remedy(), column, text));
        }
    }

    /// <summary>Throws one error of all problems; its id is that of the first.</summary>
    /// <exception cref="N2DException">There are problems.</exception>
    public void ThrowIfAny()
    {
        if (_count == 0)
        {
            return;
        }

        var remedies = string.Join(" ", _first.GroupBy(problem => problem.Remedy).Select(Completed));
        if (_count == 1)
        {
            throw source.Invalid(_first[0].Id, $", {_first[0].Place}. {remedies}");
        }

        var noun = source.RowNoun == "line" ? "cells or lines" : "cells";
        var places = string.Join("; ", _first.Select(problem => problem.Place));
        var others = _count > _first.Count ? string.Create(CultureInfo.InvariantCulture, $"; and {_count - _first.Count} more") : "";
        throw source.Invalid(_first[0].Id, string.Create(CultureInfo.InvariantCulture, $" has {_count} {noun} that cannot be used: {places}{others}. {remedies}"));
    }

    private static string Completed(IGrouping<string, (string Id, string Place, string Remedy, string? Column, string? Text)> problems)
    {
        string[] columns = [.. problems.Select(problem => problem.Column).OfType<string>().Distinct()];
        string[] texts = [.. problems.Select(problem => problem.Text).OfType<string>().Distinct().Take(MostTexts)];
        return problems.Key.Replace(Columns, Quotation.ArgumentsOf(columns), StringComparison.Ordinal).Replace(Texts, Quotation.ArgumentsOf(texts), StringComparison.Ordinal);
    }
}
