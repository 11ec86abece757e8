using System.Collections;
using System.Globalization;
using System.Management.Automation;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>Converts coordinates of rows to an embedding: an embedding, the embedding of a clustering, or a list of numbers for each row.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesCoordinatesAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => ItemProperties.Unwrapped(inputData) switch
    {
        ClusterResult result => result.GetEmbedding(),
        Array { Rank: 2 } table => Coordinates(Enumerable.Range(0, table.GetLength(0)).Select(row => Enumerable.Range(0, table.GetLength(1)).Select(column => table.GetValue(row, column)))),
        IEnumerable rows and not (string or IDictionary) => Coordinates(rows.Cast<object?>().Select(row => NumbersOf(ItemProperties.Unwrapped(row)))),
        _ => inputData,
    };

    /// <summary>The numbers of a row: a list, or a single number in one dimension.</summary>
    private static IEnumerable<object?> NumbersOf(object? row) => row is IEnumerable numbers and not (string or IDictionary) ? numbers.Cast<object?>() : [row];

    private static Dataset Coordinates(IEnumerable<IEnumerable<object?>> rows)
    {
        var (values, rowCount, dimension) = (new List<float>(), 0, 0);
        foreach (var row in rows)
        {
            var before = values.Count;
            rowCount++;
            foreach (var value in row)
            {
                values.Add(ItemProperties.TryReadNumber(ItemProperties.Unwrapped(value), out var number) && number is { } coordinate && float.IsFinite(coordinate)
                    ? coordinate
                    : throw Refused(string.Create(CultureInfo.InvariantCulture, $"Value {values.Count - before + 1} of row {rowCount} is not a finite number.")));
            }

            dimension = rowCount == 1 ? values.Count : dimension;
            if (values.Count - before != dimension)
            {
                throw Refused(string.Create(CultureInfo.InvariantCulture, $"Row {rowCount} has {values.Count - before} numbers, and row 1 has {dimension}."));
            }
        }

        return dimension > 0
            ? new Dataset("coordinates", Matrix.Own([.. values], dimension))
            : throw Refused("There are no numbers.");
    }

    private static ArgumentTransformationMetadataException Refused(string what) => new($"{what} Give a list of numbers for each row, or an embedding.");
}
