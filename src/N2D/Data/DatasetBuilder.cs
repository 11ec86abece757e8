using N2D.Numerics;

namespace N2D.Data;

/// <summary>Makes a data set of rows that come one by one.</summary>
/// <param name="name">The data set's name.</param>
/// <param name="columnNames">The name of each column, at least one.</param>
public sealed class DatasetBuilder(string name, IReadOnlyList<string> columnNames)
{
    private readonly List<float> _values = [];
    private readonly List<string?> _labels = [];
    private readonly List<string> _ids = [];

    /// <summary>The number of rows so far.</summary>
    public int RowCount => _values.Count / columnNames.Count;

    /// <summary>Whether the rows have labels.</summary>
    public bool HasLabels { get; init; }

    /// <summary>What the ids of the rows are called; null if they have none.</summary>
    public string? IdName { get; init; }

    /// <summary>Adds a row.</summary>
    /// <param name="values">A number a column.</param>
    /// <param name="label">The name of its class; null where that is not known.</param>
    /// <param name="id">Its id, where the rows have ids.</param>
    /// <exception cref="N2DException">No array can hold as many values (<c>TooManyValues</c>).</exception>
    public void Add(ReadOnlySpan<float> values, string? label = null, string? id = null)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, columnNames.Count);
        if ((long)_values.Count + values.Length > Array.MaxLength)
        {
            throw new N2DException("TooManyValues", ErrorKind.InvalidData, $"Data set '{name}' has more than {Array.MaxLength} values at row {RowCount + 1}. Take a part of the rows.", name);
        }

        foreach (var value in values)
        {
            _values.Add(value);
        }

        if (HasLabels)
        {
            _labels.Add(string.IsNullOrWhiteSpace(label) ? null : label);
        }

        if (IdName is not null)
        {
            _ids.Add(id ?? throw new ArgumentNullException(nameof(id)));
        }
    }

    /// <summary>The data set of the rows so far.</summary>
    /// <param name="execution">Warned if ids are not unique.</param>
    /// <exception cref="N2DException">
    /// There are no rows (<c>EmptyDataset</c>), a value is NaN or infinite (<c>NotFinite</c>), or no row has a label (<c>MissingLabel</c>).
    /// </exception>
    public Dataset Build(Execution? execution = null)
    {
        if (RowCount > 0 && HasLabels && !_labels.Exists(label => label is not null))
        {
            throw new N2DException("MissingLabel", ErrorKind.InvalidData, $"Data set '{name}': no row has a label. Name no label property, or fill in those that are known.", name);
        }

        return new Dataset(name, Matrix.Own([.. _values], columnNames.Count), HasLabels ? Labels.FromNames(_labels) : null, columnNames, source: name)
            .WithIds(IdName is null ? null : [.. _ids], IdName, execution);
    }
}
