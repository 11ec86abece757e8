namespace N2D.Data;

/// <summary>What the lines of a libsvm file hold, row after row.</summary>
internal sealed class LibSvmEntries
{
    private int _lastIndex;

    /// <summary>The label of each row; null where it is not known.</summary>
    public List<string?> Labels { get; } = [];

    /// <summary>Where the entries of each row begin.</summary>
    public List<int> Starts { get; } = [];

    /// <summary>The index of each entry.</summary>
    public List<int> Indices { get; } = [];

    /// <summary>The value of each entry.</summary>
    public List<float> Values { get; } = [];

    /// <summary>The number of rows.</summary>
    public int RowCount => Starts.Count;

    /// <summary>The largest index that occurs.</summary>
    public int LargestIndex { get; private set; }

    /// <summary>0 if an index is 0, else 1.</summary>
    public int FirstIndex { get; private set; } = 1;

    /// <summary>Begins a row.</summary>
    /// <param name="label">Its label; null if it is not known.</param>
    public void Begin(string? label)
    {
        Labels.Add(label);
        Starts.Add(Values.Count);
        _lastIndex = -1;
    }

    /// <summary>Adds an entry to the row.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Whether the index is above the one before.</returns>
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
