using System.Runtime.InteropServices;
using N2D.Data;

namespace N2D.Tests.Data;

/// <summary>Columns whose differences are too small for float32 are stored minus an offset, so that no difference is lost.</summary>
public sealed class ArrayPrecisionTests : IDisposable
{
    /// <summary>Milliseconds since 1970, some day of 2023: float32 shows steps of 131072 ms.</summary>
    private const long Epoch = 1_700_000_000_000;

    private const int RowCount = 20_000;

    private readonly TemporaryFiles _files = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("<f8", false)]
    [InlineData("<i8", false)]
    [InlineData("<u8", false)]
    [InlineData(">f8", false)]
    [InlineData(">i8", false)]
    [InlineData("<f8", true)]
    [InlineData(">i8", true)]
    public void Milliseconds_KeepTheirDifferences(string type, bool isFortranOrder)
    {
        var path = _files.Bytes("x.npy", Times(type, isFortranOrder));

        foreach (var dataset in new[] { new NpyReader().Read(path), new NpyReader().Read(_files.Bytes("x.npy.gz", File.ReadAllBytes(path))),
        new NpzReader().Read(_files.Zip("z.npz", ("x.npy", File.ReadAllBytes(path)))) })
        {
            Assert.Equal([0, Epoch, 0], dataset.Raw.Offsets!);
            var rows = dataset.GetRows();
            for (var row = 0; row < RowCount; row += 997)
            {
                Assert.Equal(row % 60_000, rows[row, 1]);
                Assert.Equal([row, 0], [rows[row, 0], rows[row, 2]]);
                Assert.Equal(Epoch + (row % 60_000), rows[row, 1] + dataset.GetOffsets()![1]);
            }
        }
    }

    [Fact]
    public void MillisecondsInAZipArchive_KeepTheirDifferences()
    {
        // A name without .npy: a zip archive of .npy files is itself a format.
        var dataset = new NpyReader().Read(_files.Zip("x.zip", ("times.bin", Times("<i8", isFortranOrder: false))));

        Assert.Equal([0, Epoch, 0], dataset.Raw.Offsets!);
        Assert.Equal(1, dataset.GetRows()[1, 1]);
    }

    [Theory]
    [InlineData("<i4")]
    [InlineData("<u4")]
    public void WholeNumbersOf32Bits_KeepTheirDifferences(string type)
    {
        var dataset = new NpyReader().Read(_files.Bytes("x.npy", NpyBytes.Of(type, "3, 1", 1_700_000_001, 1_700_000_002, 1_700_000_004)));

        Assert.Equal([0f, 1, 3], dataset.GetRows().Values.ToArray());
        Assert.Equal([1_700_000_001], dataset.Raw.Offsets!);
    }

    [Fact]
    public void NanosecondsBeyondDouble_KeepTheirDifferences()
    {
        const long Start = 1_700_000_000_123_456_789;
        var dataset = new NpyReader().Read(_files.Bytes("x.npy", NpyBytes.Of("<i8", "3, 1", Start, Start + 1, Start + 5)));

        var rows = dataset.GetRows();
        Assert.Equal([1f, 5], [rows[1, 0] - rows[0, 0], rows[2, 0] - rows[0, 0]]);
    }

    [Fact]
    public void AnOrdinaryArray_HasNoOffsets_AndTheSameValuesAsEver()
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 3_000).Select(_ => random.NextDouble() - 0.5).ToArray();
        foreach (var scale in new[] { 1, 1e-12, 1e12 })
        {
            var scaled = Array.ConvertAll(values, value => value * scale);
            var dataset = new NpyReader().Read(_files.Bytes("x.npy", NpyBytes.Of("<f8", "1000, 3", scaled)));

            Assert.Null(dataset.Raw.Offsets);
            Assert.Equal(Array.ConvertAll(scaled, value => (float)value), dataset.GetRows().Values.ToArray());
        }
    }

    [Fact]
    public void ALateOutlier_TakesTheOffsetAway()
    {
        var values = Enumerable.Range(0, 100_000).Select(row => Epoch + (double)row).ToArray();
        values[^1] = 0;
        var dataset = new NpyReader().Read(_files.Bytes("x.npy", NpyBytes.Of("<f8", "100000, 1", values)));

        Assert.Null(dataset.Raw.Offsets);
        Assert.Equal(Array.ConvertAll(values, value => (float)value), dataset.GetRows().Values.ToArray());
    }

    [Fact]
    public void AConstantColumn_HasAnOffset_OnlyWhereFloat32MissesWholeNumbers()
    {
        var dataset = new NpyReader().Read(_files.Bytes("x.npy", NpyBytes.Of("<f8", "1, 3", 0.1, Epoch + 1.0, 1 << 20)));

        Assert.Equal([0, Epoch + 1.0, 0], dataset.Raw.Offsets!);
        Assert.Equal([0.1f, 0, 1 << 20], dataset.GetRows().Values.ToArray());
    }

    [Fact]
    public void GapsInANarrowColumn_StayGaps()
    {
        var dataset = new NpyReader().Read(_files.Bytes("x.npy", NpyBytes.Of("<f8", "3, 1", double.NaN, Epoch + 1.0, Epoch + 3.0)));

        Assert.Equal([float.NaN, 0, 2], dataset.GetRawRows(Execution.Default).Values.ToArray());
        Assert.Equal("'x1' 1 (first: row 1)", Assert.Single(dataset.Raw.Gaps).ToString());
    }

    [Fact]
    public void NumbersBeyondFloat32_AreRefused_HoweverLittleTheyVary() =>
        Assert.Equal(
            "NotFinite",
            Assert.Throws<N2DException>(() => new NpyReader().Read(_files.Bytes("x.npy", NpyBytes.Of("<f8", "2, 1", 1e300, 1e300)))).Id);

    [Fact]
    public void AMappedFile_IsReadAsItIs_WithAWarningByName()
    {
        var path = _files.Bytes("x.npy", Times("<f8", isFortranOrder: false));

        var dataset = new NpyReader(memoryMapped: true).Read(path, new Execution { Warn = _warnings.Add });

        Assert.Null(dataset.Raw.Offsets);
        Assert.Equal(
            "'x.npy': column 'x2' has a range that is too small for float32 at values near 1.7E+12. A memory-mapped file cannot be "
                + "corrected for this. Subtract the smallest value of each column, or read the file into memory, without MemoryMapped.",
            Assert.Single(_warnings));
    }

    /// <summary>Columns of a counter, of times, and of zeros.</summary>
    private static byte[] Times(string type, bool isFortranOrder)
    {
        var values = new double[3 * RowCount];
        for (var row = 0; row < RowCount; row++)
        {
            var (counter, time) = isFortranOrder ? (row, RowCount + row) : (3 * row, (3 * row) + 1);
            (values[counter], values[time]) = (row, Epoch + (row % 60_000));
        }

        var bytes = type.EndsWith("f8", StringComparison.Ordinal)
            ? MemoryMarshal.AsBytes(values.AsSpan()).ToArray()
            : MemoryMarshal.AsBytes(Array.ConvertAll(values, value => (long)value).AsSpan()).ToArray();
        if (type[0] == '>')
        {
            for (var place = 0; place < bytes.Length; place += sizeof(double))
            {
                bytes.AsSpan(place, sizeof(double)).Reverse();
            }
        }

        return NpyBytes.Raw(type, $"{RowCount}, 3", bytes, isFortranOrder);
    }
}
