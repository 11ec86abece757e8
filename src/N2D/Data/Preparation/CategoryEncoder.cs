using System.Diagnostics;
using System.Numerics.Tensors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// A fitted one-hot encoding: each column of categories becomes a column of 0 and 1 for each category of the fit, called <c>column=category</c>. A category that
/// the fit has not seen, or none at all, is 0 in all of them.
/// </summary>
/// <remarks>As scikit-learn's OneHotEncoder with handle_unknown='ignore'.</remarks>
public sealed class CategoryEncoder : FittedStage, IModelPart<CategoryEncoder>
{
    private const int RowsPerBlock = 256;

    private readonly string[]?[] _categories;

    /// <summary>Puts a fitted encoding together.</summary>
    /// <param name="categories">The categories of each data set column, by code; null of columns of numbers.</param>
    /// <param name="inputDimension">The columns that go in: those of the data set, and what earlier stages have added to them.</param>
    internal CategoryEncoder(string[]?[] categories, int inputDimension)
    {
        _categories = [.. categories, .. new string[]?[inputDimension - categories.Length]];
        OutputDimension = _categories.Sum(ofColumn => ofColumn?.Length ?? 1);
    }

    /// <inheritdoc/>
    public override string Name => "OneHot";

    /// <inheritdoc/>
    public override StageRole Role => StageRole.Preparation;

    /// <inheritdoc/>
    public override int InputDimension => _categories.Length;

    /// <inheritdoc/>
    public override int OutputDimension { get; }

    /// <inheritdoc/>
    /// <remarks>0: nothing is random in it.</remarks>
    public override int Seed => 0;

    /// <inheritdoc/>
    public override string Settings => StageSettings.TextOf(new StageSettings.Setting("CategoryColumnCount", _categories.Count(ofColumn => ofColumn is not null)));

    /// <summary>Encodes the categories of a data set; one that has none stays as it is.</summary>
    /// <param name="input">The rows to fit to, with a code for each category.</param>
    /// <param name="execution">Threads, cancellation and explanations.</param>
    public static Embedding Apply(Embedding input, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(execution);
        if (input.GetDataset().Raw.Categories is not { } categories)
        {
            return input;
        }

        var clock = Stopwatch.StartNew();
        string[]?[] ofColumns = [.. categories.Select(ofColumn => ofColumn?.ToArray())];
        ThrowIfTooLarge(input, ofColumns);
        WarnOfIds(input, ofColumns, execution);
        var encoded = new CategoryEncoder(ofColumns, input.Dimension) { Seconds = 0 }.Transform(input.GetRawRows(execution), execution);
        execution.Explain?.Invoke($"OneHot: {Quantity.Of(ofColumns.Count(ofColumn => ofColumn is not null), "column")} of categories became {Quantity.Of(ofColumns.Sum(ofColumn => ofColumn?.Length ?? 0), "column")} of 0 and 1.");
        return input.Append(new CategoryEncoder(ofColumns, input.Dimension) { Seconds = clock.Elapsed.TotalSeconds }, encoded);
    }

    /// <inheritdoc/>
    public override Matrix Transform(Matrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        ArgumentNullException.ThrowIfNull(execution);
        var output = OutputDimension;
        var encoded = new float[rows.RowCount * output];
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                Encode(rows.Row(row), encoded.AsSpan(row * output, output));
            }
        });
        return Matrix.Own(encoded, output);
    }

    /// <inheritdoc/>
    public override Embedding Refit(Embedding input, int seed, Execution execution) => Apply(input, execution);

    /// <inheritdoc/>
    public override string? WhyNoInverse => null;

    /// <summary>
    /// The category whose column is largest, the first of several; none, NaN, if no column is above 0 (scikit-learn's inverse_transform).
    /// </summary>
    private protected override Matrix InverseChecked(Matrix rows, Execution execution)
    {
        var values = new float[rows.RowCount * InputDimension];
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                Decode(rows.Row(row), values.AsSpan(row * InputDimension, InputDimension));
            }
        });
        return Matrix.Own(values, InputDimension);
    }

    private void Decode(ReadOnlySpan<float> source, Span<float> target)
    {
        for (var (column, place) = (0, 0); column < target.Length; column++)
        {
            if (_categories[column] is not { } categories)
            {
                target[column] = source[place++];
                continue;
            }

            var ofColumn = source.Slice(place, categories.Length);
            var largest = ofColumn.IsEmpty ? -1 : TensorPrimitives.IndexOfMax(ofColumn);
            target[column] = largest >= 0 && ofColumn[largest] > 0 ? largest : float.NaN;
            place += categories.Length;
        }
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<string> NamesOf(IReadOnlyList<string> names) =>
        [.. _categories.SelectMany((ofColumn, column) => ofColumn is null ? [names[column]] : ofColumn.Select(category => $"{names[column]}={category}"))];

    void IModelPart<CategoryEncoder>.Write(ModelPartWriter part) => part.Set("categories", _categories);

    static CategoryEncoder IModelPart<CategoryEncoder>.Read(ModelPartReader part)
    {
        var categories = part.Get<string[]?[]>("categories");
        return categories.Length > 0 && categories.All(ofColumn => ofColumn?.All(category => category is not null) != false)
            ? new CategoryEncoder(categories, categories.Length) { Seconds = part.Seconds }
            : throw part.Corrupt("a category has no name");
    }

    private static void WarnOfIds(Embedding input, string[]?[] categories, Execution execution)
    {
        const int FewestCategories = 20;
        for (var column = 0; column < categories.Length; column++)
        {
            if (categories[column]?.Length is > FewestCategories and var count && 2L * count > input.RowCount)
            {
                execution.Warn?.Invoke($"'{input.Dataset}': column {Quotation.Of(input.GetDataset().GetColumnNames()[column])} has {count} categories in {Quantity.Of(input.RowCount, "row")}, and becomes as many columns. If it identifies the rows, make it the ids.");
            }
        }
    }

    /// <summary>Refuses categories that no memory holds as columns: ids that were taken for categories by mistake, most often.</summary>
    private static void ThrowIfTooLarge(Embedding input, string[]?[] categories)
    {
        var columnCount = input.Dimension + categories.Sum(ofColumn => (long)(ofColumn?.Length - 1 ?? 0));
        var byteCount = sizeof(float) * (Int128)input.RowCount * columnCount;
        if (input.RowCount * columnCount > Array.MaxLength || byteCount > MachineMemory.FreeBytes)
        {
            var largest = Array.IndexOf(categories, categories.MaxBy(ofColumn => ofColumn?.Length ?? 0));
            throw new N2DException(
                "TooManyValues",
                ErrorKind.OutOfResources,
                $"The categories of '{input.Dataset}' make {columnCount} columns of {Quantity.Of(input.RowCount, "row")}, more than the memory holds. Column {Quotation.Of(input.GetDataset().GetColumnNames()[largest])} alone has {categories[largest]!.Length} categories: leave it out, or make it the ids.",
                input);
        }
    }

    private void Encode(ReadOnlySpan<float> source, Span<float> target)
    {
        for (var (column, place) = (0, 0); column < source.Length; column++)
        {
            if (_categories[column] is not { } categories)
            {
                target[place++] = source[column];
                continue;
            }

            if (source[column] >= 0 && source[column] < categories.Length)
            {
                target[place + (int)source[column]] = 1;
            }

            place += categories.Length;
        }
    }
}
