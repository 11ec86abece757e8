using System.Xml.Linq;

namespace N2D.PowerShell.Tests;

/// <summary>The views in the module's format file, and the output of some of them.</summary>
public sealed class FormatTests
{
    private static readonly XElement[] Views =
        [.. XDocument.Load(Path.Combine(PowerShellSession.ModuleFolder, "N2D.PowerShell.Format.ps1xml")).Descendants("View")];

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
        string[] rounded = [
            "Acc",
            "Nmi",
            "Ari",
            "Silhouette",
            "Probability",
            "Novelty",
            "OutlierScore",
            "Score",
            "Loss",
            "ValidationLoss",
            "Stability",
            "LayoutAgreement",
            "AgreedShare",
            "NetworkAgreement",
            "NovelShare",
            "LogLikelihood",
            "OptimumGap",
            "Seconds"
        ];
        var bare = from view in Views
                   from name in view.Descendants("PropertyName")
                   where name.Parent!.Name != "ItemSelectionCondition"
                   where rounded.Any(end => name.Value == end || (end == "Seconds" && name.Value.EndsWith(end, StringComparison.Ordinal)))
                   where name.ElementsAfterSelf("FormatString").FirstOrDefault() is null
                   select $"{view.Element("Name")!.Value}: {name.Value}";
        Assert.Empty(bare);
    }

    [Fact]
    public void FormatWide_ShowsEachObjectInAFewWords()
    {
        using var session = new PowerShellSession();
        var shown = session.Run("""
            $data = Import-N2DDataset Digits
            $codes = $data | New-N2DAutoencoder -Epoch 1 -HiddenUnit 8
            $data, $codes, ($codes | Invoke-N2DCluster 10 -StartCount 1) | ForEach-Object { ($_ | Format-Wide | Out-String -Width 200).Trim() }
            """).Select(text => text.ToString()).ToArray();
        Assert.Equal("Digits: Raw, 1797 x 64", shown[0]);
        Assert.Equal("Digits: Autoencoder, 1797 x 10", shown[1]);
        Assert.Matches(@"^Digits: Autoencoder > GaussianMixture, 10 clusters, ACC 0\.\d{3}$", shown[2]);
    }

    /// <summary>Text after # names a state of a type. It shares the list and wide views of the type.</summary>
    private static string[] TypesWith(string control) => [.. Views.Where(view => view.Element(control) is not null)
        .SelectMany(view => view.Descendants("TypeName"))
        .Select(type => type.Value.Split('#')[0])
        .Distinct()
        .Order(StringComparer.Ordinal)];
}
