namespace N2D;

/// <summary>
/// An error that a user can act on. The message says what is wrong, where, and what to do.
/// </summary>
public sealed class N2DException : Exception
{
    /// <summary>Creates an error.</summary>
    /// <param name="id">A stable identifier in Pascal case, without prefix, such as <c>NotANumber</c>.</param>
    /// <param name="kind">The kind of error.</param>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="target">The invalid value, such as a path, an option's value or a data set.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public N2DException(string id, ErrorKind kind, string message, object? target = null, Exception? innerException = null)
        : base(Quotation.Printable(message), innerException)
    {
        Id = id;
        Kind = kind;
        Target = target;
    }

    /// <summary>A stable identifier in Pascal case, such as <c>NotANumber</c>.</summary>
    public string Id { get; }

    /// <summary>The kind of error.</summary>
    public ErrorKind Kind { get; }

    /// <summary>The invalid value.</summary>
    public object? Target { get; }

    /// <summary>
    /// The names of the options that the message names, such as <c>NeighborCount</c>: properties of options records. A front end can
    /// replace them by its own names. An error that repeats the message of another one carries its options, too.
    /// </summary>
    public IReadOnlyList<string> Options { get; init; } = [];
}
