namespace N2D.Data;

/// <summary>What is done about missing values.</summary>
public enum MissingValuePolicy
{
    /// <summary>They are refused, with their number in each column.</summary>
    Error,

    /// <summary>Rows that have one are left out. They keep their places, and get no cluster.</summary>
    Drop,

    /// <summary>Each is replaced by the mean of its column.</summary>
    Mean,

    /// <summary>Each is replaced by the median of its column, which outliers do not move.</summary>
    Median,

    /// <summary>Each is replaced by one given number.</summary>
    Constant,
}
