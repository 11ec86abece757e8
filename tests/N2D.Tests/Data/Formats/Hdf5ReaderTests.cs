using N2D.Data;
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

        var message = Refused("Hdf5SeveralArrays", new Hdf5Reader(new() { Terms = new() { Parameter = option => $"-{option}" } }), path);

        Assert.Equal("'t.h5' holds 2 arrays with rows of numbers: 'train/data' 1 x 2, 'test/data' 1 x 2. Name one with -ArrayName.", message);
        Assert.Equal([3, 4], Values(new Hdf5Reader(arrayName: "/test/data").Read(path)));
        Assert.Equal(["200"], LabelsOf(new Hdf5Reader(new() { LabelColumn = "target" }, "train/data").Read(path)));
        Assert.StartsWith("'t.h5' has several arrays 'data'. It has 'train/data' 1 x 2,", Refused("Hdf5DatasetNotFound", new Hdf5Reader(arrayName: "data"), path), StringComparison.Ordinal);
        Assert.StartsWith("'t.h5' has no array 'x'. It has ", Refused("LabelColumnNotFound", new Hdf5Reader(new() { LabelColumn = "x" }), path), StringComparison.Ordinal);
    }

    public static TheoryData<Array> Numbers =>
    [
        new sbyte[,] { { -1, 2 } }, new short[,] { { -1, 2 } }, new int[,] { { -1, 2 } }, new long[,] { { -1, 2 } }, new double[,] { { -1, 2 } }, new float[,] { { -1, 2 } },
    ];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void SignedNumbers_KeepTheirSign(Array array) => Assert.Equal([-1, 2], Values(new Hdf5Reader().Read(Write(new H5File { ["x"] = array }))));

    [Fact]
    public void UnsignedNumbers_StayPositive()
    {
        Assert.Equal([200, 2], Values(new Hdf5Reader().Read(Write(new H5File { ["x"] = new byte[,] { { 200, 2 } } }))));
        Assert.Equal([60000, 2], Values(new Hdf5Reader().Read(Write(new H5File { ["x"] = new ushort[,] { { 60000, 2 } } }))));
        Assert.Equal([4e9f, 2], Values(new Hdf5Reader().Read(Write(new H5File { ["x"] = new uint[,] { { 4_000_000_000, 2 } } }))));
        Assert.Equal([1.5e19f, 2], Values(new Hdf5Reader().Read(Write(new H5File { ["x"] = new ulong[,] { { 15_000_000_000_000_000_000, 2 } } }))));
    }

    [Fact]
    public void BigEndianNumbers_AreSwapped()
    {
        // In the datatype message, the class bits of a signed integer are 8, with the byte order in the lowest, and its size follows them (HDF5 File Format
        // Specification, IV.A.2.d).
        var bytes = File.ReadAllBytes(Write(new H5File { ["x"] = new short[,] { { 0x0102, 0x0304 } } }));
        var type = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x08, 0, 0, 2, 0, 0, 0]);
        bytes[type] |= 1;

        Assert.Equal([0x0201, 0x0403], Values(new Hdf5Reader().Read(Files.Bytes("b.h5", bytes))));
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

        Assert.StartsWith("'t.h5', array 'y', holds 3 values, and there are 2 rows.", Refused("LabelCountMismatch", new Hdf5Reader(new() { LabelColumn = "y" }), path), StringComparison.Ordinal);
        Refused("Hdf5Shape", new Hdf5Reader(arrayName: "y"), path);
        Assert.StartsWith("'t.h5' holds no array with rows of numbers. It holds: 'y' 3.", Refused("Hdf5DatasetNotFound", new Hdf5Reader(), Write(new H5File { ["y"] = new[] { 1, 2, 3 } })), StringComparison.Ordinal);
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

    private string Write(H5File file)
    {
        var path = Path.Combine(Files.Folder, "t.h5");
        File.Delete(path);
        file.Write(path);
        return path;
    }
}
