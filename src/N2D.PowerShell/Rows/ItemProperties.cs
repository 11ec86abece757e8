using System.Collections;
using System.Data;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Management.Automation;
using N2D.Data;

namespace N2D.PowerShell;

/// <summary>
/// Reads and sets properties of pipeline objects by name, ignoring case. The entries of a dictionary count as properties.
/// </summary>
internal static class ItemProperties
{
    /// <summary>Removes the engine's wrapper from a value.</summary>
    /// <param name="value">The value.</param>
    [return: NotNullIfNotNull(nameof(value))]
    public static object? Unwrapped(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>The names of the readable properties of an object.</summary>
    /// <param name="item">The object.</param>
    /// <remarks>For database rows, these are the columns, without properties of the .NET type such as RowError.</remarks>
    public static string[] NamesOf(PSObject item) => item.BaseObject switch
    {
        IDictionary entries => [.. entries.Keys.Cast<object>().Select(key => Convert.ToString(key, CultureInfo.InvariantCulture)!)],
        DataRow row => [.. row.Table.Columns.Cast<DataColumn>().Select(column => column.ColumnName)],
        DataRowView view => NamesOf(PSObject.AsPSObject(view.Row)),
        IDataRecord record => [.. Enumerable.Range(0, record.FieldCount).Select(record.GetName)],
        _ => [.. item.Properties.Where(property => property.IsGettable).Select(property => property.Name)],
    };

    /// <summary>
    /// The properties of an object. Those that cannot be read, such as the exit code of a running process, are null.
    /// </summary>
    /// <param name="item">The object.</param>
    public static IEnumerable<(string Name, object? Value)> Of(PSObject item)
    {
        foreach (var name in NamesOf(item))
        {
            yield return (name, ValueOrNull(item, name));
        }
    }

    /// <summary>Reads a property.</summary>
    /// <param name="item">The object.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="value">Its value, unwrapped.</param>
    /// <returns>Whether the property exists.</returns>
    public static bool TryGet(PSObject item, string name, out object? value)
    {
        if (item.BaseObject is IDictionary entries)
        {
            var key = KeyOf(entries, name);
            value = key is null ? null : entries[key];
            value = Unwrapped(value);
            return key is not null;
        }

        if (item.BaseObject is IDataRecord record)
        {
            try
            {
                value = record.GetValue(record.GetOrdinal(name));
                return true;
            }
            catch (IndexOutOfRangeException)
            {
                value = null;
                return false;
            }
        }

        if ((item.BaseObject as DataRow ?? (item.BaseObject as DataRowView)?.Row) is { } row && row.Table.Columns[name] is { } column)
        {
            value = row[column];
            return true;
        }

        var property = item.Properties[name];
        value = property?.Value;
        value = Unwrapped(value);
        return property is not null;
    }

    /// <summary>The value of a property; null if it does not exist or cannot be read.</summary>
    private static object? ValueOrNull(PSObject item, string name)
    {
        try
        {
            return TryGet(item, name, out var value) ? value : null;
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    /// <summary>Adds a property to an object, or replaces it.</summary>
    /// <param name="item">The object.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="value">Its value.</param>
    public static void Set(PSObject item, string name, object? value)
    {
        if (item.BaseObject is IDictionary entries)
        {
            entries[KeyOf(entries, name) ?? name] = value;
            return;
        }

        // Only added properties can be removed. An added property hides a property of the type.
        if (item.Properties[name] is { IsInstance: true })
        {
            item.Properties.Remove(name);
        }

        item.Properties.Add(new PSNoteProperty(name, value));
    }

    /// <summary>A value as culture-invariant text; null if it is empty.</summary>
    /// <param name="value">The value.</param>
    public static string? TextOf(object? value) => TableCell.Of(value).Text;

    /// <summary>
    /// The number in a value, read as in a table: a number, a Boolean, or text with a decimal point. Null if there is none.
    /// </summary>
    /// <param name="value">The value, unwrapped.</param>
    public static double? NumberOf(object? value)
    {
        var cell = TableCell.Of(value);
        return cell.Kind == TableCellKind.Number ? cell.Number
            : cell.Kind == TableCellKind.Text && NumberNotation.Point.TryParse(cell.Text, out var number) ? number
            : null;
    }

    /// <summary>A value as a cell of a table.</summary>
    /// <param name="value">The value, unwrapped.</param>
    public static TableCell CellOf(object? value) => value is object?[] items && Array.Exists(items, item => item is PSObject)
        ? TableCell.Of(Array.ConvertAll(items, Unwrapped))
        : TableCell.Of(value);

    /// <summary>A list of names for a message, shortened if there are many.</summary>
    /// <param name="names">The names.</param>
    public static string ListOf(string[] names)
    {
        const int Most = 20;
        return names.Length == 0 ? "none" : string.Join(", ", names.Take(Most)) + (names.Length > Most ? $", ..., {names[^1]}" : "");
    }

    private static object? KeyOf(IDictionary entries, string name) => entries.Contains(name)
        ? name
        : entries.Keys.Cast<object>().FirstOrDefault(key =>
            name.Equals(Convert.ToString(key, CultureInfo.InvariantCulture), StringComparison.OrdinalIgnoreCase));
}
