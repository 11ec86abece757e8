using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace N2D.PowerShell.Tests;

/// <summary>
/// The output of Get-Help. The text of cmdlets and parameters comes from doc comments, the examples and links from docs/cmdlets/NAME.md.
/// </summary>
public sealed partial class HelpTests : IDisposable
{
    private static readonly string[] CommonParameters = [.. Cmdlet.CommonParameters];

    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void EveryCmdlet_HasSynopsis_Description_Outputs_TwoExamples_AndLinks()
    {
        var lacking = new List<string>();
        foreach (var cmdlet in Cmdlets())
        {
            var help = HelpOf(cmdlet);
            Expect($"{cmdlet} has no synopsis (<para type=\"synopsis\"> of its class)", TextOf(help, "details", "description").Length > 0);
            Expect($"{cmdlet} has no description (<para type=\"description\"> of its class)", TextOf(help, "description").Length > 0);
            Expect($"{cmdlet} does not say what it puts out ([OutputType])", TextOf(
                help, "returnValues", "returnValue", "type", "name").Length > 0);
            Expect($"{cmdlet} has no page with two examples and more (docs/cmdlets/{cmdlet}.md)", Members(
                help, "examples", "example").Count() >= 2);
            Expect($"{cmdlet} names no related cmdlets (## Related in docs/cmdlets/{cmdlet}.md)", Members(
                help, "relatedLinks", "navigationLink").Any());
            lacking.AddRange(Members(help, "examples", "example")
                .Where(example => TextOf(example, "code").Length == 0)
                .Select(example => $"{cmdlet}: '{TextOf(example, "title")}' shows no code"));

            void Expect(string otherwise, bool isThere)
            {
                if (!isThere)
                {
                    lacking.Add(otherwise);
                }
            }
        }

        AssertNone(lacking);
    }

    [Fact]
    public void EveryParameter_HasHelp_AndEveryNumberItsRange()
    {
        var lacking = new List<string>();
        foreach (var (cmdlet, parameter) in Parameters())
        {
            var help = ParameterHelp(cmdlet, parameter.Name);
            var text = help is null ? "" : TextOf(help, "description");
            if (text.Length == 0)
            {
                lacking.Add(
                    $"{cmdlet} -{parameter.Name} has no help: write a <para type=\"description\"> into the doc comment of its property");
            }
            else if (IsNumber(parameter.ParameterType) && !text.Contains("Range: ", StringComparison.Ordinal))
            {
                lacking.Add(
                    $"{cmdlet} -{parameter.Name} does not say which numbers it takes: end its description with 'Range: 1 or more.', "
                        + "'Range: 0 to 1.', 'Range: above 0.' or the like");
            }
        }

        AssertNone(lacking);
    }

    [Fact]
    public void EveryRangeInTheHelp_IsTheOneThatIsKept()
    {
        _session.Run("$digits = Import-N2DDataset Digits");
        var taken = new List<string>();
        foreach (var (cmdlet, parameter) in Parameters().Where(entry => IsNumber(entry.Parameter.ParameterType)))
        {
            foreach (var outside in OutsideOf(TextOf(ParameterHelp(cmdlet, parameter.Name)!, "description")))
            {
                var tries = CallsOf(cmdlet, $"-{parameter.Name} {outside}").Select(ErrorOf).ToArray();
                if (!tries.Any(id => id.Contains("OutOfRange", StringComparison.Ordinal)
                    || id.Contains("ParameterArgumentValidation", StringComparison.Ordinal)))
                {
                    taken.Add(
                        $"{cmdlet} -{parameter.Name} {outside}: is outside of what the help says, and not refused for it (got "
                            + $"{string.Join(", ", tries.Distinct())})");
                }
            }
        }

        AssertNone(taken);
    }

    [Fact]
    public void OnlineHelp_IsThePageOfTheProject()
    {
        // Get-Help -Online opens the first link with an address.
        var manifest = $"{PowerShellSession.ModuleFolder}/N2D.PowerShell.psd1";
        var project = _session.Run($"(Import-PowerShellDataFile '{manifest}').PrivateData.PSData.ProjectUri");
        string[] expected = [.. project.Where(address => address is not null).Select(address => address.ToString())];
        Assert.All(Cmdlets(), cmdlet => Assert.Equal(
            expected,
            Members(HelpOf(cmdlet), "relatedLinks", "navigationLink").Select(link => TextOf(link, "uri"))
                .Where(address => address.Length > 0)));
    }

    [Fact]
    public void Help_OfUmap_IsComplete()
    {
        var help = HelpOf("Invoke-N2DUmap");
        Assert.Equal("Finds the manifold that the rows of an embedding lie on, by UMAP.", TextOf(help, "details", "description"));
        Assert.Contains("McInnes, Healy and Melville, 2018", TextOf(help, "description"), StringComparison.Ordinal);
        Assert.Equal("N2D.Pipeline.Embedding", TextOf(help, "inputTypes", "inputType", "type", "name"));
        Assert.Equal("N2D.Pipeline.Embedding", TextOf(help, "returnValues", "returnValue", "type", "name"));
        Assert.Contains("n rows in d dimensions", TextOf(help, "returnValues", "returnValue", "description"), StringComparison.Ordinal);
        Assert.Contains("umap-learn", TextOf(help, "alertSet", "alert"), StringComparison.Ordinal);
        Assert.Contains("New-N2DAutoencoder", Members(help, "relatedLinks", "navigationLink").Select(link => TextOf(link, "linkText")));
        Assert.Contains(
            "McInnes, Healy and Melville (2018): UMAP https://arxiv.org/abs/1802.03426",
            Members(help, "relatedLinks", "navigationLink").Select(link => TextOf(link, "linkText")));

        var syntax = Assert.Single(Members(help, "syntax", "syntaxItem"));
        Assert.Equal("InputObject", TextOf(Members(syntax, "parameter").First(), "name"));
        Assert.Equal(Members(help, "parameters", "parameter").Count(), Members(syntax, "parameter").Count());

        var distance = ParameterHelp("Invoke-N2DUmap", "MinimumDistance")!;
        Assert.StartsWith("The minimum distance between rows in the result", TextOf(distance, "description"), StringComparison.Ordinal);
        Assert.Equal(
            ["Single", "0", "false", "named", "False", "min_dist", "false"],
            new[] { "parameterValue", "defaultValue", "required", "position", "pipelineInput", "aliases", "globbing" }.Select(part =>
                TextOf(distance, part)));

        var input = ParameterHelp("Invoke-N2DUmap", "InputObject")!;
        Assert.Equal(
            ["true", "True (ByValue)", "None"], new[] { "required", "pipelineInput", "defaultValue" }.Select(part => TextOf(input, part)));

        // The values of an enumeration, with their meanings.
        Assert.Contains(
            "- Manhattan: City-block distance",
            TextOf(ParameterHelp("Invoke-N2DUmap", "Metric")!, "description"),
            StringComparison.Ordinal);
        Assert.Equal("the seed of the previous stage, otherwise 0", TextOf(ParameterHelp("Invoke-N2DUmap", "Seed")!, "defaultValue"));
        Assert.Contains("Range: 0 or more.", TextOf(ParameterHelp("Invoke-N2DUmap", "Seed")!, "description"), StringComparison.Ordinal);
    }

    [Fact]
    public void Help_OfAWriter_TellsOfWhatIf()
    {
        Assert.Equal("Shows what would be done, without doing it.", TextOf(ParameterHelp("Export-N2DModel", "WhatIf")!, "description"));
        Assert.Equal(
            ["0", "true"], new[] { "position", "required" }.Select(part => TextOf(ParameterHelp("Export-N2DModel", "Path")!, part)));
    }

    [Fact]
    public void Help_OfAStudy_NamesTheParametersThatItCanVary()
    {
        var help = TextOf(ParameterHelp("Start-N2DStudy", "Parameter")!, "description").Split("The parameters are ")[1];
        var named = help.Split(';').Select(part => Regex.Matches(part, "(?<!-)\\b[A-Z][A-Za-z]+").Select(name => name.Value)).ToArray();
        Assert.Equal(3, named.Length);
        Assert.Equal(VariedParametersOf(""), named[0].Concat(named[1]).Order(StringComparer.Ordinal));
        Assert.Equal(VariedParametersOf("-Fit"), named[0].Concat(named[2]).Order(StringComparer.Ordinal));
    }

    /// <summary>The parameters that the refusal of an unknown one names.</summary>
    private IOrderedEnumerable<string> VariedParametersOf(string kind) => _session
        .RunFailing($"Start-N2DStudy study Digits {kind} -Parameter @{{ Unknown = 1 }} -PlanOnly")
        .Exception.Message.Split("The parameters are ")[1].TrimEnd('.').Split(", ").Order(StringComparer.Ordinal);

    [Fact]
    public void ParameterSets_StandInTheSyntaxOneByOne()
    {
        var sets = Members(HelpOf("Import-N2DDataset"), "syntax", "syntaxItem")
            .Select(item => Members(item, "parameter").Select(parameter => TextOf(parameter, "name")).ToArray())
            .ToArray();
        Assert.Equal(3, sets.Length);
        Assert.Equal(["Name", "Path"], sets[0].Take(2));
        Assert.DoesNotContain("Delimiter", sets[0]);
        Assert.Equal("Path", sets[1][0]);
        Assert.Equal("LiteralPath", sets[2][0]);
    }

    [Fact]
    public void EveryParameterSet_HasItsSyntax()
    {
        var counts = _session.Run("Get-Command -Module N2D.PowerShell -CommandType Cmdlet | % { \"$($_.Name) $($_.ParameterSets.Count)\" }");
        Assert.NotEmpty(counts);
        Assert.All(counts, count =>
        {
            var (name, sets) = count.ToString().Split(' ') is [var first, var second] ? (first, second) : default;
            Assert.Equal($"{name} {sets}", $"{name} {Members(HelpOf(name), "syntax", "syntaxItem").Count()}");
        });
    }

    [Fact]
    public void AboutTopic_ListsEveryCmdlet()
    {
        var text = File.ReadAllText(Path.Combine(PowerShellSession.ModuleFolder, "en-US", "about_N2D.help.txt"));
        Assert.Equal(
            "TOPIC\n    about_N2D\n\nSHORT DESCRIPTION\n    Clusters unlabeled data with an autoencoder, UMAP and a Gaussian mixture",
            string.Join("\n", text.Split('\n').Take(5)));
        AssertNone(
            [.. Cmdlets()
                .Where(cmdlet => !text.Contains($"\n    {cmdlet}\n", StringComparison.Ordinal))
                .Select(cmdlet => $"about_N2D does not list {cmdlet}")]);
    }

    [Fact]
    public void AboutTopics_SpeakOfWhatThereIs()
    {
        var parameters = Parameters()
            .SelectMany(entry => entry.Parameter.Aliases.Append(entry.Parameter.Name))
            .Concat(CommonParameters)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var cmdlets = Cmdlets();
        var unknown = new List<string>();
        foreach (var topic in Directory.GetFiles(Path.Combine(PowerShellSession.ModuleFolder, "en-US"), "about_*"))
        {
            var text = File.ReadAllText(topic);
            unknown.AddRange(CmdletName()
                .Matches(text)
                .Select(match => match.Value)
                .Where(name => !cmdlets.Contains(name, StringComparer.Ordinal))
                .Select(name => $"{Path.GetFileName(topic)} speaks of {name}"));
            unknown.AddRange(ParameterName()
                .Matches(text)
                .Select(match => match.Value)
                .Where(name => !parameters.Contains(name[1..])
                    && name is not ("-Full" or "-Examples" or "-Parallel" or "-Wait" or "-First" or "-Descending" or "-List" or "-Scope"
                        or "-Recurse" or "-File" or "-ExecutionPolicy"
                        or "-NE" or "-HostName" or "-NoProfile" or "-NonInteractive" or "-Command"))
                .Select(name => $"{Path.GetFileName(topic)} speaks of {name}"));
        }

        AssertNone(unknown);
        Assert.Matches(
            @"\n    UMAP n_neighbors +-NeighborCount +15 +20\n",
            File.ReadAllText(Path.Combine(PowerShellSession.ModuleFolder, "en-US", "about_N2D_ComingFromPython.help.txt")));
    }

    [Fact]
    public void CodeInAList_IsIndentedInAboutTopics()
    {
        var text = File.ReadAllText(Path.Combine(PowerShellSession.ModuleFolder, "en-US", "about_N2D_Gpu.help.txt"));
        Assert.Contains(
            "nuget.org:\n\n           Install-N2DBackend -Kind Cuda -Download\n\n       Nothing is downloaded", text, StringComparison.Ordinal);
        Assert.Contains(
            "\n\n    3. Train:\n\n           Get-N2DDevice\n           Import-N2DDataset Mnist | New-N2DAutoencoder -Device cuda\n\n",
            text,
            StringComparison.Ordinal);
        Assert.DoesNotContain("\n\n\n", text, StringComparison.Ordinal);
    }

    private static void AssertNone(List<string> complaints) => Assert.True(complaints.Count == 0, string.Join("\n", complaints));

    private static bool IsNumber(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) is TypeCode.Int32
        or TypeCode.Int64
        or TypeCode.Single
        or TypeCode.Double && !type.IsEnum
        && Nullable.GetUnderlyingType(type) is not { IsEnum: true };

    /// <summary>Numbers just outside the range at the end of a description.</summary>
    private static IEnumerable<string> OutsideOf(string description)
    {
        var match = RangeInWords().Match(description);
        Assert.True(match.Success, $"No range is understood in: {description}");
        if (match.Groups["above"] is { Success: true } above)
        {
            yield return above.Value;
        }

        if (match.Groups["least"] is { Success: true } least)
        {
            yield return (int.Parse(least.Value, CultureInfo.InvariantCulture) - 1).ToString(CultureInfo.InvariantCulture);
        }

        if (match.Groups["most"] is { Success: true } most)
        {
            yield return (int.Parse(most.Value, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
        }

        if (match.Groups["below"] is { Success: true } below)
        {
            yield return below.Value;
        }
    }

    /// <summary>Calls with a parameter, one of which must check it: each clusterer uses different parameters.</summary>
    private static IEnumerable<string> CallsOf(string cmdlet, string argument)
    {
        string[] others = cmdlet switch
        {
            "Invoke-N2DCluster" => ["-Method GaussianMixture Auto", "-Method Spectral 2", "-Method Hdbscan", "-Method Agglomerative"],
            _ when cmdlet.StartsWith("Export-N2D", StringComparison.Ordinal) => ["-Path ./out.png"],
            _ => [""],
        };
        return others.Select(other => $"$digits | {cmdlet} {argument} {other}");
    }

    private string ErrorOf(string call)
    {
        try
        {
            _session.Run(call);
        }
        catch (RuntimeException error)
        {
            return error.ErrorRecord.FullyQualifiedErrorId;
        }

        return _session.Errors.Count > 0 ? _session.Errors[0].FullyQualifiedErrorId : "no error";
    }

    private string[] Cmdlets() => [.. _session.Run("Get-Command -Module N2D.PowerShell").Select(command => command.ToString())];

    private IEnumerable<(string Cmdlet, ParameterMetadata Parameter)> Parameters() =>
        from command in _session.Run("Get-Command -Module N2D.PowerShell").Select(command => (CommandInfo)command.BaseObject).ToArray()
        from parameter in command.Parameters.Values
        where !CommonParameters.Contains(parameter.Name)
        select (command.Name, parameter);

    private PSObject HelpOf(string cmdlet) => Assert.Single(_session.Run($"Get-Help {cmdlet} -Full"));

    private PSObject? ParameterHelp(string cmdlet, string parameter) =>
        Members(HelpOf(cmdlet), "parameters", "parameter").SingleOrDefault(help => TextOf(help, "name") == parameter);

    /// <summary>The members at a path of a help object, which holds a single member directly and several as an array.</summary>
    private static IEnumerable<PSObject> Members(PSObject help, params string[] path) => path.Aggregate(
        (IEnumerable<PSObject>)[help],
        (found, name) => [
            .. found.SelectMany(item =>
                (item.Properties[name]?.Value is { } value ? LanguagePrimitives.GetEnumerable(value)?.Cast<object>() ?? [value] : [])
            .Where(member => member is not null).Select(PSObject.AsPSObject))]);

    /// <summary>The text at a path; paragraphs are joined by line breaks.</summary>
    private static string TextOf(PSObject help, params string[] path) =>
        string.Join("\n", Members(help, path).Select(member => member.Properties["Text"]?.Value as string ?? member.ToString())).Trim();

    [GeneratedRegex(@"\b[A-Z][a-z]+-N2D[A-Za-z]*")]
    private static partial Regex CmdletName();

    // Excludes operators such as -lt, which are lower case.
    [GeneratedRegex(@"(?<=\s)-[A-Z][A-Za-z]+")]
    private static partial Regex ParameterName();

    [GeneratedRegex(
        @"Range: (any finite number|above (?<above>\d+)( and below (?<below>\d+))?|(each )?(?<least>\d+) (to (?<most>\d+)|or more( and below (?<below>\d+))?))")]
    private static partial Regex RangeInWords();
}
