namespace N2D.Pipeline;

/// <summary>The error for a damaged model file.</summary>
internal static class DamagedModel
{
    /// <summary>The remedy in messages.</summary>
    public const string Remedy = "Copy it again from where it came from, or export the model again.";

    /// <summary>Creates the error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reason">What is wrong with the file.</param>
    /// <param name="inner">The cause.</param>
    public static N2DException Error(string path, string reason, Exception? inner = null) => new(
        "CorruptModel", ErrorKind.InvalidData, $"'{path}' is a damaged model file: {reason}. {Remedy}", path, inner);
}
