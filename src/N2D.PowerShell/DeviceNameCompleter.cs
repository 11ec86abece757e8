using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace N2D.PowerShell;

/// <summary>Completes the names of devices. It does not look which of them are there: that would load libtorch, half a gigabyte, at the press of a key.</summary>
public sealed class DeviceNameCompleter : IArgumentCompleter
{
    private static readonly (string Name, string Meaning)[] Devices =
    [
        ("auto", "the best there is"), ("cpu", "the processor"), ("cuda", "the first NVIDIA GPU"), ("cuda:1", "the second NVIDIA GPU"), ("mps", "the GPU of an Apple computer"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var pattern = new WildcardPattern($"{wordToComplete?.Trim('\'', '"')}*", WildcardOptions.IgnoreCase);
        return Devices
            .Where(device => pattern.IsMatch(device.Name))
            .Select(device => new CompletionResult(device.Name, device.Name, CompletionResultType.ParameterValue, device.Meaning));
    }
}
