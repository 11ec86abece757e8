using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace N2D.PowerShell.Tests;

/// <summary>The views in the module's format file, and the output of some of them.</summary>
public sealed partial class FormatTests
{
    private static readonly XElement[] Views =
        [.. XDocument.Load(Path.Combine(PowerShellSession.ModuleFolder, "N2D.PowerShell.Format.ps1xml")).Descendants("View")];

    /// <summary>
    /// Defines a function that returns an object with the properties of a type. Their values are the longest that occur. The views cannot
    /// tell it from a real one, because PowerShell selects views by type name.
    /// </summary>
    private const string NewLongest = """
        function New-Longest($TypeName) {
            $longest = @{
                ClusterCount = 12345678; Cluster = 12345678; StartCount = 12345678; BestStartCount = 12345678
                Acc = 0.9812; Nmi = 0.8723; NovelShare = 0.7634; Probability = 0.6545; Confidence = 0.6123; OutlierScore = 0.5456; CumulativeRatio = 0.4367
                Bic = -1234567890123.4; Aic = -1234567890123.4; Score = -1234567890123.4567; LogLikelihood = -123456789.1234
                Loss = 1.23456789e-30; ValidationLoss = 1.23456789e-30; Variance = 1.23456789e-30; Novelty = 123456.789
                AutoencoderSeconds = 1234567.8; ClassifierSeconds = 1234567.8; ManifoldSeconds = 1234567.8; ClusterSeconds = 1234567.8; TotalSeconds = 1234567.8
                ScoringSeconds = 1234567.8; OwnSeconds = 1234567.8; SharedSeconds = 1234567.8; Seconds = 1234567.8
                MemoryBytes = 24576GB; FreeMemoryBytes = 24576GB; Length = 123456789012
                State = 'Waiting'; Shard = 'part-00012.npy'; Parameter = 'NeighborCount = 10'
                Dataset = $TypeName -like '*StudyTask*' ? 'Digits' : 'a b c ' * 10
                Method = $TypeName -like '*Study*' ? 'AE+ISOMAP+GMM' : 'GaussianMixture'
                Stages = 'Standardize > Autoencoder > LocallyLinearEmbedding'; Path = "/data/$('sensors' * 9).n2d"
            }
            $shown = [ordered]@{}
            foreach ($property in ($TypeName -replace '#.*' -as [type]).GetProperties()) {
                $type = [Nullable]::GetUnderlyingType($property.PropertyType) ?? $property.PropertyType
                $shown[$property.Name] = $longest[$property.Name] ??
                    ($type -in [int], [long] ? [int]::MaxValue : $type -in [double], [float] ? -0.1234 : $type -eq [bool] ? $false : 'a b c ' * 10)
            }
            $object = [pscustomobject] $shown | Add-Member ToString { "Digits: $($this.Stages) > $($this.Method)" } -MemberType ScriptMethod -Force -PassThru
            $object.PSTypeNames.Insert(0, $TypeName)
            $object
        }
        """;

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
            "Dbcv",
            "Probability",
            "Confidence",
            "Novelty",
            "OutlierScore",
            "Score",
            "Loss",
            "ValidationLoss",
            "Stability",
            "Jaccard",
            "Ami",
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
        Assert.Equal("1797 x 64: Digits, Raw", shown[0]);
        Assert.Equal("1797 x 10: Digits, Autoencoder", shown[1]);
        Assert.Matches(@"^10 clusters, ACC 0\.\d{3}: Digits, Autoencoder > GaussianMixture$", shown[2]);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public void EveryHeaderAndNumber_IsShownWhole(int width)
    {
        var shown = ScreenHost.Show($"{NewLongest}\n{string.Join('\n', Views.Select(ScriptOf))}", width);
        using var session = new PowerShellSession();
        session.Run(NewLongest);
        var texts = Separator().Split(EscapeSequence().Replace(shown, string.Empty));
        Assert.Equal(Views.Length, texts.Length - 1);
        var cut = from view in Views.Zip(texts.Skip(1))
                  let words = view.Second.Split([' ', '\n', ':', ','], StringSplitOptions.RemoveEmptyEntries)
                  let headers = view.First.Descendants("TableColumnHeader").Concat(view.First.Descendants("ListItem"))
                      .SelectMany(NamesOf)
                  from text in headers.Where(header => !view.Second.Contains(header, StringComparison.Ordinal))
                      .Concat(NumbersOf(session, view.First).Except(words))
                  select $"{view.First.Element("Name")!.Value}: {text}";
        Assert.Empty(cut);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void Stages_AreBrokenBetweenTheirNames(int width)
    {
        const string Stages = "Imputer > ClassifierFeatures > Pca > Umap";
        var shown = ScreenHost.Show(
            $"{NewLongest}\n" + string.Join('\n', Views.Where(ShowsStages).Select(view => ScriptOf(view).Replace(
                " | Format", $" | ForEach-Object {{ $_.Stages = '{Stages}'; $_ }} | Format", StringComparison.Ordinal))),
            width);

        var texts = Separator().Split(EscapeSequence().Replace(shown, string.Empty)).Skip(1).ToArray();
        Assert.True(texts.Length >= 9);
        Assert.All(texts, text => Assert.All(Stages.Split(" > "), name => Assert.Contains(name, text, StringComparison.Ordinal)));

        static bool ShowsStages(XElement view) =>
            view.Element("WideControl") is null && view.Descendants("ScriptBlock").Any(script => script.Value.Contains("$_.Stages", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(23, "A > B", "A > B")]
    [InlineData(23, "Abcdef > Ghijkl > Mnopqr > S", "Abcdef\n> Ghijkl\n> Mnopqr > S")]
    [InlineData(29, "Abcdef > Ghijkl > Mn", "Abcdef > Ghijkl > Mn")]
    [InlineData(28, "Abcdef > Ghijkl > Mn", "Abcdef > Ghijkl\n> Mn")]
    [InlineData(13, "Abcdef > Ghijkl", "Abcdef\n> Ghijkl")]
    [InlineData(80, "", "")]
    public void StageLines_BeginWithTheMark_AndFit(int width, string stages, string lines) =>
        Assert.Equal(lines, ScreenHost.Show($"[N2D.PowerShell.StageLines]::Of('{stages}', $Host, 8)", width).TrimEnd('\n'));

    [Fact]
    public void ATable_LeavesTheRestOfTheLineToItsLastColumn() => Assert.All(
        Views.Where(view => view.Element("TableControl") is not null),
        view => Assert.All(view.Descendants("TableColumnHeader").SkipLast(1), header => Assert.NotNull(header.Element("Width"))));

    /// <summary>Prints a view of an object with the longest values.</summary>
    private static string ScriptOf(XElement view)
    {
        var control = view.Elements().Select(element => element.Name.LocalName)
            .Single(name => name.EndsWith("Control", StringComparison.Ordinal));
        return $"'====='; New-Longest '{view.Descendants("TypeName").First().Value}' | "
            + $"Format-{control[..^"Control".Length]} -View {view.Element("Name")!.Value}";
    }

    private static IEnumerable<string> NamesOf(XElement column) =>
        (column.Element("Label") ?? column.Element("PropertyName"))?.Value is { } name ? [name] : [];

    /// <summary>The numbers that a view shows of an object with the longest values.</summary>
    private static string[] NumbersOf(PowerShellSession session, XElement view)
    {
        var shown = from item in view.Descendants()
                    where item.Name.LocalName is "TableColumnItem" or "ListItem" or "WideItem"
                    let property = item.Element("PropertyName")?.Value
                    let value = property is null ? item.Element("ScriptBlock")!.Value : $"$_.{property}"
                    select item.Element("FormatString") is { } format ? $"'{format.Value}' -f ({value})" : value;
        var script = string.Join("; ", shown.Select(text => $"\"$({text})\""));
        var texts = session.Run($"New-Longest '{view.Descendants("TypeName").First().Value}' | ForEach-Object {{ {script} }}");
        return [.. texts.SelectMany(text => text.ToString().Split(' ', ':', ',')).Where(word => Number().IsMatch(word))];
    }

    [GeneratedRegex(@"^-?\d+(\.\d+)?(E[+-]\d+)?$")]
    private static partial Regex Number();

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex EscapeSequence();

    [GeneratedRegex("=====\n")]
    private static partial Regex Separator();

    /// <summary>Text after # names a state of a type. It shares the list and wide views of the type.</summary>
    private static string[] TypesWith(string control) => [.. Views.Where(view => view.Element(control) is not null)
        .SelectMany(view => view.Descendants("TypeName"))
        .Select(type => type.Value.Split('#')[0])
        .Distinct()
        .Order(StringComparer.Ordinal)];
}
