namespace N2D.Data;

/// <summary>The use of a column.</summary>
internal enum ColumnRole
{
    /// <summary>A feature: one number per row, used for clustering.</summary>
    Feature,

    /// <summary>A categorical feature: one category per row, used for clustering.</summary>
    Category,

    /// <summary>The class of each row.</summary>
    Label,

    /// <summary>The identifier of each row.</summary>
    Id,

    /// <summary>The group of each row, within which the features are scaled.</summary>
    Group,

    /// <summary>Not used.</summary>
    Excluded,
}
