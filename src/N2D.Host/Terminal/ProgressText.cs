using System.Management.Automation;

namespace N2D.Host.Terminal;

/// <summary>An activity in words and bars.</summary>
internal static class ProgressText
{
    private const int LongestBar = 30;
    private const int ShortestBar = 5;

    /// <summary>
    /// One line no wider than the terminal: activity, bar, percent, status, time left. Only the status gives way where room is short, so that
    /// nothing else jumps while it changes.
    /// </summary>
    /// <param name="record">The report.</param>
    /// <param name="depth">How many activities it is nested in.</param>
    /// <param name="width">Columns to use.</param>
    public static string LineOf(ProgressRecord record, int depth, int width)
    {
        const string Gap = "  ";
        var head = new string(' ', 2 * depth) + OneLine(record.Activity);
        if (record.PercentComplete >= 0)
        {
            var bar = Math.Clamp(width / 5, ShortestBar, LongestBar);
            var filled = bar * Math.Min(record.PercentComplete, 100) / 100;
            head += $"{Gap}{new string('█', filled)}{new string('░', bar - filled)}{PercentOf(record),6}";
        }

        var tail = TimeLeftOf(record) is { Length: > 0 } left ? Gap + left : "";
        var status = OneLine($"{record.StatusDescription} {record.CurrentOperation}");
        var room = width - ColumnsOf(head) - ColumnsOf(tail) - Gap.Length;
        return Cut(head + (status.Length > 0 && room > 0 ? Gap + Cut(status, room) : "") + tail, width);
    }

    public static string PercentOf(ProgressRecord record) => record.PercentComplete < 0 ? "" : $"{record.PercentComplete} %";

    public static string TimeLeftOf(ProgressRecord record) => record.SecondsRemaining switch
    {
        < 0 => "",
        < 60 => $"{record.SecondsRemaining} s left",
        < 3600 => $"{record.SecondsRemaining / 60} min {record.SecondsRemaining % 60} s left",
        _ => $"{record.SecondsRemaining / 3600} h {record.SecondsRemaining / 60 % 60} min left",
    };

    /// <summary>The text without line breaks and other control characters, which would move the cursor.</summary>
    public static string OneLine(string? text) => string.Concat((text ?? "").Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();

    /// <summary>The columns that a text takes.</summary>
    public static int ColumnsOf(string text) => text.Sum(letter => IsWide(letter) ? 2 : 1);

    /// <summary>Cuts a text to a number of columns.</summary>
    public static string Cut(string text, int width)
    {
        var columns = 0;
        for (var i = 0; i < text.Length; i++)
        {
            columns += IsWide(text[i]) ? 2 : 1;
            if (columns > width)
            {
                return text[..Math.Max(0, i - 1)] + "…";
            }
        }

        return text;
    }

    /// <summary>Whether a terminal gives the character two columns: East Asian scripts and full-width forms, by their blocks.</summary>
    private static bool IsWide(char letter) => letter is
        (>= '\u1100' and <= '\u115f') or (>= '\u2e80' and <= '\ua4cf') or (>= '\uac00' and <= '\ud7a3') or
        (>= '\uf900' and <= '\ufaff') or (>= '\ufe30' and <= '\ufe6f') or (>= '\uff00' and <= '\uff60');
}
