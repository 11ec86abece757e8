using System.Globalization;
using System.Text;
using System.Text.Json;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// Reads JSON: an array of records; one record per line (JSON Lines, NDJSON); rows as arrays; an object with one array of records, also in
/// nested objects; and columns, as pandas writes them. Fields of nested records are named <c>outer.inner</c>, arrays of numbers are
/// vectors, and absent fields are missing values.
/// </summary>
/// <param name="options">The roles of the columns, and how to parse them.</param>
/// <remarks>
/// The file is read twice, first for the field names. Files of any size need only the memory for their numbers, except files of columns,
/// whose values need 24 bytes each until all columns are read.
/// </remarks>
public sealed class JsonReader(TableOptions? options = null) : IDatasetReader
{
    /// <summary>
    /// The key in <see cref="Exception.Data"/> of a <c>JsonShape</c> error about several tables. Its value is the path of the largest
    /// table, a list of keys from the outside in.
    /// </summary>
    public const string TablePath = "TablePath";

    private const int RowsPerCheck = 1024;

    private readonly TableOptions _options = options ?? new TableOptions();

    /// <inheritdoc/>
    /// <remarks>
    /// Rows are numbered from 1. Error ids: those of <see cref="InputFile"/> and <see cref="TableBuilder"/>, and <c>MalformedJson</c>,
    /// <c>JsonShape</c>, <c>TooManyFields</c>, <c>RaggedRow</c>.
    /// </remarks>
    public Dataset Read(string path, Execution? execution = null)
    {
        execution ??= Execution.Default;
        var layout = InputFile.Read(
            path,
            file =>
            {
                using var tokens = new JsonTokens(file, execution);
                return new JsonScan(file, tokens).Find();
            },
            execution);
        return InputFile.Read(
            path,
            file =>
            {
                using var tokens = new JsonTokens(file, execution);
                var source = TableSource.Of(file, FileFormats.DatasetNameOf(path), path, "row");
                var builder = new TableBuilder(source, layout.Names, _options, execution);
                if (layout.Path.Count > 0)
                {
                    execution.Explain?.Invoke(
                        $"{source.Title}: the rows are the elements of {Quotation.Of(string.Join('.', layout.Path))}.");
                }

                new Rows(tokens, layout, builder, execution).Read();
                return builder.Build();
            },
            execution);
    }

    /// <summary>The second pass over a file, which adds the rows to the table.</summary>
    private sealed class Rows(JsonTokens tokens, JsonLayout layout, TableBuilder builder, Execution execution)
    {
        private readonly TableCell[] _cells = new TableCell[layout.Names.Count];
        private int _number;

        public void Read()
        {
            tokens.Read();
            switch (layout.Form)
            {
                case JsonForm.Columns or JsonForm.KeyedColumns:
                    ReadColumns();
                    return;
                case JsonForm.Lines:
                    do
                    {
                        ReadRow();
                    }
                    while (tokens.Read());
                    return;
                case JsonForm.KeyedRecords:
                    while (tokens.Read() && tokens.Type != JsonTokenType.EndObject)
                    {
                        tokens.Read();
                        ReadRow();
                    }

                    return;
                default:
                    GoToList();
                    while (tokens.Read() && tokens.Type != JsonTokenType.EndArray)
                    {
                        ReadRow();
                    }

                    return;
            }
        }

        /// <summary>Advances to the start of the array of rows.</summary>
        private void GoToList()
        {
            for (var level = 0; level < layout.Path.Count; level++)
            {
                var wanted = level == layout.Path.Count - 1 ? JsonTokenType.StartArray : JsonTokenType.StartObject;
                while (tokens.Read())
                {
                    var isNamed = tokens.GetString() == layout.Path[level];
                    tokens.Read();
                    if (isNamed && tokens.Type == wanted)
                    {
                        break;
                    }

                    tokens.Skip();
                }
            }
        }

        private void ReadRow()
        {
            _number++;
            if (_number % RowsPerCheck == 0)
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
            }

            Array.Clear(_cells);
            var isRecord = tokens.Type == JsonTokenType.StartObject;
            if (layout.Root is { } root && isRecord)
            {
                ReadRecord(root);
            }
            else if (layout.Root is null && tokens.Type == JsonTokenType.StartArray)
            {
                ReadList();
                if (layout.HasHeader && _number == 1)
                {
                    return;
                }
            }
            else
            {
                var found = tokens.Type switch
                {
                    JsonTokenType.Null => "null",
                    JsonTokenType.StartObject => "a record",
                    JsonTokenType.StartArray => "an array",
                    _ => "a single value",
                };
                Note($"expected {(layout.Root is null ? "an array" : "a record")} as in the other rows, found {found}", "Use the same "
                    + "kind of value for all rows.");
                tokens.Skip();
            }

            builder.BeginRow(_number);
            for (var column = 0; column < _cells.Length; column++)
            {
                builder.Add(column, _cells[column]);
            }
        }

        private void ReadRecord(JsonField record)
        {
            while (tokens.Read() && tokens.Type != JsonTokenType.EndObject)
            {
                var field = record.Find(tokens);
                tokens.Read();
                if (field is not null && tokens.Type == JsonTokenType.StartObject)
                {
                    ReadRecord(field);
                }
                else if (field is { Column: >= 0 } && builder.IsUsed(field.Column))
                {
                    _cells[field.Column] = CellOf(field.Column);
                }
                else
                {
                    tokens.Skip();
                }
            }
        }

        private void ReadList()
        {
            var count = 0;
            for (; tokens.Read() && tokens.Type != JsonTokenType.EndArray; count++)
            {
                if (count < _cells.Length && builder.IsUsed(count))
                {
                    _cells[count] = CellOf(count);
                }
                else
                {
                    tokens.Skip();
                }
            }

            if (count != _cells.Length)
            {
                Note($"the row has {Quantity.Of(count, "value")}, but the first row has {_cells.Length}", "Give all rows the same "
                    + "length, and write null for a missing value.");
            }
        }

        /// <summary>Reads all columns into memory before it adds the rows.</summary>
        private void ReadColumns()
        {
            var columns = new List<List<TableCell>>();
            var places = new Dictionary<string, int>(StringComparer.Ordinal);
            while (tokens.Read() && tokens.Type != JsonTokenType.EndObject)
            {
                var (column, cells) = (columns.Count, new List<TableCell>());
                columns.Add(cells);
                tokens.Read();
                if (builder.IsUsed(column) && layout.Form == JsonForm.Columns)
                {
                    while (tokens.Read() && tokens.Type != JsonTokenType.EndArray)
                    {
                        cells.Add(CellOf(column));
                    }
                }
                else if (layout.Form == JsonForm.Columns)
                {
                    for (var depth = tokens.Depth; tokens.Read() && tokens.Depth > depth;)
                    {
                        if (tokens.Depth == depth + 1 && tokens.Type is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
                        {
                            cells.Add(default);
                        }
                    }
                }
                else
                {
                    ReadKeyed(column, cells, places);
                }
            }

            var rowCount = columns.Max(cells => cells.Count);
            for (var row = 0; row < rowCount; row++)
            {
                builder.BeginRow(row + 1);
                for (var column = 0; column < columns.Count; column++)
                {
                    builder.Add(column, row < columns[column].Count ? columns[column][row] : default);
                }
            }
        }

        /// <summary>Reads a column of values by row number. A column can lack values of some rows.</summary>
        private void ReadKeyed(int column, List<TableCell> cells, Dictionary<string, int> places)
        {
            while (tokens.Read() && tokens.Type != JsonTokenType.EndObject)
            {
                var key = tokens.GetString();
                if (!places.TryGetValue(key, out var place))
                {
                    place = places.Count;
                    places.Add(key, place);
                }

                while (cells.Count <= place)
                {
                    cells.Add(default);
                }

                tokens.Read();
                cells[place] = CellOf(column);
            }
        }

        /// <summary>
        /// Reads the current value; the tokens are left at its end. Ids, labels and categories keep all digits of their numbers.
        /// </summary>
        private TableCell CellOf(int column)
        {
            switch (tokens.Type)
            {
                case JsonTokenType.Number:
                    return builder.IsFeature(column)
                        ? TableCell.Of(tokens.GetNumber())
                        : TableCell.Of(Encoding.UTF8.GetString(tokens.Bytes));
                case JsonTokenType.String:
                    return TableCell.Of(tokens.GetString());
                case JsonTokenType.True or JsonTokenType.False:
                    return TableCell.Of((object)(tokens.Type == JsonTokenType.True));
                case JsonTokenType.StartArray:
                    return VectorOf();
                case JsonTokenType.StartObject:
                    tokens.Skip();
                    return OfRecord(column);
                default:
                    tokens.Skip();
                    return TableCell.Missing;
            }
        }

        /// <summary>
        /// Reports a record in place of a single value. For features, the table reports it. For labels and ids, it would be used as text.
        /// </summary>
        private TableCell OfRecord(int column)
        {
            if (!builder.IsFeature(column))
            {
                var number = _number;
                builder.Problems.Add(
                    "JsonShape",
                    () => string.Create(
                        CultureInfo.InvariantCulture,
                        $"row {number}, column {Quotation.Of(layout.Names[column])}: a record is not a single value"),
                    () => "Labels, ids and categories must be texts or numbers.");
            }

            return TableCell.Of(new UnusableValue("records", "{...}"));
        }

        /// <summary>
        /// Reads an array. Numbers in any number of dimensions are a vector, which is missing if it contains null. Other arrays are text.
        /// </summary>
        private TableCell VectorOf()
        {
            var (numbers, text, isVector, hasGap) = (new List<float>(), new StringBuilder("["), true, false);
            for (var depth = tokens.Depth; tokens.Read() && tokens.Depth > depth;)
            {
                if (tokens.Type is JsonTokenType.EndArray or JsonTokenType.EndObject)
                {
                    continue;
                }

                if (tokens.Type is JsonTokenType.Number && isVector)
                {
                    numbers.Add((float)tokens.GetNumber());
                }
                else if (tokens.Type == JsonTokenType.Null && isVector)
                {
                    hasGap = true;
                    numbers.Add(float.NaN);
                }
                else if (tokens.Type is JsonTokenType.True or JsonTokenType.False && isVector)
                {
                    numbers.Add(tokens.Type == JsonTokenType.True ? 1 : 0);
                }
                else if (tokens.Type != JsonTokenType.StartArray)
                {
                    foreach (var number in isVector ? numbers : [])
                    {
                        var separator = text.Length > 1 ? ", " : "";
                        var written = float.IsNaN(number) ? "null" : number.ToString(CultureInfo.InvariantCulture);
                        text.Append(separator).Append(written);
                    }

                    isVector = false;
                    text.Append(text.Length > 1 ? ", " : "").Append(tokens.Type switch
                    {
                        JsonTokenType.String or JsonTokenType.PropertyName => $"\"{tokens.GetString()}\"",
                        JsonTokenType.StartObject => "{...}",
                        _ => Encoding.UTF8.GetString(tokens.Bytes),
                    });
                }
            }

            return !isVector
                ? TableCell.Of(text.Append(']').ToString())
                : numbers.Count == 0 || hasGap
                ? TableCell.Missing
                : TableCell.Of(numbers.ToArray());
        }

        private void Note(string what, string remedy)
        {
            var number = _number;
            builder.Problems.Add("RaggedRow", () => string.Create(CultureInfo.InvariantCulture, $"row {number}: {what}"), () => remedy);
        }
    }
}
