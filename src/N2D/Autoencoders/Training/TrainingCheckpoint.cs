using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using N2D.Files;
using N2D.Numerics;
using N2D.Serialization;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>A file that a training is saved in as it goes, and goes on from. The same training uninterrupted comes to the same bytes.</summary>
/// <remarks>As long as it is not disposed of, no other training has the file.</remarks>
internal sealed class TrainingCheckpoint : IDisposable
{
    private const string TrainingName = "training";
    private const string FiguresName = "figures";
    private const int DigestBytes = 16;

    private readonly string _path;
    private readonly TimeSpan _interval;
    private readonly string _training;
    private readonly int _rowsAnEpoch;
    private readonly CheckpointLock _lock;
    private readonly Stopwatch _sinceSaved = Stopwatch.StartNew();

    /// <summary>Prepares to save a training.</summary>
    /// <param name="file">Where and how often.</param>
    /// <param name="rows">The rows that are trained on.</param>
    /// <param name="settings">All that the training's outcome depends on beside them.</param>
    /// <param name="rowsAnEpoch">Rows that each epoch trains on.</param>
    /// <param name="execution">Progress and cancellation of the look at the rows.</param>
    /// <exception cref="N2DException">A training that is running saves in the file (<c>CheckpointInUse</c>).</exception>
    public TrainingCheckpoint(CheckpointFile file, IDataMatrix rows, string settings, int rowsAnEpoch, Execution execution)
    {
        (_path, _interval) = file;
        _rowsAnEpoch = rowsAnEpoch;
        _lock = CheckpointLock.Take(_path);
        try
        {
            _training = string.Create(CultureInfo.InvariantCulture, $"{settings}; Rows={rows.RowCount}x{rows.ColumnCount}:{DigestOf(rows, execution)}");
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>Lets other trainings have the file.</summary>
    public void Dispose() => _lock.Dispose();

    /// <summary>Puts a training where the file says that it was, if there is a file.</summary>
    /// <exception cref="N2DException">
    /// The file is of another training (<c>CheckpointMismatch</c>), is no such file or a damaged one (<c>CorruptSafetensors</c>), cannot be read, or has no space left to be
    /// saved in (<c>NotEnoughSpace</c>).
    /// </exception>
    public void Restore(TrainingState state, Execution execution)
    {
        OutputPlace.Of(_path).ThrowIfNoSpace(state.Tensors().Sum(tensor => sizeof(float) * tensor.Value.NumberOfElements));
        if (!File.Exists(_path))
        {
            return;
        }

        using var file = SafetensorsFile.Open(_path, "Give another -CheckpointPath, or delete it to train from the beginning.");
        if (!file.Metadata.TryGetValue(TrainingName, out var training) || training != _training)
        {
            throw new N2DException(
                "CheckpointMismatch",
                ErrorKind.InvalidArgument,
                $"'{_path}' is not the checkpoint of this training: it is of {training ?? "something else"}, and this is {_training}. Give another -CheckpointPath, or delete the file.",
                _path);
        }

        foreach (var (name, target) in state.Tensors())
        {
            if (!file.Sizes.TryGetValue(name, out var sizes) || !sizes.SequenceEqual(target.shape))
            {
                throw file.Corrupt($"array '{name}' is missing or of other sizes");
            }

            using var values = tensor(file.Read(name), target.shape);
            target.copy_(values);
        }

        state.Resume(FiguresOf(file), _rowsAnEpoch);
        execution.Explain?.Invoke($"Autoencoder: goes on from '{_path}', after {Quantity.Of(state.History.Count, "epoch")} and {Quantity.Of(state.RowsDone, "row")}.");
    }

    /// <summary>Saves a training if the last time is long enough ago.</summary>
    public void SaveIfDue(TrainingState state)
    {
        if (_sinceSaved.Elapsed >= _interval)
        {
            Save(state);
        }
    }

    /// <summary>Saves a training.</summary>
    /// <exception cref="N2DException">The file cannot be written (<c>FileNotWritten</c>).</exception>
    public void Save(TrainingState state)
    {
        var metadata = new Dictionary<string, string>
        {
            ["format"] = "n2d-checkpoint-1",
            [TrainingName] = _training,
            [FiguresName] = JsonSerializer.Serialize(state.Figures),
        };
        SafetensorsFile.Write(_path, metadata, [.. state.Tensors().Select(entry => ArrayOf(entry.Key, entry.Value))]);
        _sinceSaved.Restart();
    }

    /// <summary>Some bytes of a digest, enough to tell one data set from another.</summary>
    private static string DigestOf(IDataMatrix rows, Execution execution)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        rows.ForEachBlock("telling the rows from others", execution, (_, block) =>
        {
            hash.AppendData(MemoryMarshal.AsBytes(block.Span));
            return true;
        });

        return Convert.ToHexString(hash.GetHashAndReset().AsSpan(0, DigestBytes));
    }

    private TrainingFigures FiguresOf(SafetensorsFile file)
    {
        try
        {
            var figures = JsonSerializer.Deserialize<TrainingFigures>(file.Metadata[FiguresName]);
            return figures is { History: not null, StepCount: >= 0, RowsDone: >= 0 } && figures.RowsDone < Math.Max(_rowsAnEpoch, 1)
                ? figures
                : throw new JsonException("the figures are not those of a training");
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException)
        {
            throw file.Corrupt("it does not tell how far the training was", error);
        }
    }

    private static NamedArray ArrayOf(string name, Tensor tensor)
    {
        using var copy = tensor.cpu();
        return new NamedArray(name, tensor.shape, copy.data<float>().ToArray());
    }
}
