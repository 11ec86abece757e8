namespace N2D.Help;

/// <summary>What there is to tell of a parameter.</summary>
internal sealed record ParameterDescription
{
    /// <summary>Its name, without the dash.</summary>
    public required string Name { get; init; }

    /// <summary>Its type.</summary>
    public required Type Type { get; init; }

    /// <summary>What it does, then the values that it takes; a paragraph each.</summary>
    public required IReadOnlyList<string> Paragraphs { get; init; }

    /// <summary>Its other names.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What it is where it is left out.</summary>
    public string DefaultValue { get; init; } = "None";

    /// <summary>Whether it takes wildcards.</summary>
    public bool TakesWildcards { get; init; }

    /// <summary>How it stands in each parameter set; the key of what stands in all of them alike is <see cref="CmdletDescription.AllSets"/>.</summary>
    public required IReadOnlyDictionary<string, ParameterUse> Uses { get; init; }

    /// <summary>How it stands in a set; null where it is not in it.</summary>
    /// <param name="set">The set's name.</param>
    public ParameterUse? UseIn(string set) => Uses.GetValueOrDefault(set) ?? Uses.GetValueOrDefault(CmdletDescription.AllSets);

    /// <summary>How it stands, told once for all sets: in the first one.</summary>
    public ParameterUse FirstUse => Uses.Values.First();
}

/// <summary>How a parameter stands in a parameter set.</summary>
/// <param name="IsMandatory">Whether it has to be given.</param>
/// <param name="Position">From 0; null where it has to be named.</param>
/// <param name="ByValue">Whether it takes the objects of the pipeline.</param>
/// <param name="ByPropertyName">Whether it takes a property of theirs.</param>
internal sealed record ParameterUse(bool IsMandatory, int? Position, bool ByValue, bool ByPropertyName)
{
    /// <summary>As Get-Help writes it.</summary>
    public string PipelineInput => (ByValue, ByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };
}
