using SkiaSharp;

namespace N2D.Plotting;

/// <summary>A picture in at most 256 colors: its own colors, or if it has more, those of a median cut (Heckbert, 1982).</summary>
/// <param name="Colors">The colors.</param>
/// <param name="Indices">The index of each pixel's color, row by row.</param>
internal sealed record ColorTable(IReadOnlyList<(byte R, byte G, byte B)> Colors, byte[] Indices)
{
    private const int MaxColors = 256;

    /// <summary>Creates the table of a picture.</summary>
    /// <param name="bitmap">Pixels in RGBA.</param>
    public static ColorTable Of(SKBitmap bitmap)
    {
        var counts = new Dictionary<int, int>();
        var pixels = new int[bitmap.Width * bitmap.Height];
        var bytes = bitmap.GetPixelSpan();
        for (var y = 0; y < bitmap.Height; y++)
        {
            for (var x = 0; x < bitmap.Width; x++)
            {
                var place = (y * bitmap.RowBytes) + (4 * x);
                var color = (bytes[place] << 16) | (bytes[place + 1] << 8) | bytes[place + 2];
                pixels[(y * bitmap.Width) + x] = color;
                counts[color] = counts.GetValueOrDefault(color) + 1;
            }
        }

        var boxes = Cut([.. counts.OrderBy(pair => pair.Key).Select(pair => new Count(pair.Key, pair.Value))]);
        var indexOf = new Dictionary<int, byte>();
        for (var index = 0; index < boxes.Count; index++)
        {
            foreach (var count in boxes[index])
            {
                indexOf.Add(count.Color, (byte)index);
            }
        }

        return new ColorTable([.. boxes.Select(MeanOf)], Array.ConvertAll(pixels, color => indexOf[color]));
    }

    /// <summary>Halves the box with the most spread pixels until there are enough boxes.</summary>
    private static List<Count[]> Cut(Count[] all)
    {
        var boxes = new List<Count[]> { all };
        var weights = new List<double> { WeightOf(all) };
        while (boxes.Count < MaxColors && boxes.Count < all.Length)
        {
            var widest = Enumerable.Range(0, boxes.Count).MaxBy(index => weights[index]);
            var box = boxes[widest];
            var channel = SpreadOf(box).Channel;
            Count[] sorted = [.. box.OrderBy(count => count.Part(channel)).ThenBy(count => count.Color)];
            var half = sorted.Sum(count => (long)count.Pixels) / 2;
            var (place, sum) = (0, 0L);
            while (place < sorted.Length - 1 && (place == 0 || sum + sorted[place].Pixels <= half))
            {
                sum += sorted[place++].Pixels;
            }

            boxes[widest] = sorted[..place];
            boxes.Add(sorted[place..]);
            weights[widest] = WeightOf(boxes[widest]);
            weights.Add(WeightOf(boxes[^1]));
        }

        return boxes;
    }

    /// <summary>Returns the priority of halving a box: its spread times the square root of its number of pixels.</summary>
    private static double WeightOf(Count[] box) => box.Length < 2
        ? -1
        : SpreadOf(box).Width * Math.Sqrt(box.Sum(count => (double)count.Pixels));

    private static (int Channel, int Width) SpreadOf(Count[] box) =>
        Enumerable.Range(0, 3)
            .Select(channel => (Channel: channel, Width: box.Max(count => count.Part(channel)) - box.Min(count => count.Part(channel))))
            .MaxBy(spread => spread.Width);

    private static (byte, byte, byte) MeanOf(Count[] box)
    {
        var pixels = box.Sum(count => (double)count.Pixels);
        return (Mean(0), Mean(1), Mean(2));

        byte Mean(int channel) => (byte)Math.Round(box.Sum(count => (double)count.Part(channel) * count.Pixels) / pixels);
    }

    /// <summary>The number of pixels of a color.</summary>
    private readonly record struct Count(int Color, int Pixels)
    {
        public int Part(int channel) => (Color >> (16 - (8 * channel))) & 255;
    }
}
