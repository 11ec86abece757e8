using System.Globalization;

namespace N2D.Data;

/// <summary>Reads the lines of an ARFF file without comments and blank lines.</summary>
/// <param name="text">The text of the file.</param>
/// <param name="source">The file, for errors.</param>
internal sealed class ArffLines(TextReader text, TableSource source)
{
    /// <summary>The current line.</summary>
    public string Line { get; private set; } = "";

    /// <summary>The number of the current line in the file, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Advances to the next line that is neither blank nor a comment.</summary>
    /// <returns>False at the end of the file.</returns>
    public bool Read()
    {
        while (text.ReadLine() is { } line)
        {
            Number++;
            var trimmed = line.AsSpan().Trim();
            if (!trimmed.IsEmpty && trimmed[0] != '%')
            {
                Line = line;
                return true;
            }
        }

        return false;
    }

    /// <summary>Creates an error about the current line.</summary>
    /// <param name="id">The error's id.</param>
    /// <param name="message">What is wrong and what to do, without the line number and the final period.</param>
    public N2DException Invalid(string id, string message) =>
        source.Invalid(id, string.Create(CultureInfo.InvariantCulture, $", line {Number}: {message}."));
}
