using System.Globalization;
using System.Runtime.CompilerServices;

namespace N2D;

/// <summary>
/// Interpolated text whose numbers are written in the invariant culture. Unlike <see cref="FormattableString"/>, it also takes the sum of
/// several interpolated strings.
/// </summary>
[InterpolatedStringHandler]
public ref struct InvariantText
{
    private DefaultInterpolatedStringHandler _text;

    /// <summary>Starts a text. The compiler calls this.</summary>
    /// <param name="literalLength">The number of characters outside of the holes.</param>
    /// <param name="formattedCount">The number of holes.</param>
    public InvariantText(int literalLength, int formattedCount) => _text = new(literalLength, formattedCount, CultureInfo.InvariantCulture);

    /// <summary>Appends text.</summary>
    /// <param name="value">The text.</param>
    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    /// <summary>Appends a value.</summary>
    /// <param name="value">The value.</param>
    /// <typeparam name="T">The value's type.</typeparam>
    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    /// <summary>Appends text or nothing.</summary>
    /// <param name="value">The text; null appends nothing.</param>
    public void AppendFormatted(string? value) => _text.AppendFormatted(value);

    /// <summary>Appends a value in a format.</summary>
    /// <param name="value">The value.</param>
    /// <param name="format">The format, such as <c>F2</c>.</param>
    /// <typeparam name="T">The value's type.</typeparam>
    public void AppendFormatted<T>(T value, string? format) => _text.AppendFormatted(value, format);

    /// <summary>The text. It can be taken once.</summary>
    public string ToStringAndClear() => _text.ToStringAndClear();
}
