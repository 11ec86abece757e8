using System.Globalization;

namespace N2D;

/// <summary>Refuses options that are out of their range.</summary>
internal static class OptionRange
{
    /// <summary>Hands a value on, or refuses it.</summary>
    /// <param name="method">Whose option it is, as a user calls it, such as <c>Isomap</c>.</param>
    /// <param name="name">The option's name.</param>
    /// <param name="value">The value.</param>
    /// <param name="isValid">Whether it is in its range.</param>
    /// <param name="range">The range, in words.</param>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <exception cref="N2DException">It is not (the option's name and <c>OutOfRange</c>).</exception>
    public static T Check<T>(string method, string name, T value, bool isValid, string range) => isValid
        ? value
        : throw new N2DException(
            $"{name}OutOfRange",
            ErrorKind.InvalidArgument,
            string.Create(CultureInfo.InvariantCulture, $"{method}'s {ParameterOf(name)} is {value}; it must be {range}."),
            value);

    /// <summary>What a user knows an option as: cmdlets call theirs in the singular.</summary>
    private static string ParameterOf(string name) => name switch
    {
        "Patience" => "EarlyStopping",
        "Epochs" or "HiddenUnits" or "Iterations" or "ExaggerationIterations" => name[..^1],
        _ => name,
    };
}
