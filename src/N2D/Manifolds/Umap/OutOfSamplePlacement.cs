using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// Finds the place of a row in a layout that was not fitted to it: begun at the mean of its neighbors' places by their memberships, then moved by the
/// forces of the layout (<see cref="LayoutForces"/>), while all rows of the fit stay.
/// </summary>
/// <remarks>Room for one row, used for one after the other. Nothing of a row is left for the next.</remarks>
internal sealed class OutOfSamplePlacement
{
    /// <summary>Epochs if the fit's number of them was left to UMAP: umap-learn's for up to 10000 rows, here for any number.</summary>
    private const int DefaultEpochs = 100;

    /// <summary>Epochs for each of an unseen row's, if the user set the fit's number.</summary>
    private const int FittedEpochsPerEpoch = 3;

    /// <summary>First learning rates of the fit by that of an unseen row, which begins near its place.</summary>
    internal const float LearningRateShare = 1f / 4;

    /// <summary>Epochs between two looks at the token: some milliseconds.</summary>
    private const int EpochsPerLook = 1024;

    private readonly AlignedRows _fitted;
    private readonly LayoutForces _forces;
    private readonly float _localConnectivity;
    private readonly int _epochCount;
    private readonly float _initialLearningRate;
    private readonly int _seed;
    private readonly AlignedRows _position;
    private readonly float[] _memberships;
    private readonly int[] _others;
    private readonly float[] _rates;
    private readonly int[] _drawn;
    private readonly int[] _samples;
    private readonly float[] _pulls;
    private readonly float[] _pushes;
    private readonly int _sampleCount;

    /// <summary>Makes room for a row.</summary>
    /// <param name="fitted">The layout of the fit, n x c.</param>
    /// <param name="curve">a and b.</param>
    /// <param name="options">The fit's options.</param>
    public OutOfSamplePlacement(AlignedRows fitted, MembershipCurve curve, UmapOptions options)
    {
        _fitted = fitted;
        _forces = new LayoutForces(curve, options.RepulsionStrength);
        _localConnectivity = options.LocalConnectivity;
        _epochCount = EpochsOf(options);
        _initialLearningRate = LearningRateShare * options.LearningRate;
        _seed = options.Seed;
        _sampleCount = options.NegativeSampleRate;
        _position = new AlignedRows(1, options.Dimension);
        _memberships = new float[options.NeighborCount];
        _others = new int[options.NeighborCount];
        _rates = new float[LayoutForces.Padded(options.NeighborCount)];
        _drawn = new int[options.NeighborCount];
        _samples = new int[options.NeighborCount * _sampleCount];
        _pulls = new float[LayoutForces.Padded(1)];
        _pushes = new float[LayoutForces.Padded(_sampleCount)];
    }

    /// <summary>The epochs of rows that begin near their places.</summary>
    /// <param name="options">The fit's options.</param>
    internal static int EpochsOf(UmapOptions options) => options.Epochs / FittedEpochsPerEpoch ?? DefaultEpochs;

    /// <summary>The place that was found last, c coordinates and what fills up their registers.</summary>
    public ReadOnlySpan<float> Coordinates => _position[0];

    /// <summary>Finds a row's place.</summary>
    /// <param name="row">Its d values; its random numbers depend on them alone.</param>
    /// <param name="neighbors">The k nearest rows of the fit.</param>
    /// <param name="distances">Their distances, ascending, the first one finite; those at infinite distance are no neighbors.</param>
    /// <param name="cancellationToken">Looked at between epochs.</param>
    public void Find(ReadOnlySpan<float> row, ReadOnlySpan<int> neighbors, ReadOnlySpan<float> distances, CancellationToken cancellationToken)
    {
        if (distances[0] == 0)
        {
            _fitted[neighbors[0]].CopyTo(_position[0]);
            return;
        }

        var (rho, sigma) = SmoothKnnDistances.OfUnseen(distances, _localConnectivity);
        for (var place = 0; place < distances.Length; place++)
        {
            _memberships[place] = SmoothKnnDistances.Membership(distances[place], rho, sigma);
        }

        Begin(neighbors);
        Move(KeepDrawable(neighbors), new RandomSequence(_seed, RandomPurpose.UnseenRows, RowHash.Of(row)), cancellationToken);
    }

    /// <summary>Puts the row at the mean of its neighbors' places, weighted by their memberships.</summary>
    private void Begin(ReadOnlySpan<int> neighbors)
    {
        var total = 0f;
        foreach (var membership in _memberships)
        {
            total += membership;
        }

        ref var own = ref _position.Start(0);
        for (nuint lane = 0; lane < (nuint)_position.Stride; lane += (nuint)Vector256<float>.Count)
        {
            var sum = Vector256<float>.Zero;
            for (var place = 0; place < neighbors.Length; place++)
            {
                var weight = Vector256.Create(_memberships[place] / total);
                sum = Vector256.FusedMultiplyAdd(weight, Vector256.LoadUnsafe(ref _fitted.Start(neighbors[place]), lane), sum);
            }

            sum.StoreUnsafe(ref own, lane);
        }
    }

    /// <summary>Lists the edges that are drawn at all: the strongest in every epoch, the others by their memberships' shares of the largest.</summary>
    /// <remarks>
    /// With shares of 1, the largest membership that there can be, or of the largest in a batch, as the reference does, rows far from all others are
    /// drawn so seldom that some are left between clusters. Of 10000 rows of MNIST's first ten principal components the mean log-likelihood under a mixture
    /// of the fit's layout is 8 to 9 and 10 to 13, with shares of the row's own largest 19.5, as that of the rows of the fit, 19.6.
    /// </remarks>
    /// <returns>How many there are.</returns>
    private int KeepDrawable(ReadOnlySpan<int> neighbors)
    {
        // Neighbors come nearest first.
        var largest = _memberships[0];
        var kept = 0;
        for (var place = 0; place < neighbors.Length; place++)
        {
            var rate = _memberships[place] / largest;
            if (rate * _epochCount >= 1)
            {
                _others[kept] = neighbors[place];
                _rates[kept++] = rate;
            }
        }

        return kept;
    }

    private void Move(int edgeCount, RandomSequence random, CancellationToken cancellationToken)
    {
        for (var epoch = 0; epoch < _epochCount; epoch++)
        {
            if (epoch % EpochsPerLook == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var learningRate = _initialLearningRate * (1 - ((float)epoch / _epochCount));
            var drawnCount = LayoutSchedule.Draw(_rates, 0, edgeCount, epoch, _drawn);
            Sample(drawnCount, ref random);
            for (var edge = 0; edge < drawnCount; edge++)
            {
                Move(_others[_drawn[edge]], _samples.AsSpan(edge * _sampleCount, _sampleCount), learningRate);
            }
        }
    }

    /// <summary>Draws the rows that push in an epoch, and calls them from memory.</summary>
    private void Sample(int drawnCount, ref RandomSequence random)
    {
        foreach (ref var sample in _samples.AsSpan(0, drawnCount * _sampleCount))
        {
            sample = random.NextInt32(_fitted.RowCount);
            _fitted.Prefetch(sample);
        }
    }

    /// <summary>Moves the row by the pull of an edge and the pushes of its samples, all as they are where it stands.</summary>
    private void Move(int other, ReadOnlySpan<int> samples, float learningRate)
    {
        ref var own = ref _position.Start(0);
        _pulls[0] = _fitted.SquaredDistance(other, ref own);
        for (var sample = 0; sample < samples.Length; sample++)
        {
            _pushes[sample] = _fitted.SquaredDistance(samples[sample], ref own);
        }

        _forces.Pulls(_pulls);
        _forces.Pushes(_pushes);
        for (nuint lane = 0; lane < (nuint)_position.Stride; lane += (nuint)Vector256<float>.Count)
        {
            var position = Vector256.LoadUnsafe(ref own, lane);
            var force = LayoutForces.Along(position - Vector256.LoadUnsafe(ref _fitted.Start(other), lane), Vector256.Create(_pulls[0]));
            for (var sample = 0; sample < samples.Length; sample++)
            {
                force += LayoutForces.Along(position - Vector256.LoadUnsafe(ref _fitted.Start(samples[sample]), lane), Vector256.Create(_pushes[sample]));
            }

            Vector256.FusedMultiplyAdd(Vector256.Create(learningRate), force, position).StoreUnsafe(ref own, lane);
        }
    }
}
