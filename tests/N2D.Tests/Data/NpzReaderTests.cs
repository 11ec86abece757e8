using N2D.Data;

namespace N2D.Tests.Data;

public sealed class NpzReaderTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    // Expected/files.py writes these with numpy.
    [Theory]
    [InlineData("arrays.npz")]
    [InlineData("arrays-compressed.npz")]
    public void ImagesAndLabels_AreFoundByTheirNames(string name)
    {
        var dataset = new DatasetFile { Text = new() { LabelColumn = "y_train", ExcludedColumns = ["*_test"] } }.Read(Expected(name));

        Assert.Equal((3, 4, 2), (dataset.RowCount, dataset.Dimension, dataset.ClassCount));
        Assert.Equal(Enumerable.Range(0, 12).Select(value => (float)value), dataset.GetRows().Values.ToArray());
        Assert.Equal(["5", "7", "5"], Enumerable.Range(0, 3).Select(row => dataset.GetLabels()![row]));
        Assert.Equal(new ImageShape(2, 2), dataset.ImageShape);
    }

    [Fact]
    public void SeveralArrays_StandSideBySide()
    {
        var dataset = new NpzReader(new() { LabelColumn = "y" }).Read(Expected("columns.npz"));

        Assert.Equal([0.5f, 1, 2, 3, 1.5f, 4, 5, 6], dataset.GetRows().Values.ToArray());
        Assert.Equal(["a", "b1", "b2", "b3"], dataset.GetColumnNames());
        Assert.Null(dataset.GetLabels()![0]);
        Assert.Equal("2", dataset.GetLabels()![1]);
    }

    [Fact]
    public void ArraysThatDoNotFit_AreNamedWithTheirSizes()
    {
        Assert.Equal(
            "'arrays.npz' has arrays of different numbers of rows: x_train 3 x 2 x 2, y_train 3, x_test 1 x 2 x 2, y_test 1. Leave out what belongs elsewhere: -ExcludeColumn.",
            Refused("RowCountMismatch", Expected("arrays.npz"), new()));
        Assert.StartsWith("'arrays.npz', array 'x_train', holds 3 x 2 x 2 values", Refused("NpyDimensions", Expected("arrays.npz"), new() { LabelColumn = "x_train", ExcludedColumns = ["*_test"] }), StringComparison.Ordinal);
        Assert.StartsWith("'arrays.npz' has no column 'kind'. It has 4: x_train, y_train, x_test, y_test.", Refused("LabelColumnNotFound", Expected("arrays.npz"), new() { LabelColumn = "kind" }), StringComparison.Ordinal);
    }

    [Fact]
    public void ForeignAndDamagedArchives_AreRefused()
    {
        var bytes = File.ReadAllBytes(Expected("arrays-compressed.npz"));

        Refused("NpzArrays", _files.Zip("x.zip", ("a.csv", "1,2\n"u8.ToArray())), new());
        Refused("NpyMagic", _files.Zip("y.zip", ("a.npy", "1,2 and more\n"u8.ToArray())), new());
        Refused("CorruptArchive", _files.Bytes("cut.npz", bytes[..^40]), new());
    }

    private static string Expected(string name) => Path.Combine(AppContext.BaseDirectory, "Expected", name);

    private static string Refused(string id, string path, DelimitedTextOptions options)
    {
        var error = Assert.Throws<N2DException>(() => new NpzReader(options).Read(path));
        Assert.Equal(id, error.Id);
        return error.Message;
    }
}
