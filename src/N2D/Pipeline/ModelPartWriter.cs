using System.Text.Json;
using N2D.Numerics;
using N2D.Serialization;

namespace N2D.Pipeline;

/// <summary>Takes what a stage or clusterer keeps in a model file: settings, which become JSON, and arrays.</summary>
/// <param name="prefix">What its arrays' names begin with in the file.</param>
internal sealed class ModelPartWriter(string prefix)
{
    private readonly Dictionary<string, JsonElement> _settings = [];
    private readonly List<NamedArray> _arrays = [];

    /// <summary>The settings.</summary>
    public string Json => ModelJson.Write(_settings);

    /// <summary>The arrays.</summary>
    public IReadOnlyList<NamedArray> Arrays => _arrays;

    /// <summary>Takes a number, a text, an options record, a list of such.</summary>
    /// <param name="name">What it is called in the file.</param>
    /// <param name="value">The value; null is as good as none.</param>
    public void Set<T>(string name, T value) => _settings[name] = ModelJson.ToElement(value);

    /// <summary>Takes a matrix.</summary>
    /// <param name="name">What it is called in the file.</param>
    /// <param name="matrix">Its values, finite all of them.</param>
    public void Add(string name, Matrix matrix) => Add<float>(name, matrix.UnsafeValues, matrix.RowCount, matrix.ColumnCount);

    /// <summary>Takes an array of float, double, int or long.</summary>
    /// <param name="name">What it is called in the file.</param>
    /// <param name="values">Its values, row-major.</param>
    /// <param name="sizes">Its sizes.</param>
    public void Add<T>(string name, ReadOnlyMemory<T> values, params long[] sizes)
        where T : unmanaged => _arrays.Add(NamedArray.Of($"{prefix}.{name}", sizes, values));
}
