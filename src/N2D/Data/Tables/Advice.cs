namespace N2D.Data;

/// <summary>Sentences for an error or a warning, with the options that they name.</summary>
/// <param name="Text">The sentences. They name each option by its property's name.</param>
/// <param name="Options">The names of the options.</param>
internal sealed record Advice(string Text, params string[] Options)
{
    /// <summary>Makes advice that names no option.</summary>
    /// <param name="text">The sentences.</param>
    public static implicit operator Advice(string text) => new(text);

    /// <summary>Joins several pieces of advice.</summary>
    /// <param name="parts">The pieces; null ones are skipped.</param>
    /// <returns>Null if there are none.</returns>
    public static Advice? Join(params IEnumerable<Advice?> parts)
    {
        Advice[] all = [.. parts.OfType<Advice>()];
        return all.Length == 0
            ? null
            : new Advice(string.Join(' ', all.Select(part => part.Text)), [.. all.SelectMany(part => part.Options).Distinct()]);
    }
}
