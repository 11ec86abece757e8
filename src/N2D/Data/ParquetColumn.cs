using System.Globalization;
using System.Numerics;
using Parquet;
using Parquet.Schema;

namespace N2D.Data;

/// <summary>The cells of one column in one group of rows of a Parquet file.</summary>
/// <param name="file">The file, for errors.</param>
/// <param name="group">The group of rows.</param>
/// <param name="field">The column.</param>
/// <param name="firstRow">The number of rows before the group.</param>
internal sealed class ParquetColumn(InputFile file, ParquetRowGroupReader group, DataField field, int firstRow)
{
    private static readonly HashSet<Type> NumberTypes =
    [
        typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(float), typeof(double), typeof(decimal),
    ];

    /// <summary>Whether a column holds a number a row, or none where it is null.</summary>
    /// <param name="field">The column.</param>
    public static bool IsNumbers(DataField field) => !IsNested(field) && NumberTypes.Contains(field.ClrType);

    /// <summary>Whether a column holds lists, and not one value a row.</summary>
    /// <param name="field">The column.</param>
    public static bool IsNested(DataField field) => field.IsArray || field.MaxRepetitionLevel > 0;

    /// <summary>What a column holds, for errors.</summary>
    /// <param name="field">The column.</param>
    public static string KindOf(DataField field) => IsNested(field) ? "lists" : IsText(field) ? "text" : field.ClrType == typeof(ReadOnlyMemory<byte>) ? "bytes" : field.ClrType.Name;

    /// <summary>Reads the numbers of a column.</summary>
    /// <param name="target">Takes the first at its beginning, and each of the others a step further.</param>
    /// <param name="step">The step.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="N2DException">One is null (<c>MissingValue</c>).</exception>
    public Task ReadNumbersAsync(Memory<float> target, int step, CancellationToken cancellationToken) => field.ClrType switch
    {
        var type when type == typeof(bool) => CopyAsync<bool>(target, step, value => value ? 1 : 0, cancellationToken),
        var type when type == typeof(byte) => NumbersAsync<byte>(target, step, cancellationToken),
        var type when type == typeof(sbyte) => NumbersAsync<sbyte>(target, step, cancellationToken),
        var type when type == typeof(short) => NumbersAsync<short>(target, step, cancellationToken),
        var type when type == typeof(ushort) => NumbersAsync<ushort>(target, step, cancellationToken),
        var type when type == typeof(int) => NumbersAsync<int>(target, step, cancellationToken),
        var type when type == typeof(uint) => NumbersAsync<uint>(target, step, cancellationToken),
        var type when type == typeof(long) => NumbersAsync<long>(target, step, cancellationToken),
        var type when type == typeof(ulong) => NumbersAsync<ulong>(target, step, cancellationToken),
        var type when type == typeof(float) => NumbersAsync<float>(target, step, cancellationToken),
        var type when type == typeof(double) => NumbersAsync<double>(target, step, cancellationToken),
        _ => NumbersAsync<decimal>(target, step, cancellationToken),
    };

    /// <summary>Reads the cells of a column as text.</summary>
    /// <param name="target">Takes a text a row; null where the cell is null or blank.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task ReadTextAsync(Memory<string?> target, CancellationToken cancellationToken)
    {
        if (IsText(field))
        {
            var texts = new string?[group.RowCount];
            await group.ReadAsync(field, texts.AsMemory(), cancellationToken: cancellationToken).ConfigureAwait(false);
            Copy(row => texts[row]);
            return;
        }

        await (field.ClrType switch
        {
            var type when type == typeof(bool) => TextAsync<bool>(),
            var type when type == typeof(byte) => TextAsync<byte>(),
            var type when type == typeof(sbyte) => TextAsync<sbyte>(),
            var type when type == typeof(short) => TextAsync<short>(),
            var type when type == typeof(ushort) => TextAsync<ushort>(),
            var type when type == typeof(int) => TextAsync<int>(),
            var type when type == typeof(uint) => TextAsync<uint>(),
            var type when type == typeof(long) => TextAsync<long>(),
            var type when type == typeof(ulong) => TextAsync<ulong>(),
            var type when type == typeof(float) => TextAsync<float>(),
            var type when type == typeof(double) => TextAsync<double>(),
            var type when type == typeof(decimal) => TextAsync<decimal>(),
            _ => throw file.Invalid("NotANumber", $", column '{field.Path}', holds {KindOf(field)}, which is no label. Leave out -LabelColumn, or name another column."),
        }).ConfigureAwait(false);

        async Task TextAsync<T>()
            where T : struct
        {
            var cells = await CellsAsync<T>(cancellationToken).ConfigureAwait(false);
            Copy(row => cells[row] is { } value ? Convert.ToString(value, CultureInfo.InvariantCulture) : null);
        }

        void Copy(Func<int, string?> textOf)
        {
            for (var row = 0; row < group.RowCount; row++)
            {
                target.Span[row] = textOf(row) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
            }
        }
    }

    private static bool IsText(DataField field) => field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>);

    private Task NumbersAsync<T>(Memory<float> target, int step, CancellationToken cancellationToken)
        where T : struct, INumberBase<T> => CopyAsync<T>(target, step, float.CreateTruncating, cancellationToken);

    private async Task CopyAsync<T>(Memory<float> target, int step, Func<T, float> convert, CancellationToken cancellationToken)
        where T : struct
    {
        var cells = await CellsAsync<T>(cancellationToken).ConfigureAwait(false);
        for (var row = 0; row < cells.Length; row++)
        {
            target.Span[row * step] = cells[row] is { } value
                ? convert(value)
                : throw file.Invalid("MissingValue", $", row {firstRow + row + 1}, column '{field.Path}' is null. Fill the gap or remove the row.");
        }
    }

    private async Task<T?[]> CellsAsync<T>(CancellationToken cancellationToken)
        where T : struct
    {
        if (field.IsNullable)
        {
            var cells = new T?[group.RowCount];
            await group.ReadAsync<T>(field, cells.AsMemory(), cancellationToken: cancellationToken).ConfigureAwait(false);
            return cells;
        }

        var values = new T[group.RowCount];
        await group.ReadAsync<T>(field, values.AsMemory(), cancellationToken: cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(values, value => (T?)value);
    }
}
