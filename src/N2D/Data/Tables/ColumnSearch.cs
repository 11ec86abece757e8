using System.Globalization;

namespace N2D.Data;

/// <summary>Finds the columns that a user means: by name, by position from 1 or from the end by -1, or by a wildcard.</summary>
/// <remarks>A name goes before a position, for headers that are numbers, and before a wildcard, for headers such as <c>temp [C]</c>.</remarks>
/// <param name="owner">What has the columns, a file or a data set, for errors.</param>
/// <param name="names">The names of its columns.</param>
internal sealed class ColumnSearch(string owner, string[] names)
{
    /// <summary>The columns of a name or, if none has it, the one at a position; none if there is no such.</summary>
    /// <param name="wanted">A name, in any case, or a position.</param>
    public int[] Find(string wanted)
    {
        var named = Where(name => name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        if (named.Length > 0)
        {
            // X and x may be two columns, and are two arrays in Python.
            int[] exact = [.. named.Where(column => names[column] == wanted)];
            return exact.Length > 0 ? exact : named;
        }

        return int.TryParse(wanted, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var position) && position != 0 && Math.Abs((long)position) <= names.Length
            ? [position > 0 ? position - 1 : names.Length + position]
            : [];
    }

    /// <summary>As <see cref="Find"/>; what finds none is taken for a wildcard of PowerShell: <c>*</c>, <c>?</c>, <c>[a-c]</c>.</summary>
    /// <param name="wanted">A name, in any case, a position or a wildcard.</param>
    /// <exception cref="N2DException">It is a wildcard with a set of characters that runs backward (<c>WildcardNotUsable</c>).</exception>
    public int[] FindAll(string wanted) => Find(wanted) is { Length: > 0 } found ? found : Where(Wildcard.PatternOf(wanted).IsMatch);

    /// <summary>The error that nothing was found.</summary>
    /// <param name="id">The error's id.</param>
    /// <param name="wanted">What was looked for.</param>
    /// <param name="ways">How else it may be given.</param>
    /// <param name="noun">What one of them is called.</param>
    public N2DException NotFound(string id, string wanted, string ways, string noun = "column") =>
        new(id, ErrorKind.InvalidArgument, $"'{owner}' has no {noun} {Quotation.Of(wanted)}. It has {names.Length}: {NameList()}. Give {ways}.", wanted);

    private int[] Where(Func<string, bool> isMeant) => [.. Enumerable.Range(0, names.Length).Where(column => isMeant(names[column]))];

    private string NameList()
    {
        const int Most = 20;
        return string.Join(", ", names.Take(Most).Select(name => Quotation.Visible(name))) + (names.Length > Most ? $", ..., {Quotation.Visible(names[^1])}" : "");
    }
}
