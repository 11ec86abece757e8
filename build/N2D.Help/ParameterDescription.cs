namespace N2D.Help;

/// <summary>The description of a parameter.</summary>
internal sealed record ParameterDescription
{
    /// <summary>Its name, without the dash.</summary>
    public required string Name { get; init; }

    /// <summary>Its type.</summary>
    public required Type Type { get; init; }

    /// <summary>The paragraphs of the description, followed by the accepted values.</summary>
    public required IReadOnlyList<string> Paragraphs { get; init; }

    /// <summary>The aliases.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The default value.</summary>
    public string DefaultValue { get; init; } = "None";

    /// <summary>Whether it supports wildcards.</summary>
    public bool TakesWildcards { get; init; }

    /// <summary>
    /// The use in each parameter set; <see cref="CmdletDescription.AllSets"/> is the key of a use that is the same in all sets.
    /// </summary>
    public required IReadOnlyDictionary<string, ParameterUse> Uses { get; init; }

    /// <summary>The use in a set; null if the set does not have the parameter.</summary>
    /// <param name="set">The set's name.</param>
    public ParameterUse? UseIn(string set) => Uses.GetValueOrDefault(set) ?? Uses.GetValueOrDefault(CmdletDescription.AllSets);

    /// <summary>The use in the first set.</summary>
    public ParameterUse FirstUse => Uses.Values.First();
}

/// <summary>The use of a parameter in a parameter set.</summary>
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
