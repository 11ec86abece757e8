using System.Globalization;
using N2D.Pipeline;

namespace N2D.Manifolds;

/// <summary>A number a row that a supervised UMAP is to be ordered by, such as an age or a price; those of some rows may be unknown. Immutable.</summary>
public sealed class NumericTarget
{
    /// <summary>The fewest known targets that have neighbors.</summary>
    private const int FewestKnown = 2;

    private readonly double[] _values;

    /// <summary>Makes a target of numbers.</summary>
    /// <param name="values">A number a row; NaN where it is not known.</param>
    /// <exception cref="N2DException">One is infinite (<c>NotFinite</c>).</exception>
    public NumericTarget(IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _values = [.. values];
        var infinite = Array.FindIndex(_values, double.IsInfinity);
        if (infinite >= 0)
        {
            throw new N2DException(
                "NotFinite", ErrorKind.InvalidData, $"The target of row {infinite + 1} is infinite; give a finite number, or none where it is not known.", infinite);
        }

        KnownCount = _values.Length - _values.Count(double.IsNaN);
    }

    /// <summary>The number of rows.</summary>
    public int RowCount => _values.Length;

    /// <summary>The number of rows whose target is known.</summary>
    public int KnownCount { get; }

    /// <summary>A number a row; NaN where it is not known.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Reads labels as numbers.</summary>
    /// <param name="labels">The labels; an unknown one is an unknown number.</param>
    /// <exception cref="N2DException">One is no finite number (<c>LabelsNotNumeric</c>).</exception>
    public static NumericTarget Of(Labels labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var numbers = new double[labels.ClassCount];
        for (var code = 0; code < numbers.Length; code++)
        {
            if (!double.TryParse(labels.ClassNames[code], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[code]) || !double.IsFinite(numbers[code]))
            {
                throw new N2DException(
                    "LabelsNotNumeric",
                    ErrorKind.InvalidData,
                    $"The label {Quotation.Of(labels.ClassNames[code])} is not a number, so that the labels cannot be compared as numbers. Compare them as classes, or import a column of numbers as labels.",
                    labels.ClassNames[code]);
            }
        }

        var values = new double[labels.RowCount];
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = labels.Codes[row] == Labels.Unknown ? double.NaN : numbers[labels.Codes[row]];
        }

        return new NumericTarget(values);
    }

    /// <summary>The targets of some rows, each group's the mean of its known ones.</summary>
    internal NumericTarget MeanOf(DistinctRows distinct)
    {
        var (sums, counts) = (new double[distinct.Count], new int[distinct.Count]);
        for (var row = 0; row < _values.Length; row++)
        {
            if (!double.IsNaN(_values[row]))
            {
                // The mean so far, as a sum of large numbers may be infinite.
                var group = distinct.GroupOf(row);
                counts[group]++;
                sums[group] += (_values[row] / counts[group]) - (sums[group] / counts[group]);
            }
        }

        return new NumericTarget(sums.Select((mean, group) => counts[group] > 0 ? mean : double.NaN));
    }

    /// <summary>Refuses a target that is not one of so many rows, or of which too few are known.</summary>
    /// <param name="rowCount">n.</param>
    /// <param name="neighborCount">The neighborhood that was asked for; null if none was.</param>
    /// <exception cref="N2DException">There are more or fewer (<c>TargetCountMismatch</c>), or too few known ones (<c>TooFewTargets</c>).</exception>
    internal void ThrowIfUnfit(int rowCount, int? neighborCount)
    {
        if (RowCount != rowCount)
        {
            throw new N2DException(
                "TargetCountMismatch", ErrorKind.InvalidArgument, $"There {Quantity.Are(RowCount, "target")} for {Quantity.Of(rowCount, "row")}; give one a row.", RowCount);
        }

        if (KnownCount < Math.Max(FewestKnown, neighborCount ?? 0))
        {
            throw new N2DException(
                "TooFewTargets",
                ErrorKind.InvalidArgument,
                $"The targets of {KnownCount} of {Quantity.Of(RowCount, "row")} are known; it takes {Math.Max(FewestKnown, neighborCount ?? 0)} or more. "
                    + (neighborCount > FewestKnown ? "Ask for fewer neighbors among the targets, or give more of them." : "Give more of them."),
                KnownCount);
        }
    }

    /// <summary>Hands over the known numbers and their rows: a file holds no NaN.</summary>
    internal void Write(ModelPartWriter part)
    {
        int[] known = [.. Enumerable.Range(0, RowCount).Where(row => !double.IsNaN(_values[row]))];
        part.Add<int>("targetRows", known, known.Length);
        part.Add<double>("targets", Array.ConvertAll(known, row => _values[row]), known.Length);
    }

    /// <summary>Makes the same of what was handed over; null if nothing was.</summary>
    internal static NumericTarget? Read(ModelPartReader part, int rowCount)
    {
        if (!part.Has("targets"))
        {
            return null;
        }

        var known = part.GetIndices("targetRows", rowCount, part.SizeOf("targetRows", rank: 1));
        var numbers = part.GetArray<double>("targets", known.Length);
        var values = new double[rowCount];
        Array.Fill(values, double.NaN);
        for (var place = 0; place < known.Length; place++)
        {
            values[known[place]] = numbers[place];
        }

        return new NumericTarget(values);
    }
}
