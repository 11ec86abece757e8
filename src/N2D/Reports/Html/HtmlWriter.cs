using System.Text;

namespace N2D.Reports;

/// <summary>Writes HTML. All text and all values of attributes are escaped, so that data cannot become markup.</summary>
/// <param name="stream">Receives the text in UTF-8. It stays open.</param>
/// <param name="token">Cancels the writing.</param>
internal sealed class HtmlWriter(Stream stream, CancellationToken token) : IDisposable
{
    private const int BlockSize = 1 << 16;

    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = new();

    /// <summary>Writes markup that contains no data.</summary>
    /// <param name="markup">The markup.</param>
    public HtmlWriter Markup(string markup)
    {
        _text.Append(markup);
        if (_text.Length > BlockSize)
        {
            token.ThrowIfCancellationRequested();
            Flush();
        }

        return this;
    }

    /// <summary>Writes text. Control characters become visible.</summary>
    /// <param name="text">The text.</param>
    public HtmlWriter Text(string text)
    {
        Escape(text);
        return this;
    }

    /// <summary>Opens an element.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="attributes">Its attributes. Those with the value null are left out.</param>
    public HtmlWriter Open(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Tag(name, attributes);
        _open.Push(name);
        return this;
    }

    /// <summary>Closes the last open element.</summary>
    public HtmlWriter Close() => Markup($"</{_open.Pop()}>\n");

    /// <summary>Writes an element with text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">Its text.</param>
    /// <param name="attributes">Its attributes. Those with the value null are left out.</param>
    public HtmlWriter Element(string name, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Tag(name, attributes);
        Escape(text);
        return Markup($"</{name}>\n");
    }

    /// <summary>Writes an element without content, such as an image.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="attributes">Its attributes. Those with the value null are left out.</param>
    public HtmlWriter Void(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Tag(name, attributes);
        return Markup("\n");
    }

    /// <summary>Writes what is left.</summary>
    public void Dispose() => Flush();

    private void Tag(string name, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _text.Append('<').Append(name);
        foreach (var (attribute, value) in attributes)
        {
            if (value is not null)
            {
                _text.Append(' ').Append(attribute).Append("=\"");
                Escape(value);
                _text.Append('"');
            }
        }

        _text.Append('>');
    }

    private void Escape(string text)
    {
        foreach (var character in text)
        {
            _ = character switch
            {
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '&' => _text.Append("&amp;"),
                '"' => _text.Append("&quot;"),
                '\'' => _text.Append("&#39;"),
                '\n' => _text.Append('\n'),
                _ => _text.Append(Quotation.Visible(character)),
            };
        }
    }

    private void Flush()
    {
        stream.Write(Encoding.UTF8.GetBytes(_text.ToString()));
        _text.Clear();
    }
}
