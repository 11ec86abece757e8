using System.Text;

namespace N2D.Data;

/// <summary>Scans one line of ARFF from left to right.</summary>
/// <param name="line">The line.</param>
internal ref struct ArffScanner(ReadOnlySpan<char> line)
{
    private ReadOnlySpan<char> _rest = line.Trim();

    /// <summary>Whether the end of the line is reached.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>The rest of the line, for errors.</summary>
    public readonly ReadOnlySpan<char> Rest => _rest;

    /// <summary>Reads the next word, up to a blank.</summary>
    public string Word()
    {
        var length = _rest.IndexOfAny(' ', '\t');
        var word = (length < 0 ? _rest : _rest[..length]).ToString();
        _rest = _rest[word.Length..].TrimStart();
        return word;
    }

    /// <summary>Skips a character if it is the next one.</summary>
    /// <param name="character">The character.</param>
    public bool Skip(char character)
    {
        if (_rest.IsEmpty || _rest[0] != character)
        {
            return false;
        }

        _rest = _rest[1..].TrimStart();
        return true;
    }

    /// <summary>Reads a value, which is quoted or ends at a delimiter.</summary>
    /// <param name="ends">The delimiters after an unquoted value.</param>
    /// <param name="value">The value without quotes and escapes.</param>
    /// <param name="isQuoted">Whether the value was quoted.</param>
    /// <returns>False if a quote is not closed.</returns>
    public bool TryValue(ReadOnlySpan<char> ends, out string value, out bool isQuoted)
    {
        isQuoted = !_rest.IsEmpty && _rest[0] is '\'' or '"';
        if (isQuoted)
        {
            return TryQuoted(out value);
        }

        var length = _rest.IndexOfAny(ends);
        value = (length < 0 ? _rest : _rest[..length]).TrimEnd().ToString();
        _rest = (length < 0 ? [] : _rest[length..]).TrimStart();
        return true;
    }

    /// <summary>Weka escapes quotes with a backslash; some programs double them.</summary>
    private bool TryQuoted(out string value)
    {
        var quote = _rest[0];
        var text = new StringBuilder();
        for (var place = 1; place < _rest.Length; place++)
        {
            var character = _rest[place];
            if (character == '\\' && place + 1 < _rest.Length)
            {
                text.Append(_rest[++place] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var other => other });
            }
            else if (character != quote)
            {
                text.Append(character);
            }
            else if (place + 1 < _rest.Length && _rest[place + 1] == quote)
            {
                text.Append(quote);
                place++;
            }
            else
            {
                value = text.ToString();
                _rest = _rest[(place + 1)..].TrimStart();
                return true;
            }
        }

        value = "";
        return false;
    }
}
