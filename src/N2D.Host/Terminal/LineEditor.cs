using System.Management.Automation;
using System.Text;

namespace N2D.Host.Terminal;

/// <summary>A line of input on a terminal: cursor keys, history, completion by Tab.</summary>
internal sealed class LineEditor(Func<string, int, CommandCompletion> complete)
{
    private readonly List<string> _history = [];
    private readonly StringBuilder _line = new();
    private string _prompt = "";
    private int _cursor;
    private int _recalled;
    private CommandCompletion? _completion;

    /// <summary>Reads a line; null at Ctrl+D on an empty one, an empty one at Ctrl+C.</summary>
    public string? ReadLine(string prompt)
    {
        (_prompt, _cursor, _recalled, _completion) = (prompt, 0, _history.Count, null);
        _line.Clear();
        Draw();
        Console.TreatControlCAsInput = true;
        try
        {
            while (true)
            {
                var key = Console.ReadKey(intercept: true);
                var control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
                if (key.Key == ConsoleKey.Enter)
                {
                    return Finish();
                }

                if (control && key.Key == ConsoleKey.C)
                {
                    _line.Clear();
                    Console.Out.WriteLine("^C");
                    return "";
                }

                if (control && key.Key == ConsoleKey.D && _line.Length == 0)
                {
                    Console.Out.WriteLine();
                    return null;
                }

                Edit(key);
                Draw();
            }
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    private string Finish()
    {
        Console.Out.WriteLine();
        var line = _line.ToString();
        if (line.Length > 0 && (_history.Count == 0 || _history[^1] != line))
        {
            _history.Add(line);
        }

        return line;
    }

    private void Edit(ConsoleKeyInfo key)
    {
        if (key.Key == ConsoleKey.Tab)
        {
            Complete(forward: !key.Modifiers.HasFlag(ConsoleModifiers.Shift));
            return;
        }

        _completion = null;
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow:
                _cursor = Math.Max(0, _cursor - 1);
                break;
            case ConsoleKey.RightArrow:
                _cursor = Math.Min(_line.Length, _cursor + 1);
                break;
            case ConsoleKey.Home:
                _cursor = 0;
                break;
            case ConsoleKey.End:
                _cursor = _line.Length;
                break;
            case ConsoleKey.UpArrow:
                Recall(_recalled - 1);
                break;
            case ConsoleKey.DownArrow:
                Recall(_recalled + 1);
                break;
            case ConsoleKey.Backspace when _cursor > 0:
                _line.Remove(--_cursor, 1);
                break;
            case ConsoleKey.Delete when _cursor < _line.Length:
                _line.Remove(_cursor, 1);
                break;
            case ConsoleKey.Escape:
                Replace(0, _line.Length, "");
                break;
            default:
                if (!char.IsControl(key.KeyChar))
                {
                    _line.Insert(_cursor++, key.KeyChar);
                }

                break;
        }
    }

    private void Recall(int index)
    {
        _recalled = Math.Clamp(index, 0, _history.Count);
        Replace(0, _line.Length, _recalled < _history.Count ? _history[_recalled] : "");
    }

    /// <summary>The next completion; pressing Tab again goes on through them.</summary>
    private void Complete(bool forward)
    {
        _completion ??= complete(_line.ToString(), _cursor);
        var replaced = _completion.ReplacementLength;
        if (_completion.GetNextResult(forward) is { } match)
        {
            Replace(_completion.ReplacementIndex, replaced, match.CompletionText);
            _completion.ReplacementLength = match.CompletionText.Length;
        }
    }

    private void Replace(int start, int length, string text)
    {
        _line.Remove(start, length).Insert(start, text);
        _cursor = start + text.Length;
    }

    /// <summary>Draws prompt and line over themselves; of a line longer than the terminal, the part around the cursor.</summary>
    private void Draw()
    {
        var room = Math.Max(10, Screen.WidthOf(80) - _prompt.Length - 1);
        var start = Math.Max(0, _cursor - room);
        var visible = _line.ToString(start, Math.Min(room, _line.Length - start));
        var back = visible.Length - (_cursor - start);
        Console.Out.Write($"\r{_prompt}{visible}\e[K{(back > 0 ? $"\e[{back}D" : "")}");
    }
}
