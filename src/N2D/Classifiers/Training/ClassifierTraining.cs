using System.Diagnostics;
using System.Globalization;
using N2D.Numerics;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace N2D.Classifiers;

/// <summary>Trains a classifier. The same rows, classes and seed give the same bytes for any number of threads.</summary>
internal sealed unsafe class ClassifierTraining
{
    /// <summary>Images with a common normalization. Each group is the work of one thread.</summary>
    private const int GroupSize = 24;
    private const int GroupsPerBatch = 4;
    private const double WarmUp = 0.1;
    private const double MomentRate = 0.05;
    private const int ValuesPerBlock = 1 << 14;

    private readonly ClassifierShape _shape;
    private readonly Matrix _rows;
    private readonly NetworkInput _input;
    private readonly TrainingRecipe _recipe;
    private readonly Execution _execution;
    private readonly ClassifierPass[] _passes;
    private readonly RotatedWeights _rotated;
    private readonly float[] _parameters;
    private readonly float[] _gradient;
    private readonly float[] _first;
    private readonly float[] _second;
    private readonly float[] _moments;
    private int _stepCount;
    private double _loss;

    private ClassifierTraining(
        ClassifierShape shape, Matrix rows, NetworkInput input, TrainingRecipe recipe, AlignedBuffers memory, Execution execution)
    {
        _shape = shape;
        _rows = rows;
        _input = input;
        _recipe = recipe;
        _execution = execution;
        _passes = [.. Enumerable.Range(0, GroupsPerBatch).Select(_ => new ClassifierPass(shape, GroupSize, memory))];
        _rotated = new RotatedWeights(shape, memory);
        _parameters = shape.InitialParameters(new RandomSequence(recipe.Seed, RandomPurpose.Weights), execution.CancellationToken);
        _gradient = new float[_parameters.Length];
        _first = new float[_parameters.Length];
        _second = new float[_parameters.Length];
        _moments = new float[shape.MomentCount];
    }

    /// <summary>The number of steps in an epoch.</summary>
    /// <param name="rowCount">The number of rows.</param>
    public static int StepsPerEpoch(int rowCount) => (rowCount + (GroupSize * GroupsPerBatch) - 1) / (GroupSize * GroupsPerBatch);

    /// <summary>
    /// The number of values that a training keeps: parameters, gradient, two moments of Adam and the rotated weights; a gradient and its
    /// working memory for each group.
    /// </summary>
    /// <param name="shape">The network.</param>
    public static long ValueCount(ClassifierShape shape) =>
        ((5L + (2 * GroupsPerBatch)) * shape.ParameterCount) + (GroupsPerBatch * GroupSize * ClassifierPass.ValuesPerImage(shape));

    /// <summary>Trains a classifier on some rows.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="rows">The rows, n x d.</param>
    /// <param name="input">The map of rows to inputs.</param>
    /// <param name="numbers">The rows to train on.</param>
    /// <param name="classes">The class of each of them.</param>
    /// <param name="recipe">The settings of the training.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public static Classifier Fit(
        ClassifierShape shape, Matrix rows, NetworkInput input, int[] numbers, int[] classes, TrainingRecipe recipe, Execution execution)
    {
        using var memory = new AlignedBuffers();
        return new ClassifierTraining(shape, rows, input, recipe, memory, execution).Run(numbers, classes);
    }

    private Classifier Run(int[] numbers, int[] classes)
    {
        Debug.Assert(numbers.Length > 0 && numbers.Length == classes.Length, "Each row must have a class.");
        var order = Enumerable.Range(0, numbers.Length).ToArray();
        var stepsPerEpoch = StepsPerEpoch(numbers.Length);
        var stepCount = stepsPerEpoch * _recipe.EpochCount;
        for (var epoch = 0; epoch < _recipe.EpochCount; epoch++)
        {
            new RandomSequence(_recipe.Seed, RandomPurpose.Shuffle, 0, epoch).Shuffle(order.AsSpan());
            var loss = 0.0;
            for (var step = 0; step < stepsPerEpoch; step++)
            {
                _execution.CancellationToken.ThrowIfCancellationRequested();
                var (start, end) = PartOf(order.Length, stepsPerEpoch, step);
                loss += Step(order.AsMemory(start, end - start), numbers, classes, epoch, (double)_stepCount / stepCount);
                _execution.Report($"epoch {epoch + 1} of {_recipe.EpochCount}", (double)_stepCount / stepCount);
            }
            _loss = loss / order.Length;
            if (!double.IsFinite(_loss))
            {
                throw new N2DException(
                    "TrainingDiverged",
                    ErrorKind.InvalidData,
                    $"The training of a classifier diverged in epoch {epoch + 1}: its loss is no longer finite. Check the rows for extreme "
                        + "values.");
            }
        }

        _execution.Explain?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"Classifier of {Quantity.Of(numbers.Length, "row")}: {Quantity.Of(_recipe.EpochCount, "epoch")}, loss {_loss:G4}."));
        return new Classifier(_shape, _parameters, _moments);
    }

    private static (int Start, int End) PartOf(int count, int partCount, int part) =>
        ((int)((long)count * part / partCount), (int)((long)count * (part + 1) / partCount));

    private double Step(ReadOnlyMemory<int> batch, int[] numbers, int[] classes, int epoch, double progress)
    {
        var groupCount = (batch.Length + GroupSize - 1) / GroupSize;
        fixed (float* parameters = _parameters)
        {
            _rotated.Update(parameters, _execution.CancellationToken);
        }

        ParallelRows.For(groupCount, 1, _execution, (first, end) =>
        {
            for (var group = first; group < end; group++)
            {
                var (start, stop) = PartOf(batch.Length, groupCount, group);
                RunGroup(_passes[group], batch.Span[start..stop], numbers, classes, epoch, 1f / batch.Length);
            }
        });
        _stepCount++;
        Update(groupCount, progress);
        return _passes.Take(groupCount).Sum(pass => pass.Loss);
    }

    private void RunGroup(ClassifierPass pass, ReadOnlySpan<int> group, int[] numbers, int[] classes, int epoch, float weight)
    {
        Span<int> targets = stackalloc int[group.Length];
        for (var i = 0; i < group.Length; i++)
        {
            _execution.CancellationToken.ThrowIfCancellationRequested();
            var row = numbers[group[i]];
            targets[i] = classes[group[i]];
            var random = new RandomSequence(_recipe.Seed, RandomPurpose.Augmentation, row, epoch);
            _input.Write(_rows.Row(row), _recipe.Augmentation, ref random, pass.InputOf(i));
        }

        fixed (float* parameters = _parameters)
        {
            pass.Run(parameters, _rotated, targets, _recipe.LabelSmoothing, weight, _execution.CancellationToken);
        }
    }

    /// <summary>Adds the gradients in the order of the groups, and makes a step of Adam.</summary>
    private void Update(int groupCount, double progress)
    {
        var factor = progress < WarmUp ? (progress + 0.01) / WarmUp : (1 - progress) / (1 - WarmUp);
        var rate = AdamStep.Rate(_recipe.LearningRate * factor, _stepCount);
        ParallelRows.For(_parameters.Length, ValuesPerBlock, _execution, (start, end) =>
        {
            var sum = _gradient.AsSpan(start, end - start);
            new ReadOnlySpan<float>(_passes[0].Gradient + start, end - start).CopyTo(sum);
            for (var group = 1; group < groupCount; group++)
            {
                TensorPrimitives.Add(sum, new ReadOnlySpan<float>(_passes[group].Gradient + start, end - start), sum);
            }

            AdamStep.Update(
                _parameters.AsSpan(start, end - start), sum, _first.AsSpan(start, end - start), _second.AsSpan(start, end - start),
                rate, decay: 1);
        });
        var momentRate = Math.Max(MomentRate, 1.0 / _stepCount);
        for (var i = 0; i < _moments.Length; i++)
        {
            var mean = _passes.Take(groupCount).Sum(pass => pass.Moments[i]) / groupCount;
            _moments[i] = (float)(((1 - momentRate) * _moments[i]) + (momentRate * mean));
        }
    }
}

/// <summary>The settings of a classifier's training.</summary>
/// <param name="EpochCount">The number of passes over the rows.</param>
/// <param name="LearningRate">The learning rate after the warm-up, from which it decreases to 0.</param>
/// <param name="LabelSmoothing">The share of the target that is spread over all classes.</param>
/// <param name="Augmentation">The random transforms of each row in each epoch.</param>
/// <param name="Seed">The seed of all random numbers.</param>
internal sealed record TrainingRecipe(int EpochCount, double LearningRate, double LabelSmoothing, Augmentation Augmentation, int Seed);
