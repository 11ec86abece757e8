namespace N2D.Pipeline;

/// <summary>
/// The classes of rows: a code for each row, and a name for each code. Classes can be unknown. Labels are used for scores only, unless a
/// fit is explicitly supervised.
/// </summary>
public sealed class Labels
{
    /// <summary>The code of an unknown class.</summary>
    public const int Unknown = -1;

    private readonly int[] _codes;
    private readonly string[] _classNames;

    /// <summary>Creates labels.</summary>
    /// <param name="codes">
    /// The class code of each row, 0 to classNames.Count - 1 or <see cref="Unknown"/>. This object takes ownership of the array.
    /// </param>
    /// <param name="classNames">The name of each class.</param>
    /// <exception cref="N2DException">A code has no name (<c>LabelOutOfRange</c>).</exception>
    public Labels(int[] codes, IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(classNames);
        for (var row = 0; row < codes.Length; row++)
        {
            if (codes[row] != Unknown && (uint)codes[row] >= (uint)classNames.Count)
            {
                throw new N2DException(
                    "LabelOutOfRange",
                    ErrorKind.InvalidData,
                    $"Row {row} has label {codes[row]}; the data set has classes 0 to {classNames.Count - 1}.",
                    codes[row]);
            }
        }

        _codes = codes;
        _classNames = [.. classNames];
    }

    /// <summary>The number of rows.</summary>
    public int RowCount => _codes.Length;

    /// <summary>The number of rows with a known class.</summary>
    public int KnownCount => _codes.Length - _codes.AsSpan().Count(Unknown);

    /// <summary>The number of classes.</summary>
    public int ClassCount => _classNames.Length;

    /// <summary>The class code of each row, for loops over all rows.</summary>
    internal ReadOnlySpan<int> Codes => _codes;

    /// <summary>The name of each class, by code.</summary>
    public IReadOnlyList<string> ClassNames => _classNames;

    /// <summary>The name of a row's class; null if it is unknown.</summary>
    /// <param name="row">Row, from 0.</param>
    public string? this[int row] => _codes[row] == Unknown ? null : _classNames[_codes[row]];

    /// <summary>Returns the class code of each row, 0 to ClassCount - 1 or <see cref="Unknown"/>.</summary>
    public IReadOnlyList<int> GetCodes() => Array.AsReadOnly(_codes);

    /// <summary>Creates labels from class names. Classes are sorted by value if all are integers, otherwise ordinally.</summary>
    /// <param name="names">The name of each row's class; null if it is unknown.</param>
    public static Labels FromNames(IReadOnlyList<string?> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var distinct = names.OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        var numeric = distinct.All(name => long.TryParse(name, System.Globalization.CultureInfo.InvariantCulture, out _));
        var classNames = numeric
            ? distinct.OrderBy(name => long.Parse(name, System.Globalization.CultureInfo.InvariantCulture)).ToArray()
            : distinct.Order(StringComparer.Ordinal).ToArray();
        var codeOf =
            classNames.Select((name, code) => (name, code)).ToDictionary(pair => pair.name, pair => pair.code, StringComparer.Ordinal);
        return new Labels([.. names.Select(name => name is null ? Unknown : codeOf[name])], classNames);
    }
}
