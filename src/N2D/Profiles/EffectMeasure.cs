namespace N2D.Profiles;

/// <summary>
/// The standardized difference between a cluster and the others (Cohen 1988). For both measures, 0.2 is small, 0.5 is medium and 0.8 is
/// large.
/// </summary>
public enum EffectMeasure
{
    /// <summary>For numbers: the difference of the means in pooled standard deviations.</summary>
    CohenD,

    /// <summary>For categories: the difference of the shares after the arcsine transform, -3.14 to 3.14.</summary>
    CohenH,
}
