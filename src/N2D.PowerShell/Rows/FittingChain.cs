namespace N2D.PowerShell;

/// <summary>
/// The fitting cmdlets at work on a thread, in the order in which they began: by it a cmdlet finds those that its own output goes to.
/// </summary>
/// <remarks>
/// The engine begins all commands of a pipeline, first to last, before it hands on the first object; pipelines within a script block
/// begin and end inside one call of the block.
/// </remarks>
internal sealed class FittingChain
{
    [ThreadStatic]
    private static FittingChain? s_ofThisThread;

    // Disposal may come from another thread than the one that the pipeline ran on.
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
    /// The fitting cmdlets directly after one in its pipeline, up to the first other command: what that makes of the rows nobody knows.
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
