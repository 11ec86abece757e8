using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Numerics;

public sealed class PortableMathTests
{
    private static readonly Dictionary<string, Func<double[], double>> Functions = new()
    {
        ["Exp"] = x => PortableMath.Exp(x[0]),
        ["Log"] = x => PortableMath.Log(x[0]),
        ["Log2"] = x => PortableMath.Log2(x[0]),
        ["Log10"] = x => PortableMath.Log10(x[0]),
        ["Pow"] = x => PortableMath.Pow(x[0], x[1]),
        ["Cos"] = x => PortableMath.Cos(x[0]),
    };

    [Theory]
    [InlineData(-1)]
    [InlineData(-0.999)]
    [InlineData(-0.5)]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.7)]
    [InlineData(0.999999)]
    [InlineData(1)]
    public void Acos_HasASmallError(double cosine) => Assert.Equal(Math.Acos(cosine), PortableMath.Acos(cosine), 1e-12);

    [Theory]
    [InlineData("Exp")]
    [InlineData("Log")]
    [InlineData("Log2")]
    [InlineData("Log10")]
    [InlineData("Pow")]
    [InlineData("Cos")]
    public void Results_AreTheNearestDoubles(string name)
    {
        foreach (var row in ExpectedValues.Load("elementary.json").GetProperty(name).EnumerateArray())
        {
            double[] values = [.. row.EnumerateArray().Select(value => value.GetDouble())];
            Assert.Equal(values[^1], Functions[name](values[..^1]));
        }
    }

    [Theory]
    [InlineData("Exp", double.NegativeInfinity)]
    [InlineData("Exp", -750)]
    [InlineData("Exp", 0)]
    [InlineData("Exp", 711)]
    [InlineData("Exp", double.NaN)]
    [InlineData("Log", 0)]
    [InlineData("Log", -1)]
    [InlineData("Log", 1)]
    [InlineData("Log", double.PositiveInfinity)]
    [InlineData("Log", double.NaN)]
    [InlineData("Log2", 1024)]
    [InlineData("Log2", -1)]
    [InlineData("Log10", 0)]
    [InlineData("Pow", 0, 0)]
    [InlineData("Pow", 0, 2)]
    [InlineData("Pow", 0, -2)]
    [InlineData("Pow", 2, 1024)]
    [InlineData("Pow", 2, -1080)]
    [InlineData("Pow", 10, 22)]
    [InlineData("Pow", 1e300, 1e307)]
    [InlineData("Pow", 1e-300, 1e307)]
    [InlineData("Pow", 0.5, double.PositiveInfinity)]
    [InlineData("Pow", double.PositiveInfinity, 0.5)]
    [InlineData("Pow", -8, 0.5)]
    [InlineData("Cos", 0)]
    [InlineData("Cos", Math.PI)]
    public void Limits_AreThoseOfTheLibrary(string name, double x, double y = 0) => Assert.Equal(
        name switch
        {
            "Exp" => Math.Exp(x),
            "Log" => Math.Log(x),
            "Log2" => Math.Log2(x),
            "Log10" => Math.Log10(x),
            "Pow" => Math.Pow(x, y),
            _ => Math.Cos(x),
        },
        Functions[name]([x, y]));

    [Fact]
    public void ExponentialsOfASpan_AreThoseOfVectors_AndClamped()
    {
        var values = new double[Exponential.PaddedLength(9)];
        double[] exponents = [-800, -700, -3, -1, -0.5, -1e-9, 0, 1, double.PositiveInfinity];
        exponents.CopyTo(values, 0);

        Exponential.ReplaceNonPositive(values);

        Assert.All(exponents.Zip(values), pair =>
        {
            var expected = PortableMath.Exp(Math.Clamp(pair.First, -700, 0));
            Assert.InRange(pair.Second, expected * (1 - 4e-16), expected * (1 + 4e-16));
        });
    }
}
