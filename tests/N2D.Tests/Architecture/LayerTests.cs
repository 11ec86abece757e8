using NetArchTest.Rules;

namespace N2D.Tests.Architecture;

/// <summary>The layers of the library: a namespace uses only those of lower layers.</summary>
public sealed class LayerTests
{
    /// <summary>
    /// Each namespace with the namespaces that it may use, from the lowest layer to the highest. CONTRIBUTING.md explains what each is for.
    /// </summary>
    private static readonly string[][] Layers =
    [
        ["N2D.Files", "N2D.Numerics"],
        ["N2D.Devices"],
        ["N2D.Serialization"],
        ["N2D.Pipeline", "N2D.Metrics"],
        ["N2D.Neighbors"],
        ["N2D.Data"],
        ["N2D.Autoencoders", "N2D.Classifiers", "N2D.Clustering", "N2D.Manifolds"],
        ["N2D.Models"],
        ["N2D.Studies"],
        ["N2D.Comparison", "N2D.Profiles"],
        ["N2D.Ablation", "N2D.Plotting", "N2D.SelfTraining"],
        ["N2D.Reports"],
    ];

    private static readonly System.Reflection.Assembly Library = typeof(N2DException).Assembly;

    private static readonly string[] Names = [.. Layers.SelectMany(layer => layer)];

    public static TheoryData<string> Namespaces { get; } = [.. Names];

    [Fact]
    public void EveryNamespace_HasALayer()
    {
        var inUse = Library.GetTypes()
            .Select(type => type.Namespace)
            .Where(name => name is not null && name.StartsWith("N2D.", StringComparison.Ordinal))
            .Distinct();
        Assert.Equal(Names.Order(), inUse.Order()!);
    }

    [Theory]
    [MemberData(nameof(Namespaces))]
    public void ANamespace_UsesOnlyLowerLayers(string name)
    {
        var layer = Array.FindIndex(Layers, names => names.Contains(name));
        var notLower = Layers.Skip(layer).SelectMany(names => names).Where(other => other != name).ToArray();
        var users = Types.InAssembly(Library).That().ResideInNamespace(name).Should().NotHaveDependencyOnAny(notLower).GetResult();
        Assert.Empty(users.FailingTypeNames ?? []);
    }

    [Fact]
    public void TheRoot_UsesNoOtherNamespace()
    {
        var root = Types.InAssembly(Library).That().ResideInNamespaceMatching("^N2D$");
        var users = root.Should().NotHaveDependencyOnAny(Names).GetResult();
        Assert.Empty(users.FailingTypeNames ?? []);
    }

    [Fact]
    public void TheCheck_SeesADependency() =>
        Assert.False(Types.InAssembly(Library)
            .That()
            .ResideInNamespace("N2D.Models")
            .Should()
            .NotHaveDependencyOnAny("N2D.Pipeline")
            .GetResult().IsSuccessful);
}
