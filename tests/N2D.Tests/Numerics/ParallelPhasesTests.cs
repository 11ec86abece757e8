using N2D.Numerics;

namespace N2D.Tests.Numerics;

public sealed class ParallelPhasesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Phases_BeginWhenTheOneBeforeIsOver(int threadCount)
    {
        const int PhaseCount = 200;
        const int ItemCount = 11;
        var done = new int[PhaseCount];
        ParallelPhases.Run(PhaseCount, ItemCount, new Execution { ThreadCount = threadCount }, (phase, item) =>
        {
            Assert.True(phase == 0 || Volatile.Read(ref done[phase - 1]) == ItemCount);
            Interlocked.Increment(ref done[phase]);
        });
        Assert.All(done, count => Assert.Equal(ItemCount, count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void JobsOfAPhase_RunOnceEach_AfterThePhaseBefore(int threadCount)
    {
        IJobSet[][] phases = [[new Jobs(3), new Jobs(0), new Jobs(5)], [], [new Jobs(1)], [new Jobs(4), new Jobs(2)]];
        for (var phase = 1; phase < phases.Length; phase++)
        {
            foreach (var jobs in phases[phase].Cast<Jobs>())
            {
                jobs.Before = [.. phases[..phase].SelectMany(sets => sets).Cast<Jobs>()];
            }
        }

        ParallelPhases.Run(phases, new Execution { ThreadCount = threadCount });

        Assert.All(phases.SelectMany(sets => sets).Cast<Jobs>(), jobs => Assert.All(jobs.Runs, count => Assert.Equal(1, count)));
    }

    [Fact]
    public void APhaseThatFails_EndsAllThreads()
    {
        var error = Assert.ThrowsAny<Exception>(() => ParallelPhases.Run(10, 4, new Execution { ThreadCount = 2 }, (phase, item) =>
        {
            if (phase == 3 && item == 1)
            {
                throw new InvalidOperationException("broken");
            }
        }));
        Assert.Contains("broken", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void CanceledPhases_EndAsCanceled(int threadCount)
    {
        using var cancellation = new CancellationTokenSource();
        var execution = new Execution { ThreadCount = threadCount, CancellationToken = cancellation.Token };
        Assert.ThrowsAny<OperationCanceledException>(() => ParallelPhases.Run(1000, 4, execution, (phase, item) =>
        {
            if (phase == 3)
            {
                cancellation.Cancel();
            }

            Assert.InRange(phase, 0, 4);
        }));
    }

    private sealed class Jobs(int count) : IJobSet
    {
        public int[] Runs { get; } = new int[count];

        public Jobs[] Before { get; set; } = [];

        public int JobCount => count;

        public void Run(int job)
        {
            Assert.All(Before, jobs => Assert.All(jobs.Runs, runs => Assert.Equal(1, runs)));
            Interlocked.Increment(ref Runs[job]);
        }
    }
}
