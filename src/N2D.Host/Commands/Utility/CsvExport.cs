using System.Collections;
using System.Globalization;
using System.Management.Automation;
using CsvHelper;
using CsvHelper.Configuration;

namespace N2D.Host.Commands.Utility;

/// <summary>Objects on their way into a CSV file. A new file is written aside and takes its name when it is complete.</summary>
internal sealed class CsvExport : IDisposable
{
    private readonly string _file;
    private readonly string? _aside;
    private readonly bool _force;
    private readonly QuoteUse _quotes;
    private readonly CsvConfiguration _configuration;
    private readonly CsvWriter _writer;
    private readonly bool _appending;
    private string[]? _columns;
    private bool _completed;

    /// <exception cref="IOException">The file is write-protected, there already, or cannot be written.</exception>
    public CsvExport(string file, char delimiter, QuoteUse quotes, bool append, bool force, bool mustBeNew)
    {
        // A link stays one: what it leads to is replaced.
        _file = File.Exists(file) ? File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file : file;
        (_quotes, _force) = (quotes, force);
        _configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter.ToString(), NewLine = Environment.NewLine };
        if (Path.GetDirectoryName(_file) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder '{folder}' to write '{Path.GetFileName(file)}' to.");
        }

        if (mustBeNew && File.Exists(_file))
        {
            throw new IOException($"The file '{file}' is there already, and -NoClobber was given.");
        }

        if (File.Exists(_file) && File.GetAttributes(_file).HasFlag(FileAttributes.ReadOnly))
        {
            File.SetAttributes(_file, force ? File.GetAttributes(_file) & ~FileAttributes.ReadOnly : throw new UnauthorizedAccessException($"The file '{file}' is write-protected; -Force writes it nevertheless."));
        }

        _appending = append && File.Exists(_file) && new FileInfo(_file).Length > 0;
        _columns = _appending ? ReadHeader() : null;
        _aside = append || IsDevice(_file) ? null : $"{_file}.{Guid.NewGuid():N}.tmp";
        var stream = new FileStream(_aside ?? _file, append ? FileMode.OpenOrCreate : FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        _writer = new CsvWriter(new StreamWriter(stream), _configuration);
        if (_appending)
        {
            EndLastLine(stream);
        }
    }

    /// <summary>Writes a row, and the header before the first.</summary>
    /// <exception cref="InvalidDataException">The file that is appended to has a column that the object lacks.</exception>
    public void Write(PSObject row)
    {
        if (_columns is null)
        {
            _columns = [.. ColumnsOf(row)];
            WriteRow(_columns);
        }

        var values = _columns.Select(column => ValueOf(row, column)).ToList();
        if (_appending && !_force && values.FindIndex(value => !value.Exists) is >= 0 and var missing)
        {
            throw new InvalidDataException(
                $"'{_file}' has a column '{_columns[missing]}', which the object lacks, so the row was not appended; -Force appends it with an empty field.");
        }

        WriteRow(values.Select(value => value.Text));
    }

    /// <summary>Ends the file, which from now on has its name.</summary>
    public void Complete()
    {
        _writer.Dispose();
        if (_aside is not null)
        {
            File.Move(_aside, _file, overwrite: true);
        }

        _completed = true;
    }

    public void Dispose()
    {
        _writer.Dispose();
        if (!_completed && _aside is not null)
        {
            File.Delete(_aside);
        }
    }

    /// <summary>How PowerShell writes a value, whatever the culture of the machine.</summary>
    internal static string? TextOf(object? value) => value switch
    {
        null => null,
        PSObject { BaseObject: PSCustomObject } custom => custom.ToString(),
        PSObject wrapped => TextOf(wrapped.BaseObject),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private void WriteRow(IEnumerable<string?> fields)
    {
        foreach (var field in fields)
        {
            // No value is an empty field without quotes, an empty text one with them: so they stay apart.
            _writer.WriteField(field ?? "", field is not null && IsQuoted(field));
        }

        _writer.NextRecord();
    }

    private bool IsQuoted(string field) =>
        _quotes == QuoteUse.Always || (_quotes == QuoteUse.AsNeeded && field.AsSpan().IndexOfAny([_configuration.Delimiter[0], '"', '\r', '\n']) >= 0);

    private string[] ReadHeader()
    {
        using var parser = new CsvParser(new StreamReader(_file), _configuration);
        return parser.Read() ? parser.Record! : [];
    }

    /// <summary>Goes to the end of the file, and to a new line if the last one is not ended.</summary>
    private static void EndLastLine(FileStream stream)
    {
        stream.Seek(-1, SeekOrigin.End);
        if (stream.ReadByte() != '\n')
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(Environment.NewLine));
        }
    }

    private static IEnumerable<string> ColumnsOf(PSObject row) => row.BaseObject is IDictionary table
        ? table.Keys.Cast<object>().Select(key => key.ToString() ?? "")
        : row.Properties.Where(property => property.IsGettable).Select(property => property.Name);

    private static (bool Exists, string? Text) ValueOf(PSObject row, string column)
    {
        if (row.BaseObject is IDictionary table)
        {
            return (table.Contains(column), TextOf(table[column]));
        }

        try
        {
            return row.Properties[column] is { } property ? (true, TextOf(property.Value)) : (false, null);
        }
        catch (GetValueException)
        {
            // A property that fails has no value, as everywhere in PowerShell.
            return (true, null);
        }
    }

    /// <summary>Devices and pipes are written to, never replaced.</summary>
    private static bool IsDevice(string file) =>
        !OperatingSystem.IsWindows() && (file.StartsWith("/dev/", StringComparison.Ordinal) || file.StartsWith("/proc/", StringComparison.Ordinal));
}
