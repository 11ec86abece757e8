using System.Collections;
using System.Globalization;
using System.Management.Automation;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>A property of pipeline objects that holds the name of a cluster or a class.</summary>
/// <param name="name">The property's name.</param>
/// <param name="parameter">The parameter that sets it, for errors.</param>
internal sealed class NameProperty(string name, string parameter)
{
    // A property with more values probably holds ids. Every pair of values would be counted.
    private const int MostNames = 10_000;

    /// <summary>The property's name.</summary>
    public string Name => name;

    /// <summary>Reads the name; null if it is empty.</summary>
    /// <param name="item">The object.</param>
    /// <param name="number">The position of the object in the input, from 1, for errors.</param>
    /// <exception cref="N2DException">
    /// The property does not exist (<c>PropertyNotFound</c>), or is not a single value (<c>NotAName</c>).
    /// </exception>
    public string? Read(PSObject item, int number)
    {
        if (!ItemProperties.TryGet(item, name, out var value))
        {
            var advice = item.BaseObject is ClusterResult
                ? "A clustering already has its scores: Acc, Nmi, Ari. Get-N2DAssignment returns its rows."
                : $"The properties are: {ItemProperties.ListOf(ItemProperties.NamesOf(item))}. Name the right one with -{parameter}.";
            throw Unusable("PropertyNotFound", number, $" does not exist. {advice}");
        }

        if (value is IEnumerable and not string)
        {
            throw Unusable("NotAName", number, $" is a {value.GetType().Name}, not the name of a cluster or a class. "
                + "Each object needs a single value.");
        }

        return ItemProperties.TextOf(value)?.Trim() is { Length: > 0 } text ? Normalized(text) : null;
    }

    /// <summary>Reads the name of a cluster.</summary>
    /// <param name="item">The object.</param>
    /// <param name="number">The position of the object in the input, from 1, for errors.</param>
    /// <exception cref="N2DException">As <see cref="Read"/>, or the property is empty (<c>MissingCluster</c>).</exception>
    public string ReadCluster(PSObject item, int number) => Read(item, number)
        ?? throw Unusable("MissingCluster", number, " is empty. Every object needs a cluster; -1 means noise.");

    /// <summary>Rejects names that are probably ids.</summary>
    /// <param name="names">The name of each object.</param>
    /// <exception cref="N2DException">There are more than 10,000 different names (<c>TooManyNames</c>).</exception>
    public void ThrowIfIds(Labels names)
    {
        if (names.ClassCount > MostNames)
        {
            throw new N2DException(
                "TooManyNames", ErrorKind.InvalidArgument, $"'{name}' has {names.ClassCount} values in "
                    + $"{Quantity.Of(names.RowCount, "object")}, but at most {MostNames} can be scored. "
                    + "It probably holds ids, not clusters or classes.", name);
        }
    }

    /// <summary>Normalizes integers that other programs write with a fraction, such as -1.0.</summary>
    private static string Normalized(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsInteger(number)
            && Math.Abs(number) <= int.MaxValue
            ? ((int)number).ToString(CultureInfo.InvariantCulture)
            : text;

    private N2DException Unusable(string errorId, int number, string what) =>
        new(errorId, ErrorKind.InvalidData, $"Object {number}, property '{name}'{what}", name);
}
