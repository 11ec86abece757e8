using System.Text.Json;
using N2D.Numerics;
using N2D.Serialization;

namespace N2D.Pipeline;

/// <summary>Collects the content of a stage or clusterer for a model file: settings, which become JSON, and arrays.</summary>
/// <param name="prefix">The prefix of the names of its arrays.</param>
/// <param name="execution">Threads, progress and cancellation of content that is computed for the file.</param>
/// <param name="hasTimes">Whether the file has the times of the fit.</param>
internal sealed class ModelPartWriter(string prefix, Execution execution, bool hasTimes = true)
{
    private readonly Dictionary<string, JsonElement> _settings = [];
    private readonly List<NamedArray> _arrays = [];

    /// <summary>The settings, as JSON.</summary>
    public string Json => ModelJson.Write(_settings);

    /// <summary>Threads, progress and cancellation of content that is computed for the file.</summary>
    public Execution Execution => execution;

    /// <summary>Whether the file has the times of the fit. Without them, equal fits have equal files.</summary>
    public bool HasTimes => hasTimes;

    /// <summary>The arrays.</summary>
    public IReadOnlyList<NamedArray> Arrays => _arrays;

    /// <summary>Adds a setting: a number, a string, an options record, or a list of these.</summary>
    /// <param name="name">The name in the file.</param>
    /// <param name="value">The value; null means that there is none.</param>
    public void Set<T>(string name, T value) => _settings[name] = ModelJson.ToElement(value);

    /// <summary>Adds a matrix.</summary>
    /// <param name="name">The name in the file.</param>
    /// <param name="matrix">The matrix, with finite values.</param>
    public void Add(string name, Matrix matrix) => Add<float>(name, matrix.UnsafeValues, matrix.RowCount, matrix.ColumnCount);

    /// <summary>Adds an array of float, double, int or long.</summary>
    /// <param name="name">The name in the file.</param>
    /// <param name="values">The values, row-major.</param>
    /// <param name="sizes">The sizes.</param>
    public void Add<T>(string name, ReadOnlyMemory<T> values, params long[] sizes)
        where T : unmanaged => _arrays.Add(NamedArray.Of($"{prefix}.{name}", sizes, values));
}
