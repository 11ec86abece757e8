using N2D.Data;
using N2D.Pipeline;

namespace N2D.Tests.Data;

/// <summary>Custom missing-value marks in files that are not tables.</summary>
public sealed class MissingMarkTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    public static TheoryData<string, Array> NumbersWithMarks => new()
    {
        { "<f4", new[] { -999f, 2, 3, -999, 5, 6 } },
        { "<f8", new[] { -999d, 2, 3, -999, 5, 6 } },
        { "<i2", new short[] { -999, 2, 3, -999, 5, 6 } },
        { "<i8", new[] { -999L, 2, 3, -999, 5, 6 } },
    };

    [Theory]
    [MemberData(nameof(NumbersWithMarks))]
    public void AMarkAmongNumbers_IsAGap(string type, Array values)
    {
        var array = NpyBytes.Raw(type, "3, 2", BytesOf(values));
        var options = new TableOptions { MissingMarks = ["-999", "n/v"] };

        foreach (var dataset in new[]
        {
            new NpyReader(options: options).Read(_files.Bytes("x.npy", array)),
            new NpyReader(memoryMapped: true, options: options).Read(_files.Bytes("m.npy", array)),
            new NpzReader(options).Read(_files.Zip("x.npz", ("x.npy", array))),
        })
        {
            Assert.Equal([float.NaN, 2, 3, float.NaN, 5, 6], dataset.GetRawRows(Execution.Default).Values.ToArray());
            Assert.Equal(["'x1' 1 (first: row 1)", "'x2' 1 (first: row 2)"], dataset.Raw.Gaps.Select(gap => gap.ToString()));
        }
    }

    [Fact]
    public void AMarkThatFloat32Rounds_IsFound()
    {
        var dataset = new NpyReader(options: new()
        { MissingMarks = ["-9999.99"] }).Read(_files.Bytes("x.npy", NpyBytes.Of("<f4", "2, 1", -9999.99f, 1)));

        Assert.Equal([float.NaN, 1], dataset.GetRawRows(Execution.Default).Values.ToArray());
    }

    [Theory]
    [InlineData("300")]
    [InlineData("0.5")]
    [InlineData("n/v")]
    public void AMarkThatTheTypeCannotHold_MarksNothing(string mark)
    {
        var dataset =
            new NpyReader(options: new() { MissingMarks = [mark] }).Read(_files.Bytes("x.npy", NpyBytes.Of<byte>("|u1", "2, 1", 255, 0)));

        Assert.Equal([255, 0], dataset.GetRows().Values.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AMarkInANarrowColumn_TakesNoPrecisionFromIt(bool isFortranOrder)
    {
        const long Epoch = 1_700_000_000_000;
        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes<long>([Epoch, -999, Epoch + 7]).ToArray();

        var dataset = new NpyReader(options: new()
        { MissingMarks = ["-999"] }).Read(_files.Bytes("x.npy", NpyBytes.Raw("<i8", "3, 1", bytes, isFortranOrder)));

        Assert.Equal([Epoch], dataset.Raw.Offsets!);
        Assert.Equal([0, float.NaN, 7], dataset.GetRawRows(Execution.Default).Values.ToArray());
    }

    [Theory]
    [InlineData("9")]
    [InlineData("9.0")]
    public void AMarkAmongNumbersThatAreLabels_IsNoClass(string mark)
    {
        var options = new TableOptions { MissingMarks = [mark] };
        var rows = NpyBytes.Of("<f4", "3, 1", 1f, 2, 3);

        foreach (var labels in new[]
        {
            _files.Bytes("y.npy", NpyBytes.Of("<i8", "3,", 1L, 9, 2)),
            _files.Bytes("y.f8.npy", NpyBytes.Of("<f8", "3,", 1d, 9, 2)),
            _files.Text("y.txt", "1\n9\n2\n"),
        })
        {
            Assert.Equal(["1", null, "2"], LabelsOf(new NpyReader(labels, options: options).Read(_files.Bytes("x.npy", rows))));
        }

        Assert.Equal(
            ["1", null, "2"],
            LabelsOf(
                new NpzReader(
                    options with { LabelColumn = "y" }).Read(
                        _files.Zip("x.npz", ("x.npy", rows), ("y.npy", NpyBytes.Of("<i8", "3,", 1L, 9, 2))))));
        Assert.Equal(["1", null, "2"], LabelsOf(new LibSvmReader(options).Read(_files.Text("x", "1 1:1\n9 1:2\n2 1:3\n"))));
    }

    [Fact]
    public void AMarkAmongLabelsOfIdx_IsNoClass()
    {
        var images = _files.Idx("i", [3, 1, 1], [1, 2, 3]);

        Assert.Equal(
            ["1", null, "2"],
            LabelsOf(new IdxReader(_files.Idx("l", [3], [1, 255, 2]), options: new() { MissingMarks = ["255"] }).Read(images)));
        Assert.Equal(
            "MissingLabel",
            Assert.Throws<N2DException>(() =>
                new IdxReader(_files.Idx("l", [3], [9, 9, 9]), options: new() { MissingMarks = ["9"] }).Read(images)).Id);
    }

    [Fact]
    public void AMarkAmongValuesOfLibSvm_IsAGap()
    {
        var dataset = new LibSvmReader(new() { MissingMarks = ["-999"] }).Read(_files.Text("x", "1 1:-999 2:4\n2 1:5 2:-999.0\n"));

        Assert.Equal([float.NaN, 4, 5, float.NaN], dataset.GetRawRows(Execution.Default).Values.ToArray());
        Assert.Equal(["'x1' 1 (first: row 1)", "'x2' 1 (first: row 2)"], dataset.Raw.Gaps.Select(gap => gap.ToString()));
    }

    private static byte[] BytesOf(Array values)
    {
        var bytes = new byte[Buffer.ByteLength(values)];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return bytes;
    }

    private static IEnumerable<string?> LabelsOf(Dataset dataset) =>
        Enumerable.Range(0, dataset.RowCount).Select(row => dataset.GetLabels()![row]);
}
