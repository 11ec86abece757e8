namespace N2D;

/// <summary>
/// An error that a user can act on: its message says what is wrong, where and what to do.
/// </summary>
public sealed class N2DException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="id">Stable identifier in Pascal case, without prefix, such as <c>NotANumber</c>.</param>
    /// <param name="kind">The kind of error.</param>
    /// <param name="message">What is wrong, where, and what to do about it.</param>
    /// <param name="target">The offending value: a path, a parameter's value, a data set.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public N2DException(string id, ErrorKind kind, string message, object? target = null, Exception? innerException = null)
        : base(Quotation.Printable(message), innerException)
    {
        Id = id;
        Kind = kind;
        Target = target;
        Options = (innerException as N2DException)?.Options ?? [];
    }

    /// <summary>Stable identifier in Pascal case, such as <c>NotANumber</c>.</summary>
    public string Id { get; }

    /// <summary>The kind of error.</summary>
    public ErrorKind Kind { get; }

    /// <summary>The offending value.</summary>
    public object? Target { get; }

    /// <summary>
    /// The options that the remedy is about, such as <c>NeighborCount</c>, as the options records name them. The message itself names none, so that each front
    /// end can use its own names. An error that wraps another one keeps its options.
    /// </summary>
    public IReadOnlyList<string> Options { get; init; }
}
