using System.Globalization;
using System.Numerics.Tensors;
using System.Text.Json;
using N2D.Numerics;
using N2D.Serialization;

namespace N2D.Pipeline;

/// <summary>
/// Reads the settings and arrays of a stage or clusterer from a model file. Sizes are checked before memory is allocated, and values are
/// never NaN or infinite.
/// </summary>
internal sealed class ModelPartReader
{
    private readonly SafetensorsFile _file;
    private readonly string _prefix;
    private readonly Dictionary<string, JsonElement> _settings;

    /// <summary>Opens a part.</summary>
    /// <param name="file">The file.</param>
    /// <param name="prefix">The prefix of the names of the part's arrays.</param>
    /// <param name="seconds">The duration of the fit.</param>
    /// <param name="device">The device of the fit.</param>
    /// <param name="formatVersion">The version of the file format.</param>
    public ModelPartReader(SafetensorsFile file, string prefix, double seconds, string device, int formatVersion)
    {
        _file = file;
        _prefix = prefix;
        Seconds = seconds;
        Device = device;
        FormatVersion = formatVersion;
        _settings = ModelJson.Read<Dictionary<string, JsonElement>>(
            file.Metadata.TryGetValue(prefix, out var json) ? json : throw Corrupt("its settings are missing"));
    }

    /// <summary>The duration of the fit, in seconds.</summary>
    public double Seconds { get; }

    /// <summary>The device of the fit.</summary>
    public string Device { get; }

    /// <summary>The version of the file format.</summary>
    public int FormatVersion { get; }

    /// <summary>Reads a setting: a number, a string, an options record, or a list of these.</summary>
    /// <param name="name">The name in the file.</param>
    public T Get<T>(string name) => _settings.TryGetValue(name, out var element) && element.ValueKind != JsonValueKind.Null
        ? ModelJson.Read<T>(element)
        : throw Corrupt($"its setting '{name}' is missing");

    /// <summary>Reads a list without null items.</summary>
    /// <param name="name">The name in the file.</param>
    public T[] GetList<T>(string name)
        where T : class
    {
        var list = Get<T[]>(name);
        return list.All(item => item is not null) ? list : throw Corrupt($"its setting '{name}' contains null");
    }

    /// <summary>Reads a setting that can be missing or null.</summary>
    /// <param name="name">The name in the file.</param>
    public T? Find<T>(string name)
        where T : struct => _settings.TryGetValue(name, out var element) && element.ValueKind != JsonValueKind.Null
            ? ModelJson.Read<T>(element)
            : null;

    /// <summary>Reads a string that can be missing or null.</summary>
    /// <param name="name">The name in the file.</param>
    public string? FindText(string name) => _settings.TryGetValue(name, out var element) && element.ValueKind != JsonValueKind.Null
        ? ModelJson.Read<string>(element)
        : null;

    /// <summary>Whether an array exists.</summary>
    /// <param name="name">The name in the file.</param>
    public bool Has(string name) => _file.Sizes.ContainsKey(NameOf(name));

    /// <summary>The length of a dimension of an array, such as the number of rows of a matrix.</summary>
    /// <param name="name">The name in the file.</param>
    /// <param name="rank">The required number of dimensions.</param>
    /// <param name="direction">The dimension, from 0.</param>
    public int SizeOf(string name, int rank = 2, int direction = 0)
    {
        var sizes = SizesOf(name);
        return sizes.Length == rank && sizes[direction] <= int.MaxValue
            ? (int)sizes[direction]
            : throw Corrupt($"array '{name}' has sizes {Text(sizes)}, and must have {rank} dimensions");
    }

    /// <summary>Reads a matrix of finite values with at least one row and one column.</summary>
    /// <param name="name">The name in the file.</param>
    /// <param name="rowCount">The required number of rows; null for any.</param>
    /// <param name="columnCount">The required number of columns; null for any.</param>
    public Matrix GetMatrix(string name, int? rowCount = null, int? columnCount = null)
    {
        var (rows, columns) = (rowCount ?? SizeOf(name), columnCount ?? SizeOf(name, direction: 1));
        if (rows < 1 || columns < 1)
        {
            throw Corrupt($"array '{name}' of {rows} x {columns} is empty");
        }

        return Matrix.Own(GetArray<float>(name, rows, columns), columns);
    }

    /// <summary>Reads an array of finite values.</summary>
    /// <param name="name">The name in the file.</param>
    /// <param name="sizes">The required sizes.</param>
    public T[] GetArray<T>(string name, params long[] sizes)
        where T : unmanaged
    {
        ThrowIfNot(name, sizes);
        var values = _file.Read<T>(NameOf(name));
        ThrowIfNotFinite(name, values);
        return values;
    }

    /// <summary>Reads an array of indices, such as row numbers.</summary>
    /// <param name="name">The name in the file.</param>
    /// <param name="bound">The exclusive upper bound.</param>
    /// <param name="sizes">The required sizes.</param>
    public int[] GetIndices(string name, int bound, params long[] sizes)
    {
        var values = GetArray<int>(name, sizes);
        var place = Array.FindIndex(values, value => (uint)value >= (uint)bound);
        return place < 0 ? values : throw Corrupt($"array '{name}' contains {values[place]}, and all values must be 0 to {bound - 1}");
    }

    /// <summary>Reads arrays of finite values, concatenated.</summary>
    /// <param name="arrays">The name in the file and the required sizes of each array.</param>
    public float[] GetConcatenated(IReadOnlyList<(string Name, long[] Sizes)> arrays)
    {
        var count = 0L;
        foreach (var (name, sizes) in arrays)
        {
            ThrowIfNot(name, sizes);
            count += sizes.Aggregate(1L, (product, size) => product * size);
        }

        var values = new float[count];
        var start = 0;
        foreach (var (name, sizes) in arrays)
        {
            var part = values.AsMemory(start, (int)sizes.Aggregate(1L, (product, size) => product * size));
            _file.ReadInto(NameOf(name), part);
            ThrowIfNotFinite<float>(name, part.Span);
            start += part.Length;
        }

        return values;
    }

    /// <summary>The error for an invalid part.</summary>
    /// <param name="reason">What is wrong with the part.</param>
    public N2DException Corrupt(string reason) => DamagedModel.Error(_file.Path, $"{_prefix}: {reason}");

    private string NameOf(string name) => $"{_prefix}.{name}";

    private long[] SizesOf(string name) => _file.Sizes.TryGetValue(NameOf(name), out var sizes)
        ? sizes
        : throw Corrupt($"array '{name}' is missing");

    private void ThrowIfNot(string name, long[] sizes)
    {
        if (!SizesOf(name).AsSpan().SequenceEqual(sizes))
        {
            throw Corrupt($"array '{name}' has sizes {Text(SizesOf(name))}, and must have {Text(sizes)}");
        }
    }

    private void ThrowIfNotFinite<T>(string name, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var isFinite = values.IsEmpty || values switch
        {
            _ when typeof(T) == typeof(float) =>
                TensorPrimitives.IsFiniteAll(System.Runtime.InteropServices.MemoryMarshal.Cast<T, float>(values)),
            _ when typeof(T) == typeof(double) =>
                TensorPrimitives.IsFiniteAll(System.Runtime.InteropServices.MemoryMarshal.Cast<T, double>(values)),
            _ => true,
        };
        if (!isFinite)
        {
            throw Corrupt($"array '{name}' contains NaN or infinity");
        }
    }

    private static string Text(long[] sizes) => sizes.Length == 0
        ? "of a single value"
        : string.Join(" x ", sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)));
}
