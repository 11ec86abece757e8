namespace N2D.Data;

/// <summary>The kinds of attributes in ARFF.</summary>
internal enum ArffKind
{
    /// <summary>Numbers.</summary>
    Numeric,

    /// <summary>One of the values that the header lists.</summary>
    Nominal,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Dates.</summary>
    Date,
}

/// <summary>An attribute of ARFF: a column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Values">The values of a nominal attribute; none of others.</param>
internal sealed record ArffAttribute(string Name, ArffKind Kind, IReadOnlyList<string> Values);
