namespace N2D.Host.Commands.Utility;

/// <summary>Which fields of a CSV file are quoted.</summary>
public enum QuoteUse
{
    /// <summary>None.</summary>
    Never,

    /// <summary>All but those of no value.</summary>
    Always,

    /// <summary>Those with a delimiter, a quote or a line break in them.</summary>
    AsNeeded,
}
