using System.Globalization;

namespace N2D.Data;

/// <summary>The lines of an ARFF file, without comments and blank lines.</summary>
/// <param name="text">The file's text.</param>
/// <param name="source">The file, for errors.</param>
internal sealed class ArffLines(TextReader text, TableSource source)
{
    /// <summary>The line.</summary>
    public string Line { get; private set; } = "";

    /// <summary>Its number in the file, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Goes to the next line that is neither blank nor a comment.</summary>
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

    /// <summary>An error in the line.</summary>
    /// <param name="id">The error's id.</param>
    /// <param name="message">What is wrong and what to do, without the place and the last full stop.</param>
    public N2DException Invalid(string id, string message) => source.Invalid(id, string.Create(CultureInfo.InvariantCulture, $", line {Number}: {message}."));
}
