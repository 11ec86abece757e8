using System.Diagnostics.Metrics;
using N2D.Numerics;

namespace N2D.Tests.Numerics;

/// <summary>Counts the native memory that the thread that creates this object allocates and does not free.</summary>
internal sealed class NativeMemoryOfThread : IDisposable
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly MeterListener _listener = new();

    public NativeMemoryOfThread()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == NativeMemoryMeter.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, bytes, _, _) => Bytes += Environment.CurrentManagedThreadId == _thread ? bytes : 0);
        _listener.Start();
    }

    /// <summary>The bytes.</summary>
    public long Bytes { get; private set; }

    public void Dispose() => _listener.Dispose();
}
