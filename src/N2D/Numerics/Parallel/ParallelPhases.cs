using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace N2D.Numerics;

/// <summary>
/// Work on the same items in many short phases, each of which begins when the one before is over. The threads stay together from one phase to
/// the next: waking them anew would take as long as a phase.
/// </summary>
internal sealed class ParallelPhases
{
    /// <summary>
    /// How often a thread looks whether the phase is over, some 50 microseconds, before it goes to sleep: on a processor that is busy with other programs as
    /// well, those that it waits for may need its own.
    /// </summary>
    private const int LooksBeforeSleep = 200;

    private readonly int _phaseCount;
    private readonly int _itemCount;
    private readonly CancellationToken _cancellationToken;
    private readonly Action<int, int> _body;
    private readonly object _wakeLock = new();
    private int _sleeperCount;
    private Counters _counters;

    private ParallelPhases(int phaseCount, int itemCount, Action<int, int> body, CancellationToken cancellationToken)
    {
        _phaseCount = phaseCount;
        _itemCount = itemCount;
        _cancellationToken = cancellationToken;
        _body = body;
    }

    /// <summary>Runs a body over all items in each phase.</summary>
    /// <param name="phaseCount">The number of phases.</param>
    /// <param name="itemCount">Items a phase.</param>
    /// <param name="execution">Threads and cancellation; the token is looked at before each item.</param>
    /// <param name="body">Called with the phase and the item. Each call must write only what belongs to its own item.</param>
    public static void Run(int phaseCount, int itemCount, Execution execution, Action<int, int> body)
    {
        var phases = new ParallelPhases(phaseCount, itemCount, body, execution.CancellationToken);
        var threadCount = Math.Min(execution.ThreadCount, itemCount);
        if (threadCount <= 1)
        {
            phases.Work();
        }
        else
        {
            Parallel.For(0, threadCount, new ParallelOptions { MaxDegreeOfParallelism = threadCount }, _ => phases.Work());
        }

        execution.CancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>
    /// Takes pieces, an item in a phase each, until none is left. They are taken in order, so that all pieces that one waits for have been taken by threads
    /// that are at work on them: whoever comes can help, and nobody needs to come.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Work()
    {
        var pieceCount = (long)_phaseCount * _itemCount;
        for (var piece = Interlocked.Increment(ref _counters.Taken) - 1; piece < pieceCount; piece = Interlocked.Increment(ref _counters.Taken) - 1)
        {
            var (phase, item) = Math.DivRem(piece, _itemCount);
            WaitFor(phase * _itemCount);

            // Whoever leaves without having done a piece lets the others leave as well.
            if (Volatile.Read(ref _counters.Failed) || _cancellationToken.IsCancellationRequested)
            {
                Fail();
                return;
            }

            try
            {
                _body((int)phase, (int)item);
            }
            catch
            {
                Fail();
                throw;
            }

            if (Interlocked.Increment(ref _counters.Done) == (phase + 1) * _itemCount && Volatile.Read(ref _sleeperCount) > 0)
            {
                WakeAll();
            }
        }
    }

    /// <summary>Waits until so many pieces are done, or one has failed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WaitFor(long done)
    {
        for (var looks = 0; looks < LooksBeforeSleep && !IsOver(done); looks++)
        {
            Thread.SpinWait(4);
        }

        if (!IsOver(done))
        {
            SleepUntil(done);
        }
    }

    /// <summary>Whoever ends a phase looks for sleepers after it has counted its piece, and a sleeper looks at that count after it has counted itself.</summary>
    private void SleepUntil(long done)
    {
        lock (_wakeLock)
        {
            Interlocked.Increment(ref _sleeperCount);
            while (!IsOver(done))
            {
                Monitor.Wait(_wakeLock);
            }

            Interlocked.Decrement(ref _sleeperCount);
        }
    }

    private bool IsOver(long done) => Volatile.Read(ref _counters.Done) >= done || Volatile.Read(ref _counters.Failed);

    private void Fail()
    {
        Volatile.Write(ref _counters.Failed, true);
        WakeAll();
    }

    private void WakeAll()
    {
        lock (_wakeLock)
        {
            Monitor.PulseAll(_wakeLock);
        }
    }

    /// <summary>Each on a cache line of its own: those who wait look at one all the time.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 4 * CacheLine)]
    private struct Counters
    {
        private const int CacheLine = 64;

        [FieldOffset(CacheLine)]
        public long Taken;

        [FieldOffset(2 * CacheLine)]
        public long Done;

        [FieldOffset((2 * CacheLine) + sizeof(long))]
        public bool Failed;
    }
}
