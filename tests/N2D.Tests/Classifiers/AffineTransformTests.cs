using N2D.Classifiers;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Tests.Classifiers;

/// <summary>The random transforms of training rows.</summary>
public sealed unsafe class AffineTransformTests
{
    private const int Side = 21;
    private const int DrawCount = 200;

    private static readonly ImageShape Shape = new(Side, Side);

    [Theory]
    [InlineData(21, 21)]
    [InlineData(2, 2)]
    [InlineData(2, 9)]
    public void AConstantImage_StaysConstant_AndItsSurroundingsUntouched(int height, int width)
    {
        var shape = new ImageShape(height, width);
        var pixels = new float[height * width];
        Array.Fill(pixels, 3);
        var stride = width + 2;
        for (var draw = 0; draw < DrawCount; draw++)
        {
            var target = new float[height * stride];
            Array.Fill(target, -7);
            Apply(pixels, shape, canMirror: true, draw, factor: 0.5f, target, stride);
            for (var place = 0; place < target.Length; place++)
            {
                Assert.Equal(place % stride < width ? 1.5f : -7, target[place]);
            }
        }
    }

    [Fact]
    public void ADotInTheCenter_MovesByTheShiftOnly_AtMostATenthOfEachSide()
    {
        var pixels = new float[Side * Side];
        pixels[(Side / 2 * Side) + (Side / 2)] = 1;
        var moves = Enumerable.Range(0, DrawCount).Select(draw => CenterOf(Transformed(pixels, canMirror: false, draw))).ToArray();

        // Interpolation spreads a dot over neighboring pixels, and moves its center of mass by less than half a pixel.
        const double Largest = (0.1 * Side) + 0.5;
        Assert.All(moves, center => Assert.InRange(center.X - (Side / 2), -Largest, Largest));
        Assert.All(moves, center => Assert.InRange(center.Y - (Side / 2), -Largest, Largest));
        Assert.InRange(moves.Max(center => center.X), (Side / 2) + 1.5, Side);
        Assert.InRange(moves.Min(center => center.Y), 0, (Side / 2) - 1.5);
    }

    [Fact]
    public void ALine_TurnsByAtMostTenDegrees_ToBothSides()
    {
        // A vertical line through the center, as a soft ridge, so that interpolation keeps its direction.
        var pixels = new float[Side * Side];
        for (var place = 0; place < pixels.Length; place++)
        {
            pixels[place] = MathF.Max(0, 3 - MathF.Abs((place % Side) - (Side / 2)));
        }

        var angles = Enumerable.Range(0, DrawCount).Select(draw => AngleOf(Transformed(pixels, canMirror: false, draw))).ToArray();

        // The edges repeat, which shortens a shifted line at neither end, but the fit of an angle to pixels is exact to a degree only.
        Assert.All(angles, angle => Assert.InRange(angle, -11, 11));
        Assert.InRange(angles.Max(), 7, 11);
        Assert.InRange(angles.Min(), -11, -7);
    }

    [Fact]
    public void OnlyFlip_Mirrors_HalfOfTheImages()
    {
        var pixels = new float[Side * Side];
        for (var place = 0; place < pixels.Length; place++)
        {
            pixels[place] = place % Side < Side / 2 ? 1 : 0;
        }

        Assert.Equal(0, Enumerable.Range(0, DrawCount).Count(draw => IsMirrored(Transformed(pixels, canMirror: false, draw))));

        // The standard deviation of the count is 7.
        Assert.InRange(Enumerable.Range(0, DrawCount).Count(draw => IsMirrored(Transformed(pixels, canMirror: true, draw))), 65, 135);

        static bool IsMirrored(float[] image) => CenterOf(image).X > Side / 2;
    }

    [Fact]
    public void ARow_IsTransformedTheSameWay_WheneverItsNumbersAreTheSame()
    {
        var pixels = RandomRows.Uniform(1, Side * Side).Values.ToArray();
        Assert.Equal(Transformed(pixels, canMirror: true, draw: 3), Transformed(pixels, canMirror: true, draw: 3));
        Assert.NotEqual(Transformed(pixels, canMirror: true, draw: 3), Transformed(pixels, canMirror: true, draw: 4));
    }

    [Fact]
    public void None_WritesTheRow_AndJitterAddsNoiseOfATenth()
    {
        var rows = RandomRows.Uniform(50, 400, seed: 2);
        foreach (var image in new ImageShape?[] { null, new ImageShape(20, 20) })
        {
            var input = NetworkInput.Of(rows, image, Execution.Default);
            var (plain, none, jitter) = (InputOf(input, rows, augmentation: null), InputOf(input, rows, Augmentation.None),
                InputOf(input, rows, Augmentation.Jitter));
            Assert.Equal(plain, none);
            var noise = plain.Zip(jitter, (x, y) => (double)(y - x)).Where(value => value != 0).ToArray();

            // 20000 deviates: the standard error of their deviation is half a percent. The border of an image stays zero.
            Assert.InRange(noise.Length, 19_990, 20_000);
            Assert.Equal(0.1, Math.Sqrt(noise.Average(value => value * value)), 0.002);
        }
    }

    [Fact]
    public void Input_IsStandardizedByColumn_OrDividedByTheSizeOfAllPixels()
    {
        var rows = Matrix.Own([0, 1, 5, 0, 3, 5, 0, 5, 5, 0, 7, 5], 3);
        var table = NetworkInput.Of(rows, image: null, Execution.Default);
        Assert.Equal([0, 4, 5], table.Offsets);
        Assert.Equal([0, (float)(1 / Math.Sqrt(5)), 0], table.Factors);

        var images = NetworkInput.Of(Matrix.Own([0, 3, 0, 4, 0, 0, 0, 5], 4), new ImageShape(2, 2), Execution.Default);
        Assert.All(images.Offsets, offset => Assert.Equal(0, offset));
        Assert.All(images.Factors, factor => Assert.Equal(0.4, factor, 1e-7));
        var black = NetworkInput.Of(Matrix.Own(new float[8], 4), new ImageShape(2, 2), Execution.Default);
        Assert.All(black.Factors, factor => Assert.Equal(0, factor));
    }

    private static float[] InputOf(NetworkInput input, Matrix rows, Augmentation? augmentation)
    {
        var shape = new ClassifierShape(input.Image, rows.ColumnCount, 2);
        var values = new float[rows.RowCount * shape.InputSize];
        fixed (float* target = values)
        {
            for (var row = 0; row < rows.RowCount; row++)
            {
                if (augmentation is { } chosen)
                {
                    var random = new RandomSequence(1, RandomPurpose.Augmentation, row);
                    input.Write(rows.Row(row), chosen, ref random, target + (row * shape.InputSize));
                }
                else
                {
                    input.Write(rows.Row(row), target + (row * shape.InputSize));
                }
            }
        }

        return values;
    }

    private static float[] Transformed(float[] pixels, bool canMirror, int draw)
    {
        var target = new float[pixels.Length];
        Apply(pixels, Shape, canMirror, draw, factor: 1, target, Side);
        return target;
    }

    private static void Apply(float[] pixels, ImageShape shape, bool canMirror, int draw, float factor, float[] target, int stride)
    {
        var random = new RandomSequence(5, RandomPurpose.Augmentation, draw);
        fixed (float* first = target)
        {
            new AffineTransform(shape, canMirror, ref random).Apply(pixels, shape, factor, first, stride);
        }
    }

    private static (double X, double Y) CenterOf(float[] image)
    {
        var total = image.Sum(value => (double)value);
        return (image.Select((value, place) => value * (place % Side)).Sum() / total,
            image.Select((value, place) => value * (place / Side)).Sum() / total);
    }

    /// <summary>The angle of a vertical line, in degrees: the slope of a line through the centers of mass of the rows.</summary>
    private static double AngleOf(float[] image)
    {
        var centers = Enumerable.Range(0, Side).Select(y =>
        {
            var row = image.AsSpan(y * Side, Side).ToArray();
            return row.Select((value, x) => (double)value * x).Sum() / row.Sum();
        }).ToArray();
        var slope = centers.Select((center, y) => center * (y - (Side / 2))).Sum()
            / Enumerable.Range(0, Side).Sum(y => (double)(y - (Side / 2)) * (y - (Side / 2)));
        return Math.Atan(slope) * 180 / Math.PI;
    }
}
