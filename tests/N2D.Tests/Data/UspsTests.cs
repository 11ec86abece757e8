using N2D.Data;
using N2D.Pipeline;

namespace N2D.Tests.Data;

public sealed class UspsTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData(".gz")]
    public void Text_IsTrainingThenTestRows_AsTheyAre(string extension)
    {
        _files.Text($"usps_train.jf{extension}", "10 3\n9 0 0.052 2\n0 1 1.5 0\n-1\n");
        _files.Text($"usps_test.jf{extension}", "10 3\n3 0.25 0 0 \n-1\n");

        var usps = Usps.Read(_files.Folder);

        Assert.Equal(("Usps", 3, 3, 10), (usps.Dataset, usps.RowCount, usps.Dimension, usps.ClassCount));
        Assert.Equal([0f, 0.052f, 2f, 1f, 1.5f, 0f, 0.25f, 0f, 0f], usps.GetRows().Values.ToArray());
        Assert.Equal([9, 0, 3], usps.GetLabels()!.Codes.ToArray());
        Assert.Null(usps.ImageShape);
    }

    [Fact]
    public void Rows_AreImagesOf16x16()
    {
        var image = string.Join(' ', Enumerable.Range(0, 256));
        _files.Text("usps_train.jf", $"10 256\n1 {image}\n-1\n");
        _files.Text("usps_test.jf", $"10 256\n2 {image}\n-1\n");

        Assert.Equal(new ImageShape(16, 16), Usps.Read(_files.Folder).ImageShape);
    }

    [Theory]
    [InlineData("10 2\n1 0 0\n", "JfTruncated", "'usps_test.jf' is truncated: its last line must be -1.")]
    [InlineData("10 2\n1 0\n-1\n", "RaggedRow", "'usps_test.jf', line 2: expected 3 numbers, found 2.")]
    [InlineData("10 2\n10 0 0\n-1\n", "LabelOutOfRange", "'usps_test.jf', line 2: class 10 is not in the range 0 to 9.")]
    [InlineData("10 2\n1.5 0 0\n-1\n", "LabelOutOfRange", "'usps_test.jf', line 2: class 1.5 is not in the range 0 to 9.")]
    [InlineData("10 3\n1 0 0 0\n-1\n", "RaggedRow", "'usps_test.jf' has images of 3 pixels, but those of the previous file have 2")]
    [InlineData("10 2\n-1\n", "NoRows", "'usps_test.jf' holds no images.")]
    [InlineData("1 0 0\n-1\n", "JfHeader", "'usps_test.jf' does not begin with the numbers of classes and pixels")]
    [InlineData("1e9 1e9\n", "JfHeader", "'usps_test.jf' does not begin with the numbers of classes and pixels")]
    public void DamagedText_IsRefused_ByNameAndLine(string text, string id, string message)
    {
        _files.Text("usps_train.jf", "10 2\n1 0 0\n-1\n");
        _files.Text("usps_test.jf", text);

        var error = Assert.Throws<N2DException>(() => Usps.Read(_files.Folder));

        Assert.Equal(id, error.Id);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    // Expected/files.py writes these with h5py.
    [Theory]
    [InlineData("usps.h5", "usps.h5")]
    [InlineData("usps-chunked.h5", "usps.h5")]
    [InlineData("usps-chunked.h5", "usps.h5.gz")]
    [InlineData("usps.h5", "archive.zip")]
    public void Arrays_AreTrainingThenTestRows_AsTheyAre(string source, string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Expected", source));
        var path = name == "archive.zip" ? _files.Zip(name, ("usps.h5", bytes)) : _files.Bytes(name, bytes);

        var usps = Usps.Read(path);

        Assert.Equal(("Usps", 3, 3, 10), (usps.Dataset, usps.RowCount, usps.Dimension, usps.ClassCount));
        Assert.Equal([0f, 0.25f, 0.5f, 0.75f, 1f, 1.25f, 0.5f, 0.25f, 1f], usps.GetRows().Values.ToArray());
        Assert.Equal([7, 0, 9], usps.GetLabels()!.Codes.ToArray());
    }

    [Theory]
    [InlineData("usps-foreign.h5", "Hdf5DatasetNotFound", "'usps.h5' has no dataset 'train/data'. Its root contains: 'weights'.")]
    [InlineData("usps-mismatched.h5", "LabelCountMismatch", "'usps.h5', array 'train/target', has the shape 3, but there are 2 rows.")]
    [InlineData(null, "Hdf5Unreadable", "'usps.h5' cannot be read as HDF5: ")]
    public void ForeignArrays_AreRefused_ByNameAndPlace(string? source, string id, string message)
    {
        _files.Bytes(
            "usps.h5",
            source is null
                ? "no HDF5 in here, but text"u8.ToArray()
                : File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Expected", source)));

        var error = Assert.Throws<N2DException>(() => Usps.Read(_files.Folder));

        Assert.Equal(id, error.Id);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ArraysCutShort_AreRefused_WhereverTheyEnd()
    {
        var bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Expected", "usps.h5"));
        for (var length = 8; length < bytes.Length - 8; length += 211)
        {
            _files.Bytes("usps.h5", bytes[..length]);
            Assert.Equal(ErrorKind.InvalidData, Assert.Throws<N2DException>(() => Usps.Read(_files.Folder)).Kind);
        }
    }

    [Fact]
    public void MissingFiles_AreNamedInBothForms()
    {
        var message = Assert.Throws<N2DException>(() => Usps.Read(_files.Folder)).Message;

        Assert.StartsWith(
            $"Usps needs the files 'usps_train.jf', 'usps_test.jf' (or .gz), or instead the file 'usps.h5' (or .gz). Searched: "
                + $"'{_files.Folder}'.",
            message,
            StringComparison.Ordinal);
    }

    private static NamedDataset Usps => DatasetCatalog.Find("usps")!;
}
