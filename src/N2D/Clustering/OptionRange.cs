using System.Globalization;

namespace N2D.Clustering;

/// <summary>Refuses options that are out of their range, in one way of saying so.</summary>
internal static class OptionRange
{
    /// <summary>A whole number with a lower bound.</summary>
    /// <param name="value">The option's value.</param>
    /// <param name="least">The least that it may be.</param>
    /// <param name="id">The error's id.</param>
    /// <param name="noun">What it is, such as <c>number of starts</c>.</param>
    /// <returns>The value.</returns>
    /// <exception cref="N2DException">It is smaller.</exception>
    public static int AtLeast(int value, int least, string id, string noun) => value >= least
        ? value
        : throw new N2DException(id, ErrorKind.InvalidArgument, $"The {noun} is {value}; it must be {least} or more.", value);

    /// <summary>A finite number that is not negative.</summary>
    /// <param name="value">The option's value.</param>
    /// <param name="id">The error's id.</param>
    /// <param name="noun">What it is, such as <c>tolerance</c>.</param>
    /// <returns>The value.</returns>
    /// <exception cref="N2DException">It is negative, infinite or not a number.</exception>
    public static double NotNegative(double value, string id, string noun) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new N2DException(
            id,
            ErrorKind.InvalidArgument,
            string.Create(CultureInfo.InvariantCulture, $"The {noun} is {value}; it must be 0 or more."),
            value);
}
