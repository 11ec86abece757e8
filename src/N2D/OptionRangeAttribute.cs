using System.Globalization;

namespace N2D;

/// <summary>
/// The range of a numeric option. It is the only place where the range is written: the option's setter checks it, the error's message words
/// it, and the tests try its limits. NaN is never in range; infinity is only where <see cref="IncludesInfinity"/> says so.
/// </summary>
/// <param name="least">The lower limit.</param>
/// <param name="most">The upper limit; infinity if there is none.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionRangeAttribute(double least, double most = double.PositiveInfinity) : Attribute
{
    /// <summary>The lower limit.</summary>
    public double Least => least;

    /// <summary>The upper limit; infinity if there is none.</summary>
    public double Most => most;

    /// <summary>Whether the lower limit itself is out of range.</summary>
    public bool ExcludesLeast { get; init; }

    /// <summary>Whether the upper limit itself is out of range.</summary>
    public bool ExcludesMost { get; init; }

    /// <summary>Whether infinity is in range.</summary>
    public bool IncludesInfinity { get; init; }

    /// <summary>Whether a value is in range.</summary>
    /// <param name="value">The value.</param>
    public bool Contains(double value) =>
        (ExcludesLeast ? value > least : value >= least)
        && (double.IsPositiveInfinity(value) ? IncludesInfinity : ExcludesMost ? value < most : value <= most);

    /// <summary>The range in words, such as <c>1 to 512</c>.</summary>
    public override string ToString() => (ExcludesLeast, double.IsPositiveInfinity(most), ExcludesMost) switch
    {
        (false, true, _) => Invariant($"{least} or more"),
        (true, true, _) => Invariant($"above {least}"),
        (false, false, false) => Invariant($"{least} to {most}"),
        (false, false, true) => Invariant($"{least} or more and below {most}"),
        (true, false, false) => Invariant($"above {least} and at most {most}"),
        (true, false, true) => Invariant($"above {least} and below {most}"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
