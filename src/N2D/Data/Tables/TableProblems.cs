using System.Globalization;

namespace N2D.Data;

/// <summary>
/// Collects the cells and rows of a table that cannot be used, so that one error reports all of them. The error lists the first ten and
/// counts the others.
/// </summary>
/// <param name="source">The table.</param>
internal sealed class TableProblems(TableSource source)
{
    /// <summary>A placeholder in a remedy for the names of all columns with the problem.</summary>
    public const string Columns = "<columns>";

    /// <summary>A placeholder in a remedy for the texts of all cells with the problem.</summary>
    public const string Texts = "<texts>";

    private const int MaxDescribed = 10;
    private const int MaxTexts = 3;

    private readonly List<Problem> _first = [];
    private long _count;

    /// <summary>Whether further problems are only counted, not described.</summary>
    public bool IsFull => _count >= MaxDescribed;

    /// <summary>Adds a problem.</summary>
    /// <param name="id">The id of the error.</param>
    /// <param name="place">Where the problem is and what is wrong, without a period at the end.</param>
    /// <param name="remedy">What to do, as sentences. If several problems have the same remedy, the error contains it once.</param>
    /// <param name="column">The name of the column; null for a problem of a whole row.</param>
    /// <param name="text">The text of the cell; null for a problem of a whole row.</param>
    public void Add(string id, Func<string> place, Func<Advice> remedy, string? column = null, string? text = null)
    {
        if (_count++ < MaxDescribed)
        {
            _first.Add(new Problem(id, place(), remedy(), column, text));
        }
    }

    /// <summary>Throws one error for all problems. Its id is that of the first one.</summary>
    /// <exception cref="N2DException">There are problems.</exception>
    public void ThrowIfAny()
    {
        if (_count == 0)
        {
            return;
        }

        var remedies = string.Join(" ", _first.GroupBy(problem => problem.Remedy.Text).Select(Complete));
        string[] options = [.. _first.SelectMany(problem => problem.Remedy.Options).Distinct()];
        if (_count == 1)
        {
            throw source.Invalid(_first[0].Id, $", {_first[0].Place}. {remedies}", options);
        }

        var noun = source.RowNoun == "line" ? "cells or lines" : "cells";
        var places = string.Join("; ", _first.Select(problem => problem.Place));
        var others = _count > _first.Count ? string.Create(CultureInfo.InvariantCulture, $"; and {_count - _first.Count} more") : "";
        throw source.Invalid(
            _first[0].Id,
            string.Create(CultureInfo.InvariantCulture, $" has {_count} {noun} that cannot be used: {places}{others}. {remedies}"),
            options);
    }

    /// <summary>Replaces the placeholders in the remedy of some problems.</summary>
    private static string Complete(IGrouping<string, Problem> problems)
    {
        string[] columns = [.. problems.Select(problem => problem.Column).OfType<string>().Distinct()];
        string[] texts = [.. problems.Select(problem => problem.Text).OfType<string>().Distinct().Take(MaxTexts)];
        return problems.Key
            .Replace(Columns, Quotation.ArgumentsOf(columns), StringComparison.Ordinal)
            .Replace(Texts, Quotation.ArgumentsOf(texts), StringComparison.Ordinal);
    }

    private sealed record Problem(string Id, string Place, Advice Remedy, string? Column, string? Text);
}
