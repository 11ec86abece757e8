
namespace N2D.Data;

/// <summary>The bytes of one array: those of a .npy file, or of a member of an .npz archive.</summary>
internal sealed class ArrayStream
{
    private readonly Func<double> _fraction;
    private readonly string _target;

    private ArrayStream(Stream content, string title, string target, long? length, long largestLength, Func<double> fraction)
    {
        (Content, Title, Length, LargestLength) = (content, title, length, largestLength);
        (_target, _fraction) = (target, fraction);
    }

    /// <summary>The bytes, decompressed.</summary>
    public Stream Content { get; }

    /// <summary>What messages call it, such as <c>'x.npy'</c> or <c>Array 'x' of 'z.npz'</c>.</summary>
    public string Title { get; }

    /// <summary>Its length in bytes; null if only its end tells.</summary>
    public long? Length { get; }

    /// <summary>The most bytes that it can hold: to check what a header promises before memory is taken for that.</summary>
    public long LargestLength { get; }

    /// <summary>How much has been read, 0 to 1.</summary>
    public double Fraction => _fraction();

    /// <summary>The array of a file.</summary>
    /// <param name="file">The file.</param>
    public static ArrayStream Of(InputFile file) =>
        new(file.Content, Quotation.Of(file.Name), file.FullPath, file.IsCompressed ? null : file.LengthOnDisk, file.LargestContent, () => file.Fraction);

    /// <summary>The array of a member of an archive.</summary>
    /// <param name="member">The member.</param>
    /// <param name="name">The name of the array.</param>
    /// <param name="file">The archive.</param>
    /// <param name="largestLength">The most bytes that the member can hold.</param>
    public static ArrayStream Of(MemberStream member, string name, InputFile file, long largestLength) => new(
        member, $"Array {Quotation.Of(name)} of {Quotation.Of(file.Name)}", file.FullPath, member.Length, Math.Min(member.Length, largestLength), () => (double)member.Position / Math.Max(1, member.Length));

    /// <summary>An error in what it holds.</summary>
    /// <param name="id">The error's id.</param>
    /// <param name="message">What is wrong, where and what to do; the title is put before it.</param>
    /// <param name="options">The names of the options that the message names.</param>
    public N2DException Invalid(string id, InvariantText message, params string[] options) =>
        new(id, ErrorKind.InvalidData, Title + message.ToStringAndClear(), _target) { Options = options };
}
