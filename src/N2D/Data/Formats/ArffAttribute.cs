namespace N2D.Data;

/// <summary>The kinds of ARFF attributes.</summary>
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

/// <summary>An ARFF attribute, which is a column.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Values">The values of a nominal attribute; otherwise empty.</param>
internal sealed record ArffAttribute(string Name, ArffKind Kind, IReadOnlyList<string> Values);
