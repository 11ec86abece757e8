namespace N2D.Data;

/// <summary>How missing values are handled.</summary>
public enum MissingValuePolicy
{
    /// <summary>Missing values are an error, which reports how many each column has.</summary>
    Error,

    /// <summary>Rows with missing values are left out. They keep their positions, but get no cluster.</summary>
    Drop,

    /// <summary>The mean of the column replaces missing values.</summary>
    Mean,

    /// <summary>The median of the column, which is robust to outliers, replaces missing values.</summary>
    Median,

    /// <summary>A given number replaces missing values.</summary>
    Constant,
}
