using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using N2D.Files;
using N2D.Numerics;
using N2D.Serialization;

namespace N2D.Autoencoders;

/// <summary>
/// A file that a training is saved to while it runs, and that it resumes from. A resumed training gives the same bytes as an uninterrupted
/// one.
/// </summary>
/// <remarks>Until it is disposed, no other training can use the file.</remarks>
internal sealed class TrainingCheckpoint : IDisposable
{
    private const string CheckpointPath = "CheckpointPath";
    private const string TrainingName = "training";
    private const string FiguresName = "figures";

    private readonly string _path;
    private readonly TimeSpan _interval;
    private readonly string _training;
    private readonly int _rowsPerEpoch;
    private readonly CheckpointLock _lock;
    private readonly Stopwatch _sinceSaved = Stopwatch.StartNew();

    /// <summary>Locks the file and identifies the training.</summary>
    /// <param name="file">The file and the interval of saves.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="settings">Everything else that the result of the training depends on.</param>
    /// <param name="rowsPerEpoch">The number of rows that each epoch trains on.</param>
    /// <param name="execution">Progress and cancellation of the digest of the rows.</param>
    /// <exception cref="N2DException">Another training uses the file (<c>CheckpointInUse</c>).</exception>
    public TrainingCheckpoint(CheckpointFile file, IDataMatrix rows, string settings, int rowsPerEpoch, Execution execution)
    {
        (_path, _interval) = file;
        _rowsPerEpoch = rowsPerEpoch;
        _lock = CheckpointLock.Take(_path);
        try
        {
            _training = string.Create(
                CultureInfo.InvariantCulture, $"{settings}; Rows={rows.RowCount}x{rows.ColumnCount}:{RowDigest.Of(rows, execution)}");
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>Releases the file.</summary>
    public void Dispose() => _lock.Dispose();

    /// <summary>Restores the state of a training if the file exists.</summary>
    /// <exception cref="N2DException">
    /// The file belongs to another training (<c>CheckpointMismatch</c>), is damaged or not a checkpoint (<c>CorruptSafetensors</c>),
    /// cannot be read, or there is not enough space to save the training (<c>NotEnoughSpace</c>).
    /// </exception>
    public void Restore(TrainingState state, Execution execution)
    {
        OutputPlace.Of(_path).ThrowIfNoSpace(state.Arrays.Sum(array => array.ByteCount));
        if (!File.Exists(_path))
        {
            return;
        }

        using var file = SafetensorsFile.Open(
            _path, "Use another CheckpointPath to train from the beginning.", CheckpointPath);
        if (!file.Metadata.TryGetValue(TrainingName, out var training) || training != _training)
        {
            throw new N2DException(
                "CheckpointMismatch",
                ErrorKind.InvalidArgument,
                $"The checkpoint '{_path}' belongs to another training. Its training: {training ?? "unknown"}. This training: {_training}. "
                    + "Use another CheckpointPath, or delete the file.",
                _path)
            { Options = [CheckpointPath] };
        }

        foreach (var array in state.Arrays)
        {
            if (!file.Sizes.TryGetValue(array.Name, out var sizes) || !sizes.SequenceEqual(array.Sizes))
            {
                throw file.Corrupt($"array '{array.Name}' is missing or has other sizes");
            }

            array.Write(file.Read(array.Name));
        }

        state.Resume(FiguresOf(file), _rowsPerEpoch);
        execution.Explain?.Invoke(
            $"Autoencoder: resumed from '{_path}' after {Quantity.Of(state.History.Count, "epoch")} and "
                + $"{Quantity.Of(state.RowsDone, "row")}.");
    }

    /// <summary>Saves a training if the interval since the last save is over.</summary>
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
        SafetensorsFile.Write(_path, metadata, [.. state.Arrays.Select(array => new NamedArray(array.Name, array.Sizes, array.Read()))]);
        _sinceSaved.Restart();
    }

    private TrainingFigures FiguresOf(SafetensorsFile file)
    {
        try
        {
            var figures = JsonSerializer.Deserialize<TrainingFigures>(file.Metadata[FiguresName]);
            return figures is { History: not null, StepCount: >= 0, RowsDone: >= 0 } && figures.RowsDone <= _rowsPerEpoch
                ? figures
                : throw new JsonException("its counters are out of range");
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException)
        {
            throw file.Corrupt("the counters of the training are missing or invalid", error);
        }
    }
}
