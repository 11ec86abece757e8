using System.Text;

namespace N2D.Data;

/// <summary>Text files whose encoding nothing declares: a byte order mark decides, then UTF-8, and Windows-1252 where the bytes are not UTF-8.</summary>
internal static class StrictText
{
    private const int BufferSize = 1 << 16;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Opens a text file and reads it, from its beginning a second time if it turns out not to be UTF-8.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="read">What to do with it.</param>
    /// <param name="execution">Gets a warning if the file is not Unicode.</param>
    public static TResult Read<TResult>(string path, Func<InputFile, TextReader, TResult> read, Execution execution)
    {
        try
        {
            return InputFile.Read(path, file => Read(file, read, Utf8), execution);
        }
        catch (N2DException error) when (error.InnerException is DecoderFallbackException)
        {
            execution.Warn?.Invoke($"{Quotation.Of(Path.GetFileName(path))} is not UTF-8 and is read as Windows-1252. If letters come out wrong, save the file as UTF-8.");
            return InputFile.Read(path, file => Read(file, read, CodePagesEncodingProvider.Instance.GetEncoding(1252)!), execution);
        }
    }

    private static TResult Read<TResult>(InputFile file, Func<InputFile, TextReader, TResult> read, Encoding encoding)
    {
        using var text = new StreamReader(file.Content, encoding, detectEncodingFromByteOrderMarks: true, BufferSize, leaveOpen: true);
        return read(file, text);
    }
}
