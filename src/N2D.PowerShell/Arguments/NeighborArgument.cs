using System.Collections;
using System.Globalization;
using System.Management.Automation;
using N2D.Data;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>
/// The value of -Neighbor: the path of a file, objects with Index, Neighbor and Distance, or a data set of n x n distances.
/// </summary>
public sealed class NeighborArgument
{
    private const string WhatToGive =
        "Give the path of an .npz file with the arrays indices and distances, or of a .npy file of n x n distances; objects with the "
        + "properties Index, Neighbor and Distance, one for each neighbor of a row; or a data set of n x n distances from "
        + "Import-N2DDataset.";

    private readonly object _given;

    /// <summary>Creates an argument. <see cref="Read"/> reads it later.</summary>
    /// <param name="given">A path, a file, a data set, objects, or neighbors.</param>
    public NeighborArgument(object given) => _given = given;

    /// <inheritdoc/>
    public override string ToString() => _given is string or FileInfo or Embedding ? $"{_given}" : "objects";

    /// <summary>Reads and checks the neighbors.</summary>
    /// <param name="resolve">Converts a path that the user typed to a full path.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <exception cref="N2DException">They cannot be used.</exception>
    internal GivenNeighbors Read(Func<string, string> resolve, Execution execution) => _given switch
    {
        GivenNeighbors neighbors => neighbors,
        string path => NeighborFile.Read(resolve(path), execution),
        FileInfo file => NeighborFile.Read(file.FullName, execution),
        Dataset dataset => OfDistances(dataset, execution),
        IList items when items.Count > 0 => OfObjects(items),
        _ => throw new N2DException("NeighborFormat", ErrorKind.InvalidArgument, $"-Neighbor contains no neighbors. {WhatToGive}"),
    };

    private static GivenNeighbors OfDistances(Dataset dataset, Execution execution)
    {
        var rows = dataset.GetRows(execution);
        if (dataset.GetOffsets() is { } offsets)
        {
            rows = Matrix.Own(
                [.. rows.GetValues().Select((value, place) => (float)(value + offsets[place % rows.ColumnCount]))], rows.ColumnCount);
        }

        return GivenNeighbors.FromDistances(rows);
    }

    private static GivenNeighbors OfObjects(IList items)
    {
        var found = new List<(int Row, int Neighbor, float Distance)>(items.Count);
        for (var place = 0; place < items.Count; place++)
        {
            var item = PSObject.AsPSObject(items[place] ?? throw Unreadable(place, "it is null"));
            found.Add((WholeOf(item, "Index", place), WholeOf(item, "Neighbor", place), (float)NumberOf(item, "Distance", place)));
        }

        // Objects may have any order.
        var rowCount = found.Max(entry => entry.Row) + 1;
        var ofRow = found.ToLookup(entry => entry.Row);
        var others = new List<(int Row, int Neighbor, float Distance)>[rowCount];
        for (var row = 0; row < rowCount; row++)
        {
            others[row] = [.. ofRow[row]
                .Where(entry => entry.Neighbor != entry.Row)
                .OrderBy(entry => entry.Distance)
                .ThenBy(entry => entry.Neighbor)];
            if (others[row].Count == 0)
            {
                throw new N2DException(
                    "NeighborShape",
                    ErrorKind.InvalidData,
                    $"No object has a neighbor of row {row + 1} (Index {row}), but the largest Index is {rowCount - 1}. Give the "
                        + "neighbors of each row. Index starts at 0.");
            }
        }

        var count = others.Min(list => list.Count);
        return GivenNeighbors.FromLists(
            [.. others.SelectMany(list => list.Take(count).Select(entry => entry.Neighbor))],
            [.. others.SelectMany(list => list.Take(count).Select(entry => entry.Distance))],
            count);
    }

    private static int WholeOf(PSObject item, string name, int place)
    {
        var number = NumberOf(item, name, place);
        return number >= 0 && number < int.MaxValue && number.Equals(Math.Truncate(number))
            ? (int)number
            : throw Unreadable(
                place, string.Create(CultureInfo.InvariantCulture, $"its {name} is {number}, which is not a row number from 0"));
    }

    private static double NumberOf(PSObject item, string name, int place)
    {
        if (!ItemProperties.TryGet(item, name, out var value))
        {
            throw Unreadable(place, $"it has no property {name}");
        }

        return value is IConvertible
            && double.TryParse(
                Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Unreadable(place, $"its {name} is {Quotation.Of($"{value}")}, which is not a number");
    }

    private static N2DException Unreadable(int place, string reason) =>
        new("NeighborFormat", ErrorKind.InvalidArgument, $"Object {place + 1} is not a neighbor of a row: {reason}. {WhatToGive}");
}

/// <summary>Converts any value to a <see cref="NeighborArgument"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesNeighborsAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var given = ItemProperties.Unwrapped(inputData);
        return given switch
        {
            NeighborArgument argument => argument,
            object[] and [var only] when ItemProperties.Unwrapped(only) is string or FileInfo or Dataset =>
                new NeighborArgument(ItemProperties.Unwrapped(only)!),
            null => new NeighborArgument(Array.Empty<object>()),
            string or FileInfo or Embedding or IList => new NeighborArgument(given),
            _ => new NeighborArgument(new[] { given }),
        };
    }
}
