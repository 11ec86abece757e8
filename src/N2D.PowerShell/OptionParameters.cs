namespace N2D.PowerShell;

/// <summary>
/// Names the library's options as parameters. The library's messages name no parameters, as C# programs use it too: an error or a warning carries the names of
/// the options that its remedy is about, and the cmdlets append the parameters.
/// </summary>
internal static class OptionParameters
{
    /// <summary>Options whose parameter has another name.</summary>
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
    };

    /// <summary>The name of an option's parameter, with its dash.</summary>
    /// <param name="option">The option, such as <c>NeighborCount</c>.</param>
    public static string Of(string option) => $"-{Renamed.GetValueOrDefault(option, option)}";

    /// <summary>A sentence that names the parameters of some options.</summary>
    /// <param name="options">The options, at least one.</param>
    public static string Describe(IReadOnlyList<string> options) =>
        $"{(options.Count == 1 ? "Parameter" : "Parameters")}: {string.Join(", ", options.Select(Of))}.";

    /// <summary>A message, and after it the parameters of its options.</summary>
    /// <param name="message">The message.</param>
    /// <param name="options">The options; none leaves the message as it is.</param>
    public static string Append(string message, IReadOnlyList<string> options) => options.Count == 0 ? message : $"{message} {Describe(options)}";
}
