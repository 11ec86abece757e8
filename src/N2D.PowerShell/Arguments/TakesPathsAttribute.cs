using System.Management.Automation;

namespace N2D.PowerShell;

/// <summary>
/// Marks objects that are not paths, so that the cmdlet can reject them once. The engine would convert each to text, such as
/// <c>@{a=1; b=2}</c>, for which there is no file.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesPathsAttribute : ArgumentTransformationAttribute
{
    /// <summary>No path contains this character.</summary>
    private const char Mark = '\0';

    /// <summary>The properties that the engine binds to parameters for paths.</summary>
    private static readonly string[] PathProperties = ["Path", "PSPath", "FullName", "LiteralPath"];

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => ItemProperties.Unwrapped(inputData) switch
    {
        object[] items => Array.ConvertAll(items, Marked),
        _ => Marked(inputData),
    };

    /// <summary>Rejects an object that is not a path, with the message that replaced it.</summary>
    /// <param name="path">The argument.</param>
    /// <exception cref="N2DException">It stands for an object (<c>ObjectInPlaceOfPath</c>).</exception>
    public static void ThrowIfObject(string path)
    {
        if (path.StartsWith(Mark))
        {
            throw new N2DException("ObjectInPlaceOfPath", ErrorKind.InvalidType, path[1..]);
        }
    }

    private static object? Marked(object? item) => ItemProperties.Unwrapped(item) switch
    {
        null or string or IConvertible or FileSystemInfo or PathInfo => item,
        _ when PathProperties.Any(name => PSObject.AsPSObject(item).Properties[name] is not null) => item,
        _ when RowlessCopy.Is(item, out var advice) => Mark + advice,
        var other => $"{Mark}The input is a {(other is PSCustomObject ? "custom object" : other.GetType().Name)}, not a path. "
            + "Give paths or files. For objects with numbers, use ConvertTo-N2DDataset.",
    };
}
