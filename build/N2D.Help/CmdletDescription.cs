namespace N2D.Help;

/// <summary>What there is to tell of a cmdlet, but for its examples.</summary>
internal sealed record CmdletDescription
{
    /// <summary>The engine's name of what stands in every parameter set.</summary>
    public const string AllSets = "__AllParameterSets";

    /// <summary>Verb.</summary>
    public required string Verb { get; init; }

    /// <summary>Noun.</summary>
    public required string Noun { get; init; }

    /// <summary>Verb-Noun.</summary>
    public string Name => $"{Verb}-{Noun}";

    /// <summary>What it does, in a line.</summary>
    public required string Synopsis { get; init; }

    /// <summary>What it does, a paragraph each.</summary>
    public required IReadOnlyList<string> Description { get; init; }

    /// <summary>Its parameters: those by position, those that have to be given, and the others as the code lists them.</summary>
    public required IReadOnlyList<ParameterDescription> Parameters { get; init; }

    /// <summary>What it puts out: the types, with what each is.</summary>
    public required IReadOnlyList<(string Type, string Meaning)> Outputs { get; init; }

    /// <summary>The parameter set that applies where nothing tells; null if the cmdlet names none.</summary>
    public string? DefaultSet { get; init; }

    /// <summary>Its parameter sets, the default one first.</summary>
    public IReadOnlyList<string> Sets
    {
        get
        {
            var named = Parameters.SelectMany(parameter => parameter.Uses.Keys).Where(set => set != AllSets).Distinct().ToArray();
            return named.Length == 0 ? [AllSets] : [.. named.OrderBy(set => set != DefaultSet)];
        }
    }
}
