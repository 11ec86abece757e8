using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;

namespace N2D;

/// <summary>Checks options against the range that their <see cref="OptionRangeAttribute"/> declares.</summary>
internal static class OptionRange
{
    private static readonly ConcurrentDictionary<(Type Options, string Name), OptionRangeAttribute> Ranges = new();

    /// <summary>Returns a value that is null or in its option's range.</summary>
    /// <param name="method">The method that the option belongs to, such as <c>Isomap</c>. The message begins with it.</param>
    /// <param name="options">The type that declares the option.</param>
    /// <param name="name">The option's name.</param>
    /// <param name="value">The value.</param>
    /// <typeparam name="T">The value's type: a number, or a nullable one.</typeparam>
    /// <exception cref="N2DException">The value is out of range (the option's name and <c>OutOfRange</c>).</exception>
    public static T Check<T>(string method, Type options, string name, T value)
    {
        var range = Of(options, name);
        return value is null || range.Contains(Convert.ToDouble(value, CultureInfo.InvariantCulture))
            ? value
            : throw new N2DException(
                $"{name}OutOfRange",
                ErrorKind.InvalidArgument,
                string.Create(CultureInfo.InvariantCulture, $"{method}: {name} is {value}; it must be {range}."),
                value)
            { Options = [name] };
    }

    /// <summary>The range of an option.</summary>
    /// <param name="options">The type that declares the option.</param>
    /// <param name="name">The option's name.</param>
    public static OptionRangeAttribute Of(Type options, string name) => Ranges.GetOrAdd((options, name), static key =>
        key.Options.GetProperty(key.Name)?.GetCustomAttribute<OptionRangeAttribute>()
            ?? throw new InvalidOperationException($"{key.Options.Name}.{key.Name} declares no range."));
}
