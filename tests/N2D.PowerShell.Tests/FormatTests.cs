using System.Xml.Linq;

namespace N2D.PowerShell.Tests;

/// <summary>The views of the module's format file, by what is in it; N2D.Host.Tests looks at what they show.</summary>
public sealed class FormatTests
{
    private static readonly XElement[] Views = [.. XDocument.Load(Path.Combine(PowerShellSession.ModuleFolder, "N2D.PowerShell.Format.ps1xml")).Descendants("View")];

    [Fact]
    public void EveryTypeWithATable_HasAListAndAWideView()
    {
        var tables = TypesWith("TableControl");
        Assert.NotEmpty(tables);
        Assert.Equal(tables, TypesWith("ListControl"));
        Assert.Equal(tables, TypesWith("WideControl"));
    }

    [Fact]
    public void EveryTypeOfAView_IsOneOfTheModules()
    {
        using var session = new PowerShellSession();
        Assert.All(TypesWith("TableControl"), type => Assert.Equal(type, Assert.Single(session.Run($"[{type}].FullName")).BaseObject));
    }

    [Fact]
    public void FractionsAndSeconds_AreRoundedInEveryView()
    {
        string[] rounded = ["Acc", "Nmi", "Ari", "Silhouette", "Probability", "Novelty", "Score", "Loss", "ValidationLoss", "Stability", "NovelShare", "LogLikelihood", "OptimumGap", "Seconds"];
        var bare = from view in Views
                   from name in view.Descendants("PropertyName")
                   where name.Parent!.Name != "ItemSelectionCondition"
                   where rounded.Any(end => name.Value == end || (end == "Seconds" && name.Value.EndsWith(end, StringComparison.Ordinal)))
                   where name.ElementsAfterSelf("FormatString").FirstOrDefault() is null
                   select $"{view.Element("Name")!.Value}: {name.Value}";
        Assert.Empty(bare);
    }

    private static string[] TypesWith(string control) =>
        [.. Views.Where(view => view.Element(control) is not null).SelectMany(view => view.Descendants("TypeName")).Select(type => type.Value).Distinct().Order(StringComparer.Ordinal)];
}
