namespace N2D.Data;

/// <summary>The bytes of one array: a .npy file, or a member of an .npz archive.</summary>
internal sealed class ArrayStream
{
    private readonly Func<double> _fraction;
    private readonly string _target;

    private ArrayStream(Stream content, string title, string target, long? length, long maxLength, Func<double> fraction)
    {
        (Content, Title, Length, MaxLength) = (content, title, length, maxLength);
        (_target, _fraction) = (target, fraction);
    }

    /// <summary>The bytes, decompressed.</summary>
    public Stream Content { get; }

    /// <summary>The name of the array in messages, such as <c>'x.npy'</c> or <c>Array 'x' of 'z.npz'</c>.</summary>
    public string Title { get; }

    /// <summary>The length in bytes; null if it is not known before the end.</summary>
    public long? Length { get; }

    /// <summary>The upper bound of the length in bytes. Headers are checked against it before memory is allocated.</summary>
    public long MaxLength { get; }

    /// <summary>The fraction that has been read, 0 to 1.</summary>
    public double Fraction => _fraction();

    /// <summary>Opens the array of a file.</summary>
    /// <param name="file">The file.</param>
    public static ArrayStream Of(InputFile file) =>
        new(file.Content, Quotation.Of(file.Name), file.FullPath, file.IsCompressed
            ? null
            : file.LengthOnDisk, file.LargestContent, () => file.Fraction);

    /// <summary>Opens the array of an archive member.</summary>
    /// <param name="member">The member.</param>
    /// <param name="name">The name of the array.</param>
    /// <param name="file">The archive.</param>
    /// <param name="maxLength">The upper bound of the member's length in bytes.</param>
    public static ArrayStream Of(MemberStream member, string name, InputFile file, long maxLength) => new(
        member,
        $"Array {Quotation.Of(name)} of {Quotation.Of(file.Name)}",
        file.FullPath,
        member.Length,
        Math.Min(member.Length, maxLength),
        () => (double)member.Position / Math.Max(1, member.Length));

    /// <summary>Creates an error about the content of the array.</summary>
    /// <param name="id">The error's id.</param>
    /// <param name="message">What is wrong, where, and what to do. The title is prepended.</param>
    /// <param name="options">The names of the options in the message.</param>
    public N2DException Invalid(string id, InvariantText message, params string[] options) =>
        new(id, ErrorKind.InvalidData, Title + message.ToStringAndClear(), _target) { Options = options };
}
