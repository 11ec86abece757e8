using System.Text;

namespace N2D.Data;

/// <summary>
/// Decodes text without a declared encoding: as UTF-8, or as Windows-1252 with a warning if the bytes are not valid UTF-8.
/// </summary>
/// <param name="title">The name of the file in messages.</param>
/// <param name="execution">Receives the warning.</param>
internal sealed class UndeclaredEncoding(string title, Execution execution)
{
    private const int BufferSize = 1 << 16;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private bool _hasWarned;

    /// <summary>Reads a text file. If it is not valid UTF-8, it is read again from the start. A byte order mark takes precedence.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="read">Reads the text.</param>
    /// <param name="execution">Receives a warning if the file is not Unicode.</param>
    public static TResult Read<TResult>(string path, Func<InputFile, TextReader, TResult> read, Execution execution)
    {
        try
        {
            return InputFile.Read(path, file => Read(file, read, Utf8), execution);
        }
        catch (N2DException error) when (error.InnerException is DecoderFallbackException)
        {
            new UndeclaredEncoding(Quotation.Of(Path.GetFileName(path)), execution).Warn("");
            return InputFile.Read(path, file => Read(file, read, TextEncodings.Windows1252), execution);
        }
    }

    /// <summary>Decodes a part of the text.</summary>
    /// <param name="bytes">The bytes.</param>
    public string Decode(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return Utf8.GetString(bytes);
        }

        var text = TextEncodings.Windows1252.GetString(bytes);
        Warn($" (for example {Quotation.Of(text)})");
        return text;
    }

    private static TResult Read<TResult>(InputFile file, Func<InputFile, TextReader, TResult> read, Encoding encoding)
    {
        using var text = new StreamReader(file.Content, encoding, detectEncodingFromByteOrderMarks: true, BufferSize, leaveOpen: true);
        return read(file, text);
    }

    private void Warn(string example)
    {
        if (!_hasWarned)
        {
            _hasWarned = true;
            execution.Warn?.Invoke(
                $"{title} is not UTF-8{example} and is read as Windows-1252. If letters are wrong, save the file as UTF-8.");
        }
    }
}
