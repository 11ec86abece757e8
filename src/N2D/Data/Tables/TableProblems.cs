namespace N2D.Data;

/// <summary>The cells and rows of a table that cannot be used: the first ten are listed, and the others counted, so that a file can be repaired in one go.</summary>
/// <param name="source">The table.</param>
internal sealed class TableProblems(TableSource source)
{
    private const int Most = 10;

    private readonly List<(string Id, string Place, string Remedy)> _first = [];
    private long _count;

    /// <summary>Notes a problem.</summary>
    /// <param name="id">Its error id.</param>
    /// <param name="place">Where it is and what is wrong, without a full stop.</param>
    /// <param name="remedy">What to do, as a sentence; the same remedy of several problems is given once.</param>
    public void Add(string id, Func<string> place, Func<string> remedy)
    {
        if (_count++ < Most)
        {
            _first.Add((id, place(), remedy()));
        }
    }

    /// <summary>Whether there are so many problems that no more need be described.</summary>
    public bool IsFull => _count >= Most;

    /// <summary>Throws one error of all problems; its id is that of the first.</summary>
    /// <exception cref="N2DException">There are problems.</exception>
    public void ThrowIfAny()
    {
        if (_count == 0)
        {
            return;
        }

        var remedies = string.Join(" ", _first.Select(problem => problem.Remedy).Distinct());
        if (_count == 1)
        {
            throw source.Invalid(_first[0].Id, $", {_first[0].Place}. {remedies}");
        }

        var places = string.Join("; ", _first.Select(problem => problem.Place));
        var others = _count > _first.Count ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"; and {_count - _first.Count} more") : "";
        throw source.Invalid(_first[0].Id, $" has {Quantity.Of(_count, "cell or line")} that cannot be used: {places}{others}. {remedies}".Replace("cell or lines", "cells or lines", StringComparison.Ordinal));
    }
}
