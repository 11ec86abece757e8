using N2D.Data;
using N2D.Pipeline;
using PureHDF;

namespace N2D.Tests.Data.Formats;

public sealed class Hdf5ReaderTests : ReaderTests
{
    [Fact]
    public void OnlyArrayWithRows_IsFound_WithLabelsAndIds()
    {
        var path = Write(new H5File
        {
            ["data"] = new float[,] { { 1, 2 }, { 3, float.NaN }, { 5, 6 } },
            ["kind"] = new[] { "u", "", "v" },
            ["place"] = new[] { 10L, 20L, 30L },
        });

        var dataset = new Hdf5Reader(new() { LabelColumn = "kind", IdColumn = "place" }).Read(path, Listening);

        Assert.Equal(DatasetFormat.Hdf5, FileFormats.Detect(path));
        Assert.Equal([1, 2, 3, float.NaN, 5, 6], Values(dataset));
        Assert.Equal(["u", null, "v"], LabelsOf(dataset));
        Assert.Equal(["10", "20", "30"], dataset.Ids!);
        Assert.Equal("row 2", Assert.Single(dataset.Raw.Gaps).First);
    }

    [Fact]
    public void SeveralArrays_AreListed_AndOneIsNamed()
    {
        var path = Write(new H5File
        {
            ["train"] = new H5Group { ["data"] = new double[,] { { 1, 2 } }, ["target"] = new byte[] { 200 } },
            ["test"] = new H5Group { ["data"] = new double[,] { { 3, 4 } } },
        });

        var message = Refused("Hdf5SeveralArrays", new Hdf5Reader(), path);

        Assert.Equal(
            "'t.h5' has 2 arrays with rows of numbers: 'train/data' 1 x 2, 'test/data' 1 x 2. Choose one with ArrayName.", message);
        Assert.Equal([3, 4], Values(new Hdf5Reader(arrayName: "/test/data").Read(path)));
        Assert.Equal(["200"], LabelsOf(new Hdf5Reader(new() { LabelColumn = "target" }, "train/data").Read(path)));
        Assert.StartsWith(
            "'t.h5' has several arrays 'data'. It has 'train/data' 1 x 2,",
            Refused("Hdf5DatasetNotFound", new Hdf5Reader(arrayName: "data"), path),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "'t.h5' has no array 'x'. It has ",
            Refused("LabelColumnNotFound", new Hdf5Reader(new() { LabelColumn = "x" }), path),
            StringComparison.Ordinal);
    }

    public static TheoryData<Array> Numbers =>
    [
        new sbyte[,] { { -1, 2 } }, new short[,] { { -1, 2 } }, new int[,] { { -1, 2 } }, new long[,] { { -1, 2 } },
        new double[,] { { -1, 2 } }, new float[,] { { -1, 2 } },
    ];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void SignedNumbers_KeepTheirSign(Array array) =>
        Assert.Equal([-1, 2], Values(new Hdf5Reader().Read(Write(new H5File { ["x"] = array }))));

    [Fact]
    public void UnsignedNumbers_StayPositive()
    {
        Assert.Equal([200, 2], Values(new Hdf5Reader().Read(Write(new H5File { ["x"] = new byte[,] { { 200, 2 } } }))));
        Assert.Equal([60000, 2], Values(new Hdf5Reader().Read(Write(new H5File { ["x"] = new ushort[,] { { 60000, 2 } } }))));
        Assert.Equal([4e9f, 2], Values(new Hdf5Reader().Read(Write(new H5File { ["x"] = new uint[,] { { 4_000_000_000, 2 } } }))));
        Assert.Equal(
            [1.5e19f, 2, 0, 2],
            Values(new Hdf5Reader().Read(Write(new H5File { ["x"] = new ulong[,] { { 15_000_000_000_000_000_000, 2 }, { 0, 2 } } }))));
    }

    [Fact]
    public void BigEndianNumbers_AreSwapped()
    {
        // In the datatype message, the class bits of a signed integer are 8, with the byte order in the lowest, and its size follows them
        // (HDF5 File Format Specification, IV.A.2.d).
        var bytes = File.ReadAllBytes(Write(new H5File { ["x"] = new short[,] { { 0x0102, 0x0304 } } }));
        var type = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x08, 0, 0, 2, 0, 0, 0]);
        bytes[type] |= 1;

        Assert.Equal([0x0201, 0x0403], Values(new Hdf5Reader().Read(Files.Bytes("b.h5", bytes))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Times_KeepTheirDifferences(bool isChunked)
    {
        const long Epoch = 1_700_000_000_000;
        var (wholes, doubles) = (new long[3000, 2], new double[3000, 2]);
        for (var row = 0; row < 3000; row++)
        {
            (wholes[row, 0], wholes[row, 1]) = (row, Epoch + row);
            (doubles[row, 0], doubles[row, 1]) = (row, Epoch + row);
        }

        foreach (var array in new Array[] { wholes, doubles })
        {
            var dataset = new Hdf5Reader().Read(Write(new H5File { ["x"] = isChunked ? Chunked(array, 700, 1) : array }));

            Assert.Equal([0, Epoch], dataset.Raw.Offsets!);
            Assert.Equal(Enumerable.Range(0, 6000).Select(place => (float)(place / 2)), Values(dataset));
        }
    }

    [Theory]
    [InlineData(800_000, 3)]
    [InlineData(7, 400_001)]
    public void LargeArrays_AreReadInBlocks(int rowCount, int columnCount)
    {
        var array = new int[rowCount, columnCount];
        for (var place = 0; place < array.Length; place++)
        {
            array[place / columnCount, place % columnCount] = place;
        }

        foreach (var content in new object[] { array,
        Chunked(array, (uint)Math.Max(2, rowCount / 10), (uint)Math.Max(2, columnCount / 10)) })
        {
            var values = new Hdf5Reader().Read(Write(new H5File { ["x"] = content })).GetRows().Values;
            for (var place = 0; place < array.Length; place++)
            {
                if (values[place] != place)
                {
                    Assert.Fail($"Value {place} is {values[place]}.");
                }
            }
        }
    }

    [Fact]
    public void CancelingDuringTheRead_Stops()
    {
        var path = Write(new H5File { ["x"] = new double[1 << 20, 4] });
        using var stopping = new CancellationTokenSource();
        var reports = new CancelingReport(stopping);

        Assert.ThrowsAny<OperationCanceledException>(() =>
            new Hdf5Reader().Read(path, new Execution { CancellationToken = stopping.Token, Progress = reports }));
        Assert.Equal(1, reports.Count);
    }

    [Fact]
    public void Memory_IsCheckedForTheBlocksToo()
    {
        // 40000 bytes of float32, and a block of 80000 bytes of float64.
        var path = Write(new H5File { ["x"] = new double[100, 100] });

        Refused("DoesNotFitInMemory", new Hdf5Reader { FreeBytes = 100_000 }, path);
        Assert.Equal(100, new Hdf5Reader { FreeBytes = 130_000 }.Read(path).RowCount);
    }

    [Fact]
    public void MarksOfMissingValues_AreNoLabels_AndGapsAmongNumbers()
    {
        var path = Write(new H5File
        {
            ["x"] = new double[,] { { 1, 2 }, { -999, 4 }, { 5, 6 } },
            ["kind"] = new[] { "u", "NA", "none" },
            ["code"] = new[] { 1, 9, 2 },
            ["place"] = new[] { "a", "NA", "none" },
        });

        var dataset =
            new Hdf5Reader(new() { LabelColumn = "kind", IdColumn = "place", MissingMarks = ["-999", "None", "9"] }, "x").Read(path);

        Assert.Equal([1, 2, float.NaN, 4, 5, 6], Values(dataset));
        Assert.Equal(["u", null, null], LabelsOf(dataset));
        Assert.Equal(["a", "NA", "none"], dataset.Ids!);
        Assert.Equal(["1", null, "2"], LabelsOf(new Hdf5Reader(new() { LabelColumn = "code", MissingMarks = ["9"] }, "x").Read(path)));
    }

    [Fact]
    public void Images_KeepTheirShape()
    {
        var dataset = new Hdf5Reader().Read(Write(new H5File { ["x"] = new byte[3, 2, 4], ["scale"] = 7, ["y"] = new[] { 1, 2, 3 } }));

        Assert.Equal((3, 8), (dataset.RowCount, dataset.Dimension));
        Assert.Equal(new ImageShape(2, 4), dataset.ImageShape);
    }

    [Fact]
    public void WhatDoesNotFit_IsRefused()
    {
        var path = Write(new H5File { ["x"] = new float[,] { { 1, 2 }, { 3, 4 } }, ["y"] = new[] { 1, 2, 3 } });

        Assert.StartsWith(
            "'t.h5', array 'y', has the shape 3, but there are 2 rows.",
            Refused("LabelCountMismatch", new Hdf5Reader(new() { LabelColumn = "y" }), path),
            StringComparison.Ordinal);
        Refused("Hdf5Shape", new Hdf5Reader(arrayName: "y"), path);
        Assert.StartsWith(
            "'t.h5' has no array with rows of numbers. It has: 'y' 3.",
            Refused("Hdf5DatasetNotFound", new Hdf5Reader(), Write(new H5File { ["y"] = new[] { 1, 2, 3 } })),
            StringComparison.Ordinal);
        Refused("Hdf5Unreadable", new Hdf5Reader(), Files.Text("x.h5", "no HDF5"));
    }

    [Theory]
    [InlineData("t.h5.gz")]
    [InlineData("t.zip")]
    public void Compressed_IsUnpackedIntoMemory(string name)
    {
        var bytes = File.ReadAllBytes(Write(new H5File { ["x"] = new float[,] { { 1, 2 } } }));
        var path = name.EndsWith(".gz", StringComparison.Ordinal) ? Files.Bytes(name, bytes) : Files.Zip(name, ("t.h5", bytes));

        Assert.Equal([1, 2], Values(new Hdf5Reader().Read(path)));
    }

    [Fact]
    public void SignatureBehindAUserBlock_IsFound()
    {
        var matlab = new byte[4096];
        "MATLAB 7.3 MAT-file, Platform: GLNXA64"u8.CopyTo(matlab);
        ((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F', 0x0d, 0x0a, 0x1a, 0x0a]).CopyTo(matlab.AsSpan(512));

        Assert.Equal(DatasetFormat.Hdf5, FileFormats.Detect(Files.Bytes("t.mat", matlab)));
    }

    private static H5Dataset Chunked(Array array, uint rows, uint columns) =>
        new(array, chunks: [Math.Min(rows, (uint)array.GetLength(0)), Math.Min(columns, (uint)array.GetLength(1))]);

    private string Write(H5File file)
    {
        var path = Path.Combine(Files.Folder, "t.h5");
        File.Delete(path);
        file.Write(path);
        return path;
    }

    private sealed class CancelingReport(CancellationTokenSource stopping) : IProgress<StageProgress>
    {
        public int Count { get; private set; }

        public void Report(StageProgress value)
        {
            Count++;
            stopping.Cancel();
        }
    }
}
