using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;

namespace N2D.Host.Commands.Utility;

/// <summary>PowerShell's values as JSON, down to a depth.</summary>
internal sealed class JsonValues(Utf8JsonWriter writer, int depth)
{
    /// <param name="value">Any value.</param>
    /// <param name="level">How many objects it is in.</param>
    public void Write(object? value, int level)
    {
        var plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        if (!WriteScalar(plain))
        {
            WriteCompound(plain!, PSObject.AsPSObject(value!), level);
        }
    }

    private bool WriteScalar(object? value)
    {
        switch (value)
        {
            case null or DBNull:
                writer.WriteNullValue();
                return true;
            case string or char or Uri or Guid or Version:
                writer.WriteStringValue(value.ToString());
                return true;
            case bool flag:
                writer.WriteBooleanValue(flag);
                return true;
            case SwitchParameter flag:
                writer.WriteBooleanValue(flag);
                return true;
            case DateTime time:
                writer.WriteStringValue(time);
                return true;
            case DateTimeOffset time:
                writer.WriteStringValue(time);
                return true;
            case Enum:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                return true;
            case double or float when !double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)):
                writer.WriteStringValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                return true;
            case double number:
                // 1.0 stays apart from 1, as PowerShell has it: a decimal keeps its places.
                if (number == Math.Truncate(number) && Math.Abs(number) < 1e15)
                {
                    writer.WriteNumberValue(new decimal(number) + 0.0m);
                    return true;
                }

                writer.WriteNumberValue(number);
                return true;
            case float number:
                writer.WriteNumberValue(number);
                return true;
            case decimal or sbyte or byte or short or ushort or int or uint or long or ulong:
                writer.WriteNumberValue(Convert.ToDecimal(value, CultureInfo.InvariantCulture));
                return true;
            default:
                return false;
        }
    }

    private void WriteCompound(object plain, PSObject source, int level)
    {
        if (level > depth)
        {
            writer.WriteStringValue(LanguagePrimitives.ConvertTo<string>(source));
            return;
        }

        switch (plain)
        {
            case IDictionary table:
                WriteObject(table.Keys.Cast<object>().Select(key => (key.ToString()!, table[key])), level);
                break;
            case IEnumerable list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    Write(item, level + 1);
                }

                writer.WriteEndArray();
                break;
            default:
                WriteObject(source.Properties.Where(property => property.IsGettable).Select(property => (property.Name, ValueOf(property))), level);
                break;
        }
    }

    private void WriteObject(IEnumerable<(string Name, object? Value)> members, int level)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            Write(value, level + 1);
        }

        writer.WriteEndObject();
    }

    private static object? ValueOf(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}
