using System.Management.Automation;

namespace N2D.Host.Commands.Utility;

/// <summary>Stands in for Get-Member: the properties and methods of objects, a type once.</summary>
[Cmdlet(VerbsCommon.Get, "Member")]
public sealed class GetMemberCommand : PSCmdlet
{
    private readonly HashSet<string> _seen = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Names and wildcards of the members to list.</summary>
    [Parameter(Position = 0)]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The kinds of members to list.</summary>
    [Parameter]
    [Alias("Type")]
    public PSMemberTypes MemberType { get; set; } = PSMemberTypes.All;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null || !_seen.Add(string.Join('|', InputObject.TypeNames)))
        {
            return;
        }

        var members = Name.SelectMany(name => InputObject.Members.Match(name, MemberType)).DistinctBy(member => member.Name).Where(member => !IsAccessor(member));
        foreach (var member in members.OrderBy(member => member.MemberType.ToString(), StringComparer.Ordinal).ThenBy(member => member.Name, StringComparer.OrdinalIgnoreCase))
        {
            var definition = new PSObject();
            definition.Properties.Add(new PSNoteProperty("TypeName", InputObject.TypeNames[0]));
            definition.Properties.Add(new PSNoteProperty("Name", member.Name));
            definition.Properties.Add(new PSNoteProperty("MemberType", member.MemberType));
            definition.Properties.Add(new PSNoteProperty("Definition", member.ToString()));

            // The engine has a view for the real command's type, by its name.
            definition.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.MemberDefinition");
            WriteObject(definition);
        }
    }

    /// <summary>The methods behind properties and events, which the real command hides as well.</summary>
    private static bool IsAccessor(PSMemberInfo member) =>
        member is PSMethodInfo && (member.Name.StartsWith("get_", StringComparison.Ordinal) || member.Name.StartsWith("set_", StringComparison.Ordinal));
}
