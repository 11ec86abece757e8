namespace N2D.Data;

/// <summary>The entries of a libsvm file, row by row.</summary>
internal sealed class LibSvmEntries
{
    private int _lastIndex;

    /// <summary>The label of each row; null if it is unknown.</summary>
    public List<string?> Labels { get; } = [];

    /// <summary>The position of the first entry of each row.</summary>
    public List<int> Starts { get; } = [];

    /// <summary>The index of each entry.</summary>
    public List<int> Indices { get; } = [];

    /// <summary>The value of each entry.</summary>
    public List<float> Values { get; } = [];

    /// <summary>The number of rows.</summary>
    public int RowCount => Starts.Count;

    /// <summary>The largest index that occurs.</summary>
    public int LargestIndex { get; private set; }

    /// <summary>0 if the index 0 occurs, otherwise 1.</summary>
    public int FirstIndex { get; private set; } = 1;

    /// <summary>Begins a row.</summary>
    /// <param name="label">The label; null if it is unknown.</param>
    public void Begin(string? label)
    {
        Labels.Add(label);
        Starts.Add(Values.Count);
        _lastIndex = -1;
    }

    /// <summary>Adds an entry to the current row.</summary>
    /// <param name="index">The index.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether the index is larger than the previous one of the row.</returns>
    public bool Add(int index, float value)
    {
        var isInOrder = index > _lastIndex;
        _lastIndex = index;
        Indices.Add(index);
        Values.Add(value);
        LargestIndex = Math.Max(LargestIndex, index);
        FirstIndex = Math.Min(FirstIndex, index);
        return isInOrder;
    }
}
