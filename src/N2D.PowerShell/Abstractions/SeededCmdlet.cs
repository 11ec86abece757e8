using System.Management.Automation;

namespace N2D.PowerShell;

/// <summary>Base class of the cmdlets that fit a stage or a clusterer with one seed.</summary>
public abstract class SeededCmdlet : FittingCmdlet
{
    private int? _seed;

    /// <summary>
    /// <para type="description">The seed of all random numbers. The same seed gives the same result. Default: the seed of the previous
    /// stage,
    /// otherwise 0. Range: 0 or more.</para>
    /// </summary>
    [Parameter]
    [Alias("random_state")]
    [ValidateRange(0, int.MaxValue)]
    [WholeNumber]
    public int Seed
    {
        get => _seed ?? InputObject?.Seed ?? 0;
        set => _seed = value;
    }
}
