namespace N2D.Pipeline;

/// <summary>The error of a model file whose content is not that of a model.</summary>
internal static class DamagedModel
{
    /// <summary>What the user can do about it.</summary>
    public const string Remedy = "Copy it again from where it came from, or export the model again.";

    /// <summary>Makes the error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reason">What is wrong with it.</param>
    /// <param name="inner">The cause.</param>
    public static N2DException Error(string path, string reason, Exception? inner = null) => new(
        "CorruptModel", ErrorKind.InvalidData, $"'{path}' is a damaged model file: {reason}. {Remedy}", path, inner);
}
