using System.Globalization;

namespace N2D.Bench;

/// <summary>
/// Looks every few milliseconds at how much memory this process has, for its peak: that of its own, which must be there as long as the process needs it, and that of
/// mapped files, which the system may take back at any time. As Linux tells them apart in /proc/self/status.
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

    /// <summary>MiB of its own (RssAnon); NaN on other systems.</summary>
    public double Own { get; private set; } = double.NaN;

    /// <summary>MiB of files (RssFile): this program's own libraries and what it maps; NaN on other systems.</summary>
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

    private static double MiBOf(string line) => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
}
