namespace N2D.Pipeline;

/// <summary>
/// The known classes of rows: a code a row, and the name of each code. Some rows' classes may be unknown. Used to score; to train only where a fit
/// is told to (Invoke-N2DUmap -UseLabel).
/// </summary>
public sealed class Labels
{
    /// <summary>The code of a row whose class is not known.</summary>
    public const int Unknown = -1;

    private readonly int[] _codes;
    private readonly string[] _classNames;

    /// <summary>Makes labels.</summary>
    /// <param name="codes">
    /// A class code a row, 0 to classNames.Count - 1 or <see cref="Unknown"/>; owned by this object from now on.
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

    /// <summary>The number of rows whose class is known.</summary>
    public int KnownCount => _codes.Length - _codes.AsSpan().Count(Unknown);

    /// <summary>The number of classes.</summary>
    public int ClassCount => _classNames.Length;

    /// <summary>A class code a row, 0 to ClassCount - 1 or <see cref="Unknown"/>.</summary>
    public ReadOnlySpan<int> Codes => _codes;

    /// <summary>The name of each class, by code.</summary>
    public IReadOnlyList<string> ClassNames => _classNames;

    /// <summary>The name of a row's class; null if it is not known.</summary>
    /// <param name="row">Row, from 0.</param>
    public string? this[int row] => _codes[row] == Unknown ? null : _classNames[_codes[row]];

    /// <summary>Makes labels of names, one a row. Classes are numbered in ascending order: by value if all are whole numbers, else ordinally.</summary>
    /// <param name="names">The name of each row's class; null where it is not known.</param>
    public static Labels FromNames(IReadOnlyList<string?> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var distinct = names.OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        var numeric = distinct.All(name => long.TryParse(name, System.Globalization.CultureInfo.InvariantCulture, out _));
        var classNames = numeric
            ? distinct.OrderBy(name => long.Parse(name, System.Globalization.CultureInfo.InvariantCulture)).ToArray()
            : distinct.Order(StringComparer.Ordinal).ToArray();
        var codeOf = classNames.Select((name, code) => (name, code)).ToDictionary(pair => pair.name, pair => pair.code, StringComparer.Ordinal);
        return new Labels([.. names.Select(name => name is null ? Unknown : codeOf[name])], classNames);
    }
}
