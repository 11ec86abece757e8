using System.Runtime.InteropServices;

namespace N2D.PowerShell;

/// <summary>
/// Ends this process in good order when the system asks for it: the running work is canceled, so that a training is saved, and then the
/// process exits. Schedulers send SIGTERM to processes whose time is over or whose place is needed.
/// </summary>
internal static class Termination
{
    /// <summary>SIGUSR1 of Linux. Slurm sends it before a time limit, as the study asked for.</summary>
    private const PosixSignal TimeLimitNear = (PosixSignal)10;

    /// <summary>The code that shells use for a process that was ended by SIGTERM.</summary>
    private const int ExitCode = 128 + 15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly CancellationTokenSource Source = new();
    private static readonly Lock Guard = new();
    private static readonly List<PosixSignalRegistration> Registrations = [];
    private static readonly ManualResetEventSlim Idle = new(true);
    private static int s_workCount;

    /// <summary>Canceled when the process has to end.</summary>
    public static CancellationToken Requested => Source.Token;

    /// <summary>Records that work runs that must end before the process does.</summary>
    /// <returns>Records its end when it is disposed.</returns>
    public static IDisposable Track()
    {
        lock (Guard)
        {
            if (Registrations.Count == 0)
            {
                Registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
                {
                    signal.Cancel = true;
                    Exit(ExitCode);
                }));
            }

            s_workCount++;
            Idle.Reset();
        }

        return new Work();
    }

    /// <summary>Runs an action after the work has ended because a time limit is near, and then exits.</summary>
    /// <param name="action">The action, such as to put the job back into the queue.</param>
    /// <returns>Ends the registration when it is disposed.</returns>
    public static IDisposable OnTimeLimit(Action action) => PosixSignalRegistration.Create(TimeLimitNear, signal =>
    {
        signal.Cancel = true;
        Exit(ExitCode, action);
    });

    /// <summary>Cancels all work, waits for its end, and exits.</summary>
    /// <param name="code">The exit code.</param>
    /// <param name="last">What to do before; null for nothing.</param>
    public static void Exit(int code, Action? last = null)
    {
        Source.Cancel();
        Idle.Wait(Patience);
        last?.Invoke();
        Environment.Exit(code);
    }

    private sealed class Work : IDisposable
    {
        public void Dispose()
        {
            bool isLast;
            lock (Guard)
            {
                isLast = --s_workCount == 0;
                if (isLast)
                {
                    Idle.Set();
                }
            }

            if (isLast && Requested.IsCancellationRequested)
            {
                // The script must not go on, nor end the process with another code, before Exit does.
                Thread.Sleep(Timeout.Infinite);
            }
        }
    }
}
