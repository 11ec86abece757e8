using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>
/// Recognizes data sets, embeddings, clusterings and models that came back from a job or another computer. PowerShell copies only their
/// properties.
/// </summary>
internal static class RowlessCopy
{
    private const string Prefix = "Deserialized.";

    private static readonly Dictionary<string, string> Names =
        new[] { typeof(Dataset), typeof(Embedding), typeof(ClusterResult), typeof(FittedPipeline) }
            .ToDictionary(type => Prefix + type.FullName, type => type.Name, StringComparer.Ordinal);

    /// <summary>Whether a value is such a copy.</summary>
    /// <param name="value">The value.</param>
    /// <param name="advice">What it is, and what to do instead.</param>
    public static bool Is(object? value, [NotNullWhen(true)] out string? advice)
    {
        // Other values never have names of their own that begin with the prefix.
        var name = value is PSObject { BaseObject: PSCustomObject } wrapped && wrapped.TypeNames is [var first, ..]
            ? Names.GetValueOrDefault(first)
            : null;
        advice = name is null ? null : $"This is a copy of a {name} from a job or another computer. {StageInput.RemotingAdvice}";
        return advice is not null;
    }

    /// <summary>Rejects such a copy.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="N2DException">It is one (<c>CopyWithoutRows</c>).</exception>
    public static void ThrowIf(object? value)
    {
        if (Is(value, out var advice))
        {
            throw new N2DException("CopyWithoutRows", ErrorKind.InvalidArgument, advice, value);
        }
    }
}
