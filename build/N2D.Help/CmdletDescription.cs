namespace N2D.Help;

/// <summary>The description of a cmdlet, without examples.</summary>
internal sealed record CmdletDescription
{
    /// <summary>The engine's name for all parameter sets.</summary>
    public const string AllSets = "__AllParameterSets";

    /// <summary>Verb.</summary>
    public required string Verb { get; init; }

    /// <summary>Noun.</summary>
    public required string Noun { get; init; }

    /// <summary>Verb-Noun.</summary>
    public string Name => $"{Verb}-{Noun}";

    /// <summary>The synopsis, in one line.</summary>
    public required string Synopsis { get; init; }

    /// <summary>The paragraphs of the description.</summary>
    public required IReadOnlyList<string> Description { get; init; }

    /// <summary>The parameters: positional ones, mandatory ones, and the others in the order of the code.</summary>
    public required IReadOnlyList<ParameterDescription> Parameters { get; init; }

    /// <summary>The types of the output, with their descriptions.</summary>
    public required IReadOnlyList<(string Type, string Meaning)> Outputs { get; init; }

    /// <summary>The default parameter set; null if the cmdlet has none.</summary>
    public string? DefaultSet { get; init; }

    /// <summary>The parameter sets, the default one first.</summary>
    public IReadOnlyList<string> Sets
    {
        get
        {
            var named = Parameters.SelectMany(parameter => parameter.Uses.Keys).Where(set => set != AllSets).Distinct().ToArray();

            // The default set may have no parameter of its own.
            return named.Length == 0 ? [AllSets] : DefaultSet is null ? named : [DefaultSet, .. named.Except([DefaultSet])];
        }
    }
}
