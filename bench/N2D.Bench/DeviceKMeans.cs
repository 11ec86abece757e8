using System.Globalization;
using N2D.Clustering;
using N2D.Devices;

namespace N2D.Bench;

/// <summary>Measures k-means on a device beside the processor: a first fit, which starts the device, and a later one.</summary>
internal static class DeviceKMeans
{
    /// <summary>Prints a row for each shape.</summary>
    /// <param name="device">The device.</param>
    /// <param name="shapes">Shapes such as <c>70000x10x20</c>: rows, columns and clusters.</param>
    /// <param name="startCount">The number of starts.</param>
    public static int Run(ComputeDevice device, IEnumerable<string> shapes, int startCount)
    {
        Console.WriteLine("| rows | columns | clusters | device | processor, s | first, s | later, s | inertia by the processor's |");
        Console.WriteLine("| ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: |");
        foreach (var shape in shapes)
        {
            var sizes = Array.ConvertAll(shape.Split('x'), size => int.Parse(size, CultureInfo.InvariantCulture));
            var rows = NoisyMixture.Draw(sizes[0], sizes[1]);
            var options = new KMeansOptions(sizes[2]) { StartCount = startCount };
            var expected = KMeans.Fit(rows, options, Execution.Default);
            var first = KMeans.Fit(rows, options with { Device = device }, Execution.Default);
            var later = KMeans.Fit(rows, options with { Device = device }, Execution.Default);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {sizes[0]} | {sizes[1]} | {sizes[2]} | {later.Device} | {expected.Seconds:F2} | {first.Seconds:F2} | "
                    + $"{later.Seconds:F2} | {later.Inertia / expected.Inertia:F6} |"));
        }

        return 0;
    }
}
