using System.Globalization;
using N2D.Pipeline;

namespace N2D.Manifolds;

/// <summary>A number for each row that supervises a UMAP, such as an age or a price. Some may be unknown. Immutable.</summary>
public sealed class NumericTarget
{
    /// <summary>The least number of known targets: one has no neighbors.</summary>
    private const int FewestKnown = 2;

    private readonly double[] _values;

    /// <summary>Creates targets from numbers.</summary>
    /// <param name="values">A number for each row; NaN if it is unknown.</param>
    /// <exception cref="N2DException">A number is infinite (<c>NotFinite</c>).</exception>
    public NumericTarget(IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _values = [.. values];
        var infinite = Array.FindIndex(_values, double.IsInfinity);
        if (infinite >= 0)
        {
            throw new N2DException(
                "NotFinite",
                ErrorKind.InvalidData,
                $"The target of row {infinite + 1} is infinite. Give a finite number, or no number if it is unknown.",
                infinite);
        }

        KnownCount = _values.Length - _values.Count(double.IsNaN);
    }

    /// <summary>The number of rows.</summary>
    public int RowCount => _values.Length;

    /// <summary>The number of rows whose target is known.</summary>
    public int KnownCount { get; }

    /// <summary>The number of each row; NaN if it is unknown.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Creates targets from labels that are numbers.</summary>
    /// <param name="labels">The labels. An unknown label is an unknown number.</param>
    /// <exception cref="N2DException">A label is not a finite number (<c>LabelsNotNumeric</c>).</exception>
    public static NumericTarget Of(Labels labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var numbers = new double[labels.ClassCount];
        for (var code = 0; code < numbers.Length; code++)
        {
            if (!double.TryParse(labels.ClassNames[code], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[code])
                || !double.IsFinite(numbers[code]))
            {
                throw new N2DException(
                    "LabelsNotNumeric",
                    ErrorKind.InvalidData,
                    $"The label {Quotation.Of(labels.ClassNames[code])} is not a number, so the labels cannot be compared as numbers. "
                        + "Compare them as classes, or import a numeric column as labels.",
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

    /// <summary>The targets of distinct rows: the mean of the known targets of each group.</summary>
    internal NumericTarget MeanOf(DistinctRows distinct)
    {
        var (sums, counts) = (new double[distinct.Count], new int[distinct.Count]);
        for (var row = 0; row < _values.Length; row++)
        {
            if (!double.IsNaN(_values[row]))
            {
                // Update the mean, because a sum of large numbers may be infinite.
                var group = distinct.GroupOf(row);
                counts[group]++;
                sums[group] += (_values[row] / counts[group]) - (sums[group] / counts[group]);
            }
        }

        return new NumericTarget(sums.Select((mean, group) => counts[group] > 0 ? mean : double.NaN));
    }

    /// <summary>Throws if these are the targets of other rows, or too few are known.</summary>
    /// <param name="rowCount">n.</param>
    /// <param name="neighborCount">The size of the neighborhoods; null for the default.</param>
    /// <exception cref="N2DException">
    /// The number of targets is not n (<c>TargetCountMismatch</c>), or too few are known (<c>TooFewTargets</c>).
    /// </exception>
    internal void ThrowIfUnfit(int rowCount, int? neighborCount)
    {
        if (RowCount != rowCount)
        {
            throw new N2DException(
                "TargetCountMismatch",
                ErrorKind.InvalidArgument,
                $"There {Quantity.Are(RowCount, "target")} for {Quantity.Of(rowCount, "row")}. {nameof(ManifoldContext.Targets)} "
                    + "needs one number for each row.",
                RowCount)
            { Options = [nameof(ManifoldContext.Targets)] };
        }

        if (KnownCount < Math.Max(FewestKnown, neighborCount ?? 0))
        {
            throw new N2DException(
                "TooFewTargets",
                ErrorKind.InvalidArgument,
                $"{KnownCount} of {Quantity.Of(RowCount, "target")} are known; at least {Math.Max(FewestKnown, neighborCount ?? 0)} are "
                    + "needed. "
                    + (neighborCount > FewestKnown
                        ? $"Use a smaller {nameof(UmapOptions.TargetNeighborCount)}, or give more targets."
                        : "Give more targets."),
                KnownCount)
            {
                Options = neighborCount > FewestKnown ? [nameof(UmapOptions.TargetNeighborCount)] : [],
            };
        }
    }

    /// <summary>Writes the known numbers and their rows to a model file, which cannot contain NaN.</summary>
    internal void Write(ModelPartWriter part)
    {
        int[] known = [.. Enumerable.Range(0, RowCount).Where(row => !double.IsNaN(_values[row]))];
        part.Add<int>("targetRows", known, known.Length);
        part.Add<double>("targets", Array.ConvertAll(known, row => _values[row]), known.Length);
    }

    /// <summary>Reads targets from a model file; null if it has none.</summary>
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
