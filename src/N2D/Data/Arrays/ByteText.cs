using System.Text;

namespace N2D.Data;

/// <summary>Decodes text whose encoding no file names: as UTF-8 where it is that, else as Windows-1252, with one warning.</summary>
/// <param name="title">What messages call the file.</param>
/// <param name="execution">Gets the warning.</param>
internal sealed class ByteText(string title, Execution execution)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private bool _hasWarned;

    /// <summary>The text of bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    public string Decode(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return Utf8.GetString(bytes);
        }

        var text = Western.GetString(bytes);
        if (!_hasWarned)
        {
            _hasWarned = true;
            execution.Warn?.Invoke($"{title} holds text that is not UTF-8, such as {Quotation.Of(text)}, and is read as Windows-1252. If that looks wrong, save the file as UTF-8.");
        }

        return text;
    }
}
