using System.Globalization;

namespace N2D.Bench;

/// <summary>
/// Measures the peak memory of this process every few milliseconds: its private memory, and that of mapped files, which the system can
/// reclaim at any time. Linux reports both in /proc/self/status.
/// </summary>
internal sealed class MemoryPeak : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly ManualResetEventSlim _end = new();
    private readonly Thread _thread;

    public MemoryPeak()
    {
        _thread = new Thread(Look);
        _thread.Start();
    }

    /// <summary>The private memory in MiB (RssAnon); NaN on other systems.</summary>
    public double Own { get; private set; } = double.NaN;

    /// <summary>The memory of mapped files in MiB (RssFile), including libraries; NaN on other systems.</summary>
    public double OfFiles { get; private set; } = double.NaN;

    public void Dispose()
    {
        _end.Set();
        _thread.Join();
        _end.Dispose();
    }

    private void Look()
    {
        const string Status = "/proc/self/status";
        while (OperatingSystem.IsLinux())
        {
            foreach (var line in File.ReadLines(Status))
            {
                if (line.StartsWith("RssAnon:", StringComparison.Ordinal))
                {
                    Own = Math.Max(double.IsNaN(Own) ? 0 : Own, MiBOf(line));
                }
                else if (line.StartsWith("RssFile:", StringComparison.Ordinal))
                {
                    OfFiles = Math.Max(double.IsNaN(OfFiles) ? 0 : OfFiles, MiBOf(line));
                }
            }

            if (_end.Wait(Interval))
            {
                return;
            }
        }
    }

    private static double MiBOf(string line) =>
        double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
}
