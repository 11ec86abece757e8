using System.Collections;
using System.Globalization;
using System.Text;

namespace N2D.Studies;

/// <summary>Options of sbatch, such as the partition, the time and the memory of a task. Immutable.</summary>
public sealed class SlurmOptions
{
    /// <summary>
    /// Options that a study sets itself, or with which its jobs could not be found by their names: those of another cluster, for example.
    /// </summary>
    private static readonly string[] Reserved =
    [
        "array", "chdir", "clusters", "dependency", "error", "export", "help", "input", "job-name", "no-requeue", "open-mode", "output",
        "parsable", "requeue", "test-only", "usage", "version", "wait", "wrap",
    ];

    private SlurmOptions(IReadOnlyList<string> arguments) => Arguments = arguments;

    /// <summary>The arguments, such as <c>--partition=gpu</c>.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>Converts names in PascalCase, or as sbatch writes them, to arguments. Names that are not known are passed on.</summary>
    /// <param name="options">
    /// The values by name, such as CpusPerTask = 8. True gives an option without a value, and false or null gives no option.
    /// </param>
    /// <exception cref="N2DException">
    /// A name is not that of an option (<c>SlurmOptionInvalid</c>), or the study sets it itself (<c>SlurmOptionReserved</c>).
    /// </exception>
    public static SlurmOptions Of(IDictionary options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var arguments = new List<string>();
        foreach (DictionaryEntry entry in options)
        {
            var name = NameOf(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!);

            // sbatch accepts the beginning of a name for the option.
            if (Reserved.FirstOrDefault(option => option.StartsWith(name, StringComparison.Ordinal)) is { } reserved)
            {
                throw new N2DException(
                    "SlurmOptionReserved",
                    ErrorKind.InvalidArgument,
                    $"The option --{reserved} of sbatch cannot be used, because the study manages its jobs itself. Remove '{entry.Key}'.",
                    entry.Key);
            }

            if (entry.Value is null or false)
            {
                continue;
            }

            arguments.Add(entry.Value is true ? $"--{name}" : $"--{name}={TextOf(entry.Value)}");
        }

        return new SlurmOptions([.. arguments.Order(StringComparer.Ordinal)]);
    }

    private static string NameOf(string key)
    {
        var name = new StringBuilder();
        var previous = '-';
        foreach (var letter in key.TrimStart('-'))
        {
            // A word begins at a capital after a small letter, so QOS is one word.
            if (char.IsUpper(letter) && !char.IsUpper(previous) && previous != '-')
            {
                name.Append('-');
            }

            name.Append(char.ToLowerInvariant(letter));
            previous = letter;
        }

        return name.Length > 1 && name.ToString().All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
            ? name.ToString()
            : throw new N2DException(
                "SlurmOptionInvalid",
                ErrorKind.InvalidArgument,
                $"'{key}' is not the long name of an option of sbatch. Use names such as Partition, Time, Mem, CpusPerTask and Gres.",
                key);
    }

    private static string TextOf(object value) => value is not string && value is IEnumerable items
        ? string.Join(',', items.Cast<object?>().Select(item => Convert.ToString(item, CultureInfo.InvariantCulture)))
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
