using System.Collections;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace N2D.Host.Commands;

/// <summary>
/// What a <c>-Property</c> names: properties by name or wildcard, a script block, or a calculated property
/// <c>@{ Name = ...; Expression = ... }</c>.
/// </summary>
internal sealed class PropertySelector
{
    private readonly PSPropertyExpression _expression;
    private readonly string? _name;

    private PropertySelector(PSPropertyExpression expression, string? name, bool? descending)
    {
        _expression = expression;
        _name = name;
        Descending = descending;
    }

    /// <summary>The order that the calculated property asks for; null if it leaves that to the command.</summary>
    public bool? Descending { get; }

    /// <summary>Whether it names properties, which an object may lack; a script block always has a value.</summary>
    public bool IsName => _expression.Script is null;

    public override string ToString() => _name ?? _expression.ToString();

    public static IReadOnlyList<PropertySelector> Read(IEnumerable<object>? properties) => [.. (properties ?? []).Select(Read)];

    /// <summary>The properties of an object that are meant, with their values; one that fails or is not there has none.</summary>
    public IEnumerable<(string Name, object? Value)> ValuesOf(PSObject source)
    {
        var values = _expression.GetValues(source);
        return values.Select(value => (_name ?? value.ResolvedExpression.ToString(), value.Exception is null ? value.Result : null));
    }

    /// <summary>The first value that is meant, null if there is none.</summary>
    public object? ValueOf(PSObject source) => ValuesOf(source).FirstOrDefault().Value;

    /// <summary>Whether the object has what is meant.</summary>
    public bool IsIn(PSObject source) => _expression.GetValues(source).Count > 0;

    private static PropertySelector Read(object property)
    {
        var value = property is PSObject wrapped ? wrapped.BaseObject : property;
        if (value is not IDictionary calculated)
        {
            return new PropertySelector(ExpressionOf(value), name: null, descending: null);
        }

        var expression = Entry(calculated, "Expression") ?? throw new PSArgumentException("A calculated property wants an Expression: @{ Name = 'x'; Expression = { $_.Y } }.");
        var order = Entry(calculated, "Descending") ?? (Entry(calculated, "Ascending") is { } ascending ? !LanguagePrimitives.IsTrue(ascending) : null);
        return new PropertySelector(
            ExpressionOf(expression),
            (Entry(calculated, "Name") ?? Entry(calculated, "Label"))?.ToString(),
            order is null ? null : LanguagePrimitives.IsTrue(order));
    }

    /// <summary>The entry whose key begins the given word, as in <c>@{ n = ...; e = ... }</c>.</summary>
    private static object? Entry(IDictionary calculated, string word)
    {
        var key = calculated.Keys.OfType<string>().FirstOrDefault(key => key.Length > 0 && word.StartsWith(key, StringComparison.OrdinalIgnoreCase));
        return key is null ? null : calculated[key] is PSObject wrapped ? wrapped.BaseObject : calculated[key];
    }

    private static PSPropertyExpression ExpressionOf(object value) =>
        value is ScriptBlock script ? new PSPropertyExpression(script) : new PSPropertyExpression(LanguagePrimitives.ConvertTo<string>(value));
}
