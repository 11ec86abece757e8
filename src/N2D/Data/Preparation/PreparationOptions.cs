namespace N2D.Data;

/// <summary>Options for preparing rows: how missing values are handled and how columns are scaled.</summary>
public sealed record PreparationOptions
{
    /// <summary>How missing values are handled. Default: they are an error.</summary>
    public MissingValuePolicy MissingValue { get; init; }

    /// <summary>The number that replaces missing values with <see cref="MissingValuePolicy.Constant"/>. Default: 0.</summary>
    /// <exception cref="N2DException">The value is not finite in float32 (<c>MissingConstantOutOfRange</c>).</exception>
    [OptionRange(-float.MaxValue, float.MaxValue)]
    public double MissingConstant
    {
        get;
        init => field = OptionRange.Check("The table", typeof(PreparationOptions), nameof(MissingConstant), value);
    }

    /// <summary>
    /// Whether each column with missing values gets an indicator column, which is 1 where the value is missing and 0 elsewhere.
    /// </summary>
    public bool HasIndicators { get; init; }

    /// <summary>How columns are scaled. Default: not at all.</summary>
    public Standardization Standardize { get; init; }

    /// <summary>Whether the user chose the scaling, so that no warning suggests another one.</summary>
    public bool IsScaleChosen { get; init; }

    /// <summary>Whether the user chose the columns, so that no warning questions them.</summary>
    public bool AreColumnsChosen { get; init; }

    /// <summary>The words of messages.</summary>
    public TableTerms Terms { get; init; } = TableTerms.Default;
}
