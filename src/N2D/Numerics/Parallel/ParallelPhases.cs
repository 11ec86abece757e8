using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace N2D.Numerics;

/// <summary>
/// Processes items in many short phases, with a barrier between phases. Threads spin from one phase to the next: waking them
/// would take as long as a phase.
/// </summary>
internal sealed class ParallelPhases
{
    /// <summary>
    /// The number of times that a thread polls the end of a phase (about 50 microseconds) before it sleeps. On a busy machine, the threads
    /// that it waits for may need its core.
    /// </summary>
    private const int SpinsBeforeSleep = 200;

    private readonly long[] _ends;
    private readonly CancellationToken _cancellationToken;
    private readonly Action<int, int> _body;
    private readonly object _wakeLock = new();
    private int _sleeperCount;
    private Counters _counters;

    private ParallelPhases(long[] ends, Action<int, int> body, CancellationToken cancellationToken)
    {
        _ends = ends;
        _cancellationToken = cancellationToken;
        _body = body;
    }

    /// <summary>Runs a body over the same items in each phase.</summary>
    /// <param name="phaseCount">The number of phases.</param>
    /// <param name="itemCount">The number of items in a phase.</param>
    /// <param name="execution">Threads and cancellation. The token is checked before each item.</param>
    /// <param name="body">Called with the phase and the item. Each call must write only what belongs to its own item.</param>
    public static void Run(int phaseCount, int itemCount, Execution execution, Action<int, int> body)
    {
        var ends = new long[phaseCount];
        for (var phase = 0; phase < phaseCount; phase++)
        {
            ends[phase] = (long)(phase + 1) * itemCount;
        }

        Run(ends, itemCount, execution, body);
    }

    /// <summary>Runs the jobs of each phase. The jobs of a phase start when all jobs of the previous phase have ended.</summary>
    /// <param name="phases">The phases. All job sets of a phase can run at the same time.</param>
    /// <param name="execution">Threads and cancellation. The token is checked before each job.</param>
    public static void Run(IReadOnlyList<IJobSet[]> phases, Execution execution)
    {
        var ends = new long[phases.Count];
        var (end, most) = (0L, 0);
        for (var phase = 0; phase < ends.Length; phase++)
        {
            var count = phases[phase].Sum(jobs => jobs.JobCount);
            ends[phase] = end += count;
            most = Math.Max(most, count);
        }

        Run(ends, most, execution, (phase, item) =>
        {
            var set = 0;
            for (; item >= phases[phase][set].JobCount; set++)
            {
                item -= phases[phase][set].JobCount;
            }

            phases[phase][set].Run(item);
        });
    }

    /// <summary>Runs a body over the items of each phase.</summary>
    /// <param name="ends">For each phase, the number of items up to its end.</param>
    /// <param name="mostItems">The number of items in the largest phase.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="body">Called with the phase and the item.</param>
    private static void Run(long[] ends, int mostItems, Execution execution, Action<int, int> body)
    {
        var phases = new ParallelPhases(ends, body, execution.CancellationToken);
        var threadCount = Math.Min(execution.ThreadCount, mostItems);
        if (threadCount <= 1)
        {
            phases.Work();
        }
        else
        {
            ParallelLoop.For(threadCount, new ParallelOptions { MaxDegreeOfParallelism = threadCount }, _ => phases.Work());
        }

        execution.CancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>
    /// Processes pieces (one item in one phase) until none is left. Pieces are taken in order, so all pieces that a thread waits for are
    /// already being processed. Any number of threads can join at any time, and the work finishes even if no other thread joins.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Work()
    {
        var pieceCount = _ends.Length == 0 ? 0 : _ends[^1];
        var (phase, start) = (0, 0L);
        for (var piece =
            Interlocked.Increment(ref _counters.Taken) - 1; piece < pieceCount; piece = Interlocked.Increment(ref _counters.Taken) - 1)
        {
            for (; piece >= _ends[phase]; phase++)
            {
                start = _ends[phase];
            }

            WaitFor(start);

            // A thread that gives up a piece must release the threads that wait for it.
            if (Volatile.Read(ref _counters.Failed) || _cancellationToken.IsCancellationRequested)
            {
                Fail();
                return;
            }

            try
            {
                _body(phase, (int)(piece - start));
            }
            catch
            {
                Fail();
                throw;
            }

            if (Interlocked.Increment(ref _counters.Done) == _ends[phase] && Volatile.Read(ref _sleeperCount) > 0)
            {
                WakeAll();
            }
        }
    }

    /// <summary>Waits until a number of pieces is done, or one has failed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WaitFor(long done)
    {
        for (var spins = 0; spins < SpinsBeforeSleep && !IsOver(done); spins++)
        {
            Thread.SpinWait(4);
        }

        if (!IsOver(done))
        {
            SleepUntil(done);
        }
    }

    /// <summary>
    /// No wake-up is lost: a thread that ends a phase checks for sleepers after it has counted its piece, and a sleeper checks that count
    /// after it has counted itself.
    /// </summary>
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

    /// <summary>The counters, each on its own cache line, because waiting threads poll one of them.</summary>
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
