using System.Collections;
using System.Globalization;
using System.Management.Automation;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>
/// Takes centers as users have them: a data set or embedding, an array of arrays, an array of two dimensions, or one number for each center
/// of a single column.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesCentersAttribute : ArgumentTransformationAttribute
{
    private const string Remedy = "Give a data set (Import-N2DDataset, ConvertTo-N2DDataset), or an array with the numbers of each center, such as (1, 2), (5, 6).";

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return ItemProperties.Unwrapped(inputData) switch
            {
                Matrix matrix => matrix,
                Embedding embedding => embedding.GetRows(),
                Array { Rank: 2, Length: > 0 } table => OfTable(table),
                IEnumerable items and not string => OfRows([.. items.Cast<object?>().Select(item => ItemProperties.Unwrapped(item!))]),
                _ => throw Refused("This is no list of centers."),
            };
        }
        catch (N2DException error)
        {
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }

    private static Matrix OfTable(Array table)
    {
        var (rowCount, columnCount) = (table.GetLength(0), table.GetLength(1));
        var values = new float[rowCount * columnCount];
        for (var place = 0; place < values.Length; place++)
        {
            values[place] = Number(table.GetValue(place / columnCount, place % columnCount), place / columnCount);
        }

        return Matrix.Own(values, columnCount);
    }

    private static Matrix OfRows(object?[] rows)
    {
        // PowerShell takes an array of one number for the number: centers of a single column come as numbers.
        var centers = Array.ConvertAll(rows, row => row is IEnumerable items and not string ? [.. items.Cast<object?>()] : new[] { row });
        if (centers.Length == 0 || centers[0].Length == 0)
        {
            throw Refused("There are no centers.");
        }

        if (Array.FindIndex(centers, center => center.Length != centers[0].Length) is > 0 and var other)
        {
            throw Refused($"Center 1 has {Quantity.Of(centers[0].Length, "number")}, and center {other + 1} has {centers[other].Length}.");
        }

        return Matrix.Own([.. centers.SelectMany((center, number) => center.Select(value => Number(value, number)))], centers[0].Length);
    }

    private static float Number(object? value, int center) =>
        value is not null && LanguagePrimitives.TryConvertTo<float>(value, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Refused($"Center {center + 1} holds {(value is null ? "nothing" : Quotation.Of(value.ToString() ?? ""))} where a number belongs.");

    private static N2DException Refused(string reason) => new("NotCenters", ErrorKind.InvalidArgument, $"{reason} {Remedy}");
}
