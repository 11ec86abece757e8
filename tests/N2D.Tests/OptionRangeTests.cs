using System.Reflection;
using N2D.Ablation;
using N2D.Autoencoders;
using N2D.Clustering;
using N2D.Manifolds;
using N2D.Models;
using N2D.Neighbors;
using N2D.SelfTraining;

namespace N2D.Tests;

/// <summary>Every numeric option declares its range, and its initializer checks it.</summary>
public sealed class OptionRangeTests
{
    private static readonly Func<object>[] Options =
    [
        () => new AutoencoderOptions(),
        () => new AgglomerativeOptions(3),
        () => new GaussianMixtureOptions(3),
        () => new HdbscanOptions(),
        () => new KMeansOptions(3),
        () => new SpectralOptions(3),
        () => new IsomapOptions(),
        () => new LocallyLinearEmbeddingOptions(),
        () => new PcaOptions(),
        () => new TsneOptions(),
        () => new UmapOptions(),
        () => new N2DOptions(3),
        () => new AblationOptions(3),
        () => new SelfTrainingOptions(),
        () => new RowDistance(),
        () => new Execution(),
    ];

    [Fact]
    public void TheLimits_AreKeptTo_AndNaNIsRefused()
    {
        var wrong = new List<string>();
        var tried = 0;
        foreach (var make in Options)
        {
            foreach (var (property, range) in RangedOptions(make().GetType()))
            {
                var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
                double[] values =
                    [range.Least, range.Most, Below(range.Least, type), Above(range.Most, type), double.NaN, double.PositiveInfinity];
                foreach (var value in values)
                {
                    if (type == typeof(int) && !(Math.Abs(value) < int.MaxValue))
                    {
                        continue;
                    }

                    tried++;
                    if (Takes(property, make(), Convert.ChangeType(value, type)) != range.Contains(value))
                    {
                        wrong.Add($"{property.DeclaringType!.Name}.{property.Name} ({range}) with {value}");
                    }
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(tried > 150, $"{tried} values tried");
    }

    // MinkowskiPower of several records is passed to RowDistance, which declares the range.
    [Fact]
    public void EveryNumberButSeeds_DeclaresItsRange() => Assert.Empty(Options
        .Select(make => make().GetType())
        .SelectMany(type => type.GetProperties())
        .Where(property => property.SetMethod is { IsPublic: true }
            && IsNumber(property.PropertyType)
            && property.Name is not ("Seed" or nameof(RowDistance.MinkowskiPower)))
        .Where(property => property.GetCustomAttribute<OptionRangeAttribute>() is null)
        .Select(property => $"{property.DeclaringType!.Name}.{property.Name}"));

    [Theory]
    [InlineData(1, double.PositiveInfinity, false, false, "1 or more")]
    [InlineData(0, double.PositiveInfinity, true, false, "above 0")]
    [InlineData(0, 0.5, false, false, "0 to 0.5")]
    [InlineData(0, 1, false, true, "0 or more and below 1")]
    [InlineData(0, 1, true, false, "above 0 and at most 1")]
    [InlineData(0, 1, true, true, "above 0 and below 1")]
    public void ARange_IsPutInWords(double least, double most, bool excludesLeast, bool excludesMost, string words) =>
        Assert.Equal(
            words, new OptionRangeAttribute(least, most) { ExcludesLeast = excludesLeast, ExcludesMost = excludesMost }.ToString());

    private static IEnumerable<(PropertyInfo Property, OptionRangeAttribute Range)> RangedOptions(Type type) => type.GetProperties()
        .Where(property => IsNumber(property.PropertyType))
        .Select(property => (property, property.GetCustomAttribute<OptionRangeAttribute>()!))
        .Where(option => option.Item2 is not null);

    private static bool IsNumber(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var number
            && (number == typeof(int) || number == typeof(float) || number == typeof(double));

    private static double Below(double value, Type type) => type == typeof(int)
        ? value - 1
        : type == typeof(float)
        ? float.BitDecrement((float)value)
        : double.BitDecrement(value);

    private static double Above(double value, Type type) => type == typeof(int)
        ? value + 1
        : type == typeof(float)
        ? float.BitIncrement((float)value)
        : double.BitIncrement(value);

    private static bool Takes(PropertyInfo property, object options, object value)
    {
        try
        {
            property.SetValue(options, value);
            return true;
        }
        catch (TargetInvocationException refusal) when (refusal.InnerException is N2DException error
            && error.Id == $"{property.Name}OutOfRange")
        {
            Assert.Equal(property.Name, Assert.Single(error.Options));
            return false;
        }
    }
}
