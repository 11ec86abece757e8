using System.Globalization;

namespace N2D.Autoencoders;

/// <summary>The training of a network on the rows of a data set, or of several networks together.</summary>
/// <param name="trainer">The networks and their optimizer.</param>
/// <param name="courses">The course of each network.</param>
/// <param name="budget">The number of epochs.</param>
/// <param name="execution">Progress and cancellation.</param>
internal sealed class AutoencoderTraining(
    ITrainer trainer, IReadOnlyList<TrainingCourse> courses, TrainingBudget budget, Execution execution)
{
    private readonly List<TrainingCourse> _running = [.. courses];
    private readonly int _rowCount = courses[0].Rows.Count;
    private readonly int[] _batches = new int[courses.Count * courses[0].Rows.BatchSize];

    /// <summary>Runs the remaining epochs of each network, or fewer if it stops early.</summary>
    /// <param name="ended">
    /// Receives each network that ended, while the others continue: its parameters are valid only now. Also receives the error of a network
    /// that diverged. The error of a single network is thrown.
    /// </param>
    public void Run(Action<TrainingCourse, N2DException?> ended)
    {
        EndFinished(ended);
        while (_running.Count > 0)
        {
            RunEpoch();
            foreach (var course in _running.ToArray())
            {
                try
                {
                    course.EndEpoch();
                }
                catch (N2DException error) when (courses.Count > 1 && error.Id == TrainingCourse.Diverged)
                {
                    _running.Remove(course);
                    ended(course, error);
                }
            }

            EndFinished(ended);
        }
    }

    private void EndFinished(Action<TrainingCourse, N2DException?> ended)
    {
        foreach (var course in _running.Where(course => course.IsOver).ToArray())
        {
            _running.Remove(course);
            course.End();
            ended(course, null);
        }
    }

    /// <summary>Trains on all rows in a new order, or on the remaining rows of an interrupted epoch.</summary>
    private void RunEpoch()
    {
        var first = _running[0];
        var epoch = first.History.Count;
        var orders = courses.Select(course => course.Rows.OrderOf(epoch)).ToArray();
        for (var start = first.RowsDone; start < _rowCount; start += first.Rows.BatchSize)
        {
            if (execution.CancellationToken.IsCancellationRequested)
            {
                _running.ForEach(course => course.Save());
                execution.CancellationToken.ThrowIfCancellationRequested();
            }

            // Networks that ended also step: the operations are those of all. Their parameters are no longer used.
            var count = Math.Min(first.Rows.BatchSize, _rowCount - start);
            for (var network = 0; network < orders.Length; network++)
            {
                orders[network].Span.Slice(start, count).CopyTo(_batches.AsSpan(network * count));
            }

            var factor = first.Options.Schedule.Factor((epoch + ((double)start / _rowCount)) / budget.MaxEpochs);
            trainer.Step(_batches.AsSpan(0, orders.Length * count), epoch, factor);
            _running.ForEach(course => course.EndStep(count));
            Report(first);
        }
    }

    private void Report(TrainingCourse first)
    {
        var epoch = first.History.Count;
        var losses = epoch == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"loss {_running.Average(course => course.History[^1].Loss):G4}, ");
        var rate = string.Create(CultureInfo.InvariantCulture, $"{courses.Count * first.RowsPerSecond:F0} rows/s");
        var done = ((double)epoch * _rowCount) + first.RowsDone;
        execution.Report($"epoch {epoch + 1} of {budget.Limit}, {losses}{rate}", done / ((double)budget.MaxEpochs * _rowCount));
    }
}
