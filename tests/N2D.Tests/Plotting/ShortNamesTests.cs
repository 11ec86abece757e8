using N2D.Plotting;

namespace N2D.Tests.Plotting;

public sealed class ShortNamesTests
{
    [Fact]
    public void NamesThatFit_StayAsTheyAre() =>
        Assert.Equal(["a", "", "exactly twenty-four char"], ShortNames.Of(["a", "", "exactly twenty-four char"]));

    [Fact]
    public void ALongNameAlone_IsCutAtItsEnd() =>
        Assert.Equal(["a very long name that n…", "short"], ShortNames.Of(["a very long name that no legend has room for", "short"]));

    [Fact]
    public void NamesThatBeginAlike_AreCutWhereTheyAre()
    {
        var names =
            ShortNames.Of(["pump station north, sensor 1", "pump station north, sensor 2", "pump station south, sensor 1 of all", "valve"]);
        Assert.Equal(["pump s…or 1", "pump s…or 2", "pump station south, sen…", "valve"], names);
    }

    [Fact]
    public void NamesThatPartAtSeveralPlaces_StillDiffer()
    {
        var shared = new string('x', 40);
        string[] names = [.. from first in "ab" from second in "cd" select $"{shared}{first}{shared}{second}"];
        var shown = ShortNames.Of([.. names, names[0], shared]);
        Assert.Equal(5, shown.Distinct().Count());
        Assert.Equal(shown[0], shown[4]);
        Assert.All(shown, name => Assert.InRange(name.Length, 1, ShortNames.MaxLength));
    }
}
