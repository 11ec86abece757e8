namespace N2D.PowerShell;

/// <summary>
/// The active fitting cmdlets of a thread, in the order of their start. A cmdlet uses it to find the cmdlets that its output goes to.
/// </summary>
/// <remarks>
/// The engine starts all commands of a pipeline, first to last, before it passes the first object. Pipelines in a script block start and
/// end within one call of the block.
/// </remarks>
internal sealed class FittingChain
{
    [ThreadStatic]
    private static FittingChain? s_ofThisThread;

    // A cmdlet can be disposed on another thread.
    private readonly Lock _lock = new();
    private readonly List<FittingCmdlet> _begun = [];

    public static FittingChain OfThisThread => s_ofThisThread ??= new FittingChain();

    public void Add(FittingCmdlet cmdlet)
    {
        lock (_lock)
        {
            _begun.Add(cmdlet);
        }
    }

    public void Remove(FittingCmdlet cmdlet)
    {
        lock (_lock)
        {
            _begun.Remove(cmdlet);
        }
    }

    /// <summary>
    /// The fitting cmdlets directly after a cmdlet in its pipeline, up to the first other command, which can change the rows.
    /// </summary>
    public IReadOnlyList<FittingCmdlet> After(FittingCmdlet cmdlet)
    {
        lock (_lock)
        {
            var first = _begun.IndexOf(cmdlet) + 1;
            var (position, length) = (cmdlet.MyInvocation.PipelinePosition, cmdlet.MyInvocation.PipelineLength);
            return [.. _begun.Skip(first).TakeWhile((next, index) =>
                next.MyInvocation.PipelineLength == length && next.MyInvocation.PipelinePosition == position + 1 + index)];
        }
    }
}
