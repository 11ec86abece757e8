namespace N2D.Data;

/// <summary>How rows are prepared for clustering: what is done about missing values, and how columns are scaled.</summary>
public sealed record PreparationOptions
{
    private readonly double _constant;

    /// <summary>What is done about missing values.</summary>
    public MissingValuePolicy MissingValue { get; init; }

    /// <summary>What replaces a missing value under <see cref="MissingValuePolicy.Constant"/>.</summary>
    /// <exception cref="N2DException">It is not finite (<c>MissingConstantOutOfRange</c>).</exception>
    public double Constant
    {
        get => _constant;
        init => _constant = float.IsFinite((float)value)
            ? value
            : throw new N2DException("MissingConstantOutOfRange", ErrorKind.InvalidArgument, $"The constant for missing values is {value}. Give a finite number.", value);
    }

    /// <summary>Whether each column that has missing values gets a column beside it that is 1 where the value was missing and 0 elsewhere.</summary>
    public bool HasIndicators { get; init; }

    /// <summary>How columns are brought to a common scale.</summary>
    public Standardization Standardize { get; init; }

    /// <summary>Whether the user chose the scale, so that no other is advised.</summary>
    public bool IsScaleChosen { get; init; }

    /// <summary>Whether the user chose the columns, so that none is questioned.</summary>
    public bool AreColumnsChosen { get; init; }

    /// <summary>The words of messages.</summary>
    public TableTerms Terms { get; init; } = TableTerms.Default;
}
