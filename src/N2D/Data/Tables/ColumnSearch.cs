using System.Globalization;

namespace N2D.Data;

/// <summary>Finds columns by name, by position (1 is the first, -1 the last) or by wildcard.</summary>
/// <remarks>
/// Names take precedence over positions, because headers can be numbers, and over wildcards, because headers such as <c>temp [C]</c> exist.
/// </remarks>
/// <param name="owner">The name of the file or data set, for errors.</param>
/// <param name="names">The names of its columns.</param>
internal sealed class ColumnSearch(string owner, string[] names)
{
    private const string OneWay = "one of these names, a wildcard that matches one of them, or a position: 1 is the first, -1 the last";
    internal const string SeveralWays =
        "one of these names, a wildcard that matches some of them, or a position: 1 is the first, -1 the last";

    /// <summary>Finds the columns with a name or, if there are none, the column at a position.</summary>
    /// <param name="wanted">A name, in any case, or a position.</param>
    /// <returns>The columns, from 0; empty if none is found.</returns>
    public int[] Find(string wanted)
    {
        var named = Where(name => name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        if (named.Length > 0)
        {
            // X and x can be two columns, and are two arrays in Python.
            int[] exact = [.. named.Where(column => names[column] == wanted)];
            return exact.Length > 0 ? exact : named;
        }

        return int.TryParse(wanted, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var position)
            && position != 0 && Math.Abs((long)position) <= names.Length
            ? [position > 0 ? position - 1 : names.Length + position]
            : [];
    }

    /// <summary>Finds columns as <see cref="Find"/> does or, if there are none, by a wildcard: <c>*</c>, <c>?</c>, <c>[a-c]</c>.</summary>
    /// <param name="wanted">A name, in any case, a position or a wildcard.</param>
    /// <exception cref="N2DException">A set of characters in the wildcard is in descending order (<c>WildcardNotUsable</c>).</exception>
    public int[] FindAll(string wanted) => Find(wanted) is { Length: > 0 } found ? found : Where(Wildcard.PatternOf(wanted).IsMatch);

    /// <summary>Finds the columns that an option names, each once.</summary>
    /// <param name="wanted">Names, in any case, positions or wildcards.</param>
    /// <param name="errorId">The id of the error if one of them finds no column.</param>
    /// <param name="terms">The words of messages.</param>
    /// <exception cref="N2DException">One of them finds no column.</exception>
    public List<int> FindAll(IReadOnlyList<string> wanted, string errorId, TableTerms terms)
    {
        var found = new List<int>();
        foreach (var one in wanted)
        {
            var matches = FindAll(one);
            if (matches.Length == 0)
            {
                throw NotFound(errorId, one, SeveralWays, terms.Column);
            }

            found.AddRange(matches.Except(found).ToArray());
        }

        return found;
    }

    /// <summary>Finds the one column that an option names.</summary>
    /// <param name="source">The table, for messages.</param>
    /// <param name="wanted">A name, in any case, a position, or a wildcard that matches one name.</param>
    /// <param name="role">The role of the column, in Pascal case; error ids begin with it.</param>
    /// <param name="terms">The words of messages.</param>
    /// <exception cref="N2DException">The column does not exist, or more than one is meant.</exception>
    public int FindOne(TableSource source, string wanted, string role, TableTerms terms)
    {
        var matches = FindAll(wanted);
        return matches.Length switch
        {
            1 => matches[0],
            0 => throw NotFound($"{role}ColumnNotFound", wanted, OneWay, terms.Column),
            _ when names[matches[0]].Equals(wanted, StringComparison.OrdinalIgnoreCase) => throw source.Invalid(
                $"{role}ColumnAmbiguous",
                $" has {matches.Length} columns named {Quotation.Of(wanted)}. Give the position of the {role.ToLowerInvariant()} column "
                    + $"instead: {string.Join(" or ", matches.Select(column => column + 1))}."),
            _ => throw source.Invalid(
                $"{role}ColumnAmbiguous",
                $": {Quotation.Of(wanted)} matches {terms.Several(matches.Length)}: "
                    + $"{Quotation.ListOf([.. matches.Select(column => names[column])])}. A row has one {role.ToLowerInvariant()}: name "
                    + $"the {terms.Column} that holds it."),
        };
    }

    /// <summary>Makes the error that no column is found.</summary>
    /// <param name="id">The id of the error.</param>
    /// <param name="wanted">The text that found no column.</param>
    /// <param name="ways">What the user can give instead.</param>
    /// <param name="noun">The word for a column.</param>
    public N2DException NotFound(string id, string wanted, string ways, string noun = "column") => new(
        id,
        ErrorKind.InvalidArgument,
        $"'{owner}' has no {noun} {Quotation.Of(wanted)}. It has {names.Length}: {NameList()}. Give {ways}.",
        wanted);

    private int[] Where(Func<string, bool> isMeant) => [.. Enumerable.Range(0, names.Length).Where(column => isMeant(names[column]))];

    private string NameList()
    {
        const int MaxNames = 20;
        var list = string.Join(", ", names.Take(MaxNames).Select(name => Quotation.Visible(name)));
        return names.Length > MaxNames ? $"{list}, ..., {Quotation.Visible(names[^1])}" : list;
    }
}
