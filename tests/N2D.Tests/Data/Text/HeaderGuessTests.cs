using N2D.Data;

namespace N2D.Tests.Data.Text;

public sealed class HeaderGuessTests
{
    private const string Fractions = "0.173,0.411,0.165,-0.652/6.453,6.223,-0.268,0.291/0.182,6.147,6.014,6.273/-0.368,-0.081,-0.241,0.299";
    private const string Wholes = "0,12,255,3/7,0,31,250/9,81,0,4/3,0,0,17";
    private const string LabeledFractions = "a,0.173,0.411,0.165/b,6.453,6.223,-0.268/a,0.182,6.147,6.014/b,-0.368,-0.081,-0.241";
    private const string LabeledWholes = "a,12,255,3/b,0,31,250/a,81,0,4/b,0,0,17";

    [Theory]
    [InlineData("a,b,c,d", Fractions)]
    [InlineData("id,x,y,z", "1,0.5,2,3/2,1,4.5,6")]
    [InlineData("name,kind", "Ann,x/Bob,y/Eve,x")] // text over text
    [InlineData(",a,b", "0,5,6/1,7,8")] // the unnamed index of a data frame
    [InlineData(",0,1", "0,5.5,6.5/1,7.5,8.5")]
    [InlineData("RI,Na,Mg,Al", Fractions)] // sodium is not a missing value
    [InlineData("on,b,c", "True,0.17,0.41/False,6.45,6.22")]
    [InlineData("id,2020-01-01,2020-01-02", "a,0.5,1.5/b,2.5,3.5")] // dates
    [InlineData("country,2000,2001,2002", LabeledFractions)] // years beside text
    [InlineData("country,2000,2001,2002", LabeledWholes)]
    [InlineData("country,2000,2005,2010", LabeledFractions)]
    [InlineData(
        "Country Name,Country Code,1960,1961,1962",
        "Aruba,ABW,54211,55438,56225/Angola,AGO,5643182,5753024,5866061/Albania,ALB,1608800,1659800,1711319")]
    [InlineData("class,400,402,404", LabeledFractions)] // wavelengths
    [InlineData("class,4000,3998,3996", LabeledFractions)] // wave numbers descend
    [InlineData("class,400,405,417", LabeledFractions)] // ascending over fractions
    [InlineData("400,402,404,class", "0.1,0.2,0.3,a/0.2,0.3,0.5,b/0.7,0.1,0.2,a")] // the label last
    [InlineData("2000,2001,2002,2003", Fractions)] // numbers only
    [InlineData("2000,2001,2002,2003", Wholes)]
    [InlineData("400,402,404,406", Fractions)]
    [InlineData("0,1,2,3", Fractions)] // counters
    [InlineData("1,2,3,4", Fractions)]
    [InlineData("0,1", "0.25,1.5/0.75,2.5/1.25,0.5")]
    [InlineData("label,0,1,2", "7,5,0,255/3,9,0,1/4,0,0,8")]
    [InlineData("label,0,1", "4,5,6")]
    [InlineData(
        "400.5,401.0,401.5,402.0,402.5,403.0",
        "0.1,0.2,0.3,0.5,0.4,0.1/0.3,0.2,0.1,0.7,0.8,0.1/0.2,0.2,0.6,0.1,0.3,0.2/0.1,0.4,0.6,0.1,0.9,0.2")]
    [InlineData("country,2000", "a,0.5/b,1.5/a,2.5/b,3.5")]
    [InlineData("sample_id,47,100,27", "s1,0.5,1.5,2/s2,7.5,8,3.5/s3,1,2.5,1")] // a usual name
    public void Header_IsRecognized(string first, string rows) => Assert.True(Guess(first, rows).IsHeader);

    [Theory]
    [InlineData("47,100,27,81", "0,89,27,100/0,57,31,68/0,100,7,92")] // pendigits
    [InlineData("5.1,3.5,1.4,0.2,setosa", "4.9,3.0,1.4,0.2,setosa/4.7,3.2,1.3,0.2,setosa")] // iris
    [InlineData("5.1,3.5,1.4,0.2,setosa", "4.9,3.0,1.4,0.2,virginica/4.7,3.2,1.3,0.2,virginica")]
    [InlineData("5,3,1,2,setosa", "4,3,1,2,setosa/4,3,1,2,virginica")]
    [InlineData("a,5.1,3.5", "b,4.9,3.0/a,4.7,3.2")]
    [InlineData("r1,5.1,3.5", "r2,4.9,3.0/r3,4.7,3.2")] // ids
    [InlineData("r1,5,7", "r2,4,3/r3,4,2")]
    [InlineData("2020-01-01,5.1,3.5", "2020-01-02,4.9,3.0/2020-01-03,4.7,3.2")]
    [InlineData("the,0.1,0.2", "of,0.3,0.4/cat,0.5,0.6")] // word vectors
    [InlineData("1,2,3", "4,5,6/7,8,9")] // progressions all
    [InlineData("1,2,3,4", "2,3,4,5/3,4,5,6/4,5,6,7")]
    [InlineData("10,20,30,40", "12,25,31,44/9,21,35,41/11,22,32,47")] // quantiles ascend in each row
    [InlineData("1,2", "3,4/5,6")]
    [InlineData("1,2", "3,4.5")]
    [InlineData("1,0,1,0", "0,1,1,0/1,1,0,0")]
    [InlineData("0.5,1.5", "2.5,3.5/1,2")]
    [InlineData("red,small", "red,large/blue,small/red,small")] // words recur
    [InlineData("x", "y/x/y")]
    [InlineData("True,5,6", "False,7,8")]
    [InlineData("NA,5,6", "1,7,8")]
    [InlineData("1", "2/3")]
    [InlineData("5.1,oops", "1,2")] // a slip among numbers
    [InlineData("NaN,1", "2,3/4,5")]
    [InlineData("8,1,6", "3,5,7/4,9,2")]
    public void Data_AreRecognized(string first, string rows) => Assert.False(Guess(first, rows).IsHeader);

    [Theory]
    [InlineData("5.1,oops", "1,2", false)]
    [InlineData("1,2,3,4", "5,5,1,2/2,1,4,1/3,3,2,5/1,4,2,2", true)] // answers from 1 to 5 may be counted so
    [InlineData("class,47,100,27", "a,0,89,27/b,0,57,31/a,3,2,4", true)]
    [InlineData("r1,red", "r2,blue/r3,green", false)]
    [InlineData("country,5.5,7.25", "a,5.1,3.5/b,1.5,2.5/a,1.1,1.2", true)]
    public void MixedEvidence_IsNotClear(string first, string rows, bool isHeader)
    {
        var verdict = Guess(first, rows);

        Assert.Equal((isHeader, false), (verdict.IsHeader, verdict.IsClear));
    }

    [Theory]
    [InlineData("a,b,c,d", Fractions)]
    [InlineData("country,2000,2001,2002", LabeledFractions)]
    [InlineData("0,1,2,3", Fractions)]
    [InlineData(
        "Country Name,Country Code,1960,1961,1962",
        "Aruba,ABW,54211,55438,56225/Angola,AGO,5643182,5753024,5866061/Albania,ALB,1608800,1659800,1711319")]
    [InlineData("47,100,27,81", "0,89,27,100/0,57,31,68/0,100,7,92")]
    [InlineData("5.1,3.5,1.4,0.2,setosa", "4.9,3.0,1.4,0.2,setosa/4.7,3.2,1.3,0.2,setosa")]
    [InlineData("red,small", "red,large/blue,small/red,small")]
    public void PlainEvidence_IsClear(string first, string rows) => Assert.True(Guess(first, rows).IsClear);

    [Fact]
    public void HeaderWithoutRows_IsOneIfAllItsCellsAreWords()
    {
        Assert.True(HeaderGuess.Guess(["a", "b"], [], CancellationToken.None).IsHeader);
        Assert.False(HeaderGuess.Guess(["1", "2"], [], CancellationToken.None).IsHeader);
        Assert.False(HeaderGuess.Guess(["a", "2.5"], [], CancellationToken.None).IsHeader);
    }

    [Fact]
    public void UnclearHeader_IsWarnedOfWithTheOption()
    {
        using var files = new TextFiles();

        Assert.Contains("HasHeader true", files.Read("5.1,oops\n1,2\n").Warning, StringComparison.Ordinal);
        Assert.Contains(
            "HasHeader false.", files.Read("class,47,100,27\na,0,89,27\nb,0,57,31\na,3,2,4\n").Warning, StringComparison.Ordinal);
        Assert.Null(files.Read("5.1,oops\n1,2\n", new TextFormat { HasHeader = false }).Warning);
    }

    [Fact]
    public void Canceled_ItLooksAtNoMoreColumns() =>
        Assert.Throws<OperationCanceledException>(() => HeaderGuess.Guess(["a", "b"], [], new CancellationToken(canceled: true)));

    private static HeaderVerdict Guess(string first, string rows) =>
        HeaderGuess.Guess(first.Split(','), [.. rows.Split('/').Select(row => row.Split(','))], CancellationToken.None);
}
