using System.Diagnostics;
using System.Numerics.Tensors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// A fitted one-hot encoding: each category of a column becomes a column of 0 and 1, called <c>column=category</c>. For a category that was
/// not in the fit, and for a missing value, all of these columns are 0.
/// </summary>
/// <remarks>Equivalent to scikit-learn's OneHotEncoder with handle_unknown='ignore'.</remarks>
public sealed class CategoryEncoder : FittedStage, IModelPart<CategoryEncoder>
{
    private const int RowsPerBlock = 256;

    private readonly string[]?[] _categories;

    /// <summary>Creates a fitted encoding.</summary>
    /// <param name="categories">The categories of each data set column, by code; null for columns of numbers.</param>
    /// <param name="inputDimension">The number of input columns: those of the data set, and those that earlier stages added.</param>
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
    /// <remarks>Always 0, because nothing is random.</remarks>
    public override int Seed => 0;

    /// <inheritdoc/>
    public override string Settings => StageSettings.TextOf(
        new StageSettings.Setting("CategoryColumnCount", _categories.Count(ofColumn => ofColumn is not null)));

    /// <summary>Encodes the categories of a data set.</summary>
    /// <param name="input">The rows to fit to, with a code for each category.</param>
    /// <param name="execution">Threads, cancellation, warnings and explanations.</param>
    /// <returns>The embedding with one more stage; the input if it has no categories.</returns>
    /// <exception cref="N2DException">The encoded rows do not fit into memory (<c>TooManyValues</c>).</exception>
    public static Embedding Apply(Embedding input, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(execution);
        if (input.GetDataset().Raw.Categories is not { } categories)
        {
            return input;
        }

        string[]?[] ofColumns = [.. categories.Select(ofColumn => ofColumn?.ToArray())];
        if (input.GetDataset().Raw.IsGrouped)
        {
            // A later stage needs the codes of the groups.
            ofColumns[0] = null;
        }

        if (ofColumns.All(ofColumn => ofColumn is null))
        {
            return input;
        }

        var clock = Stopwatch.StartNew();
        ThrowIfTooLarge(input, ofColumns);
        WarnOfIds(input, ofColumns, execution);
        var encoded = new CategoryEncoder(ofColumns, input.Dimension) { Seconds = 0 }.Transform(input.GetRawRows(execution), execution);
        var before = Quantity.Of(ofColumns.Count(ofColumn => ofColumn is not null), "column");
        var after = Quantity.Of(ofColumns.Sum(ofColumn => ofColumn?.Length ?? 0), "column");
        execution.Explain?.Invoke($"OneHot: {before} of categories became {after} of 0 and 1.");
        return input.Append(new CategoryEncoder(ofColumns, input.Dimension) { Seconds = clock.Elapsed.TotalSeconds }, encoded);
    }

    /// <inheritdoc/>
    public override Matrix Transform(Matrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        ArgumentNullException.ThrowIfNull(execution);
        var output = OutputDimension;
        var encoded = new float[ArraySize.Of(rows.RowCount, output)];
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
    /// Returns the category whose column has the largest value, the first one in case of ties; NaN if no column is greater than 0 (as
    /// scikit-learn's inverse_transform).
    /// </summary>
    private protected override Matrix InverseChecked(Matrix rows, Execution execution)
    {
        var values = new float[ArraySize.Of(rows.RowCount, InputDimension)];
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
        [.. _categories.SelectMany((ofColumn, column) => ofColumn is null
            ? [names[column]]
            : ofColumn.Select(category => $"{names[column]}={category}"))];

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
        const int MinCategories = 20;
        for (var column = 0; column < categories.Length; column++)
        {
            if (categories[column]?.Length is > MinCategories and var count && 2L * count > input.RowCount)
            {
                const string Id = nameof(TableOptions.IdColumn);
                var name = Quotation.Of(input.GetDataset().GetColumnNames()[column]);
                execution.Advise(
                    $"'{input.Dataset}': column {name} has {count} categories in {Quantity.Of(input.RowCount, "row")}, "
                        + $"and becomes that many columns. If it identifies the rows, use it as {Id}.",
                    Id);
            }
        }
    }

    /// <summary>
    /// Rejects categories that do not fit into memory as columns. Most often, these are ids that are given as categories by mistake.
    /// </summary>
    private static void ThrowIfTooLarge(Embedding input, string[]?[] categories)
    {
        var columnCount = input.Dimension + categories.Sum(ofColumn => (long)(ofColumn?.Length - 1 ?? 0));
        var byteCount = sizeof(float) * (Int128)input.RowCount * columnCount;
        if (input.RowCount * columnCount > Array.MaxLength || byteCount > MachineMemory.FreeBytes)
        {
            const string Id = nameof(TableOptions.IdColumn), Excluded = nameof(TableOptions.ExcludedColumns);
            var largest = Array.IndexOf(categories, categories.MaxBy(ofColumn => ofColumn?.Length ?? 0));
            var name = Quotation.Of(input.GetDataset().GetColumnNames()[largest]);
            throw new N2DException(
                "TooManyValues",
                ErrorKind.OutOfResources,
                $"The categories of '{input.Dataset}' give {columnCount} columns of {Quantity.Of(input.RowCount, "row")}, "
                    + $"which do not fit into memory. Column {name} alone has {categories[largest]!.Length} categories: leave it out with "
                    + $"{Excluded}, or use it as {Id}.",
                input)
            {
                Options = [Excluded, Id],
            };
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
