using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>The rows of a training: their division into training and validation rows, and their order and batches in each epoch.</summary>
internal sealed class TrainingRows
{
    private readonly int _seed;
    private readonly int[]? _trained;
    private readonly int[] _order;

    /// <summary>Divides the rows.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="options">The seed, the share of validation rows and the batch size.</param>
    public TrainingRows(IDataMatrix rows, AutoencoderOptions options)
    {
        All = rows;
        _seed = options.Seed;
        Validation = [];
        var validationCount = options.ValidationCount(rows.RowCount);
        if (validationCount > 0)
        {
            var order = Enumerable.Range(0, rows.RowCount).ToArray();
            new RandomSequence(_seed, RandomPurpose.Validation).Shuffle(order.AsSpan());
            _trained = order[validationCount..];
            Validation = order[..validationCount];
            Array.Sort(_trained);
            Array.Sort(Validation);
        }

        _order = new int[rows.RowCount - validationCount];
        BatchSize = Math.Min(options.BatchSize, _order.Length);
    }

    /// <summary>All rows.</summary>
    public IDataMatrix All { get; }

    /// <summary>The number of rows that each epoch trains on.</summary>
    public int Count => _order.Length;

    /// <summary>The number of rows in each batch, except the last one of an epoch.</summary>
    public int BatchSize { get; }

    /// <summary>The number of rows in the last batch of an epoch.</summary>
    public int LastBatchSize => ((_order.Length - 1) % BatchSize) + 1;

    /// <summary>The indices of the validation rows, ascending.</summary>
    public int[] Validation { get; }

    /// <summary>Returns the indices of the training rows in the order of an epoch. Valid until the next call.</summary>
    public ReadOnlyMemory<int> OrderOf(int epoch)
    {
        for (var place = 0; place < _order.Length; place++)
        {
            _order[place] = _trained is null ? place : _trained[place];
        }

        new RandomSequence(_seed, RandomPurpose.Shuffle, epoch: epoch).Shuffle(_order.AsSpan());
        return _order;
    }
}
