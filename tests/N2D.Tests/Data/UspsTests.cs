using N2D.Data;

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
    [InlineData("10 2\n1 0 0\n", "JfTruncated", "'usps_test.jf' is cut short: its last line is to be -1.")]
    [InlineData("10 2\n1 0\n-1\n", "RaggedRow", "'usps_test.jf', line 2: expected 3 numbers, found 2.")]
    [InlineData("10 2\n10 0 0\n-1\n", "LabelOutOfRange", "'usps_test.jf', line 2: class 10 is not one of 0 to 9.")]
    [InlineData("10 2\n1.5 0 0\n-1\n", "LabelOutOfRange", "'usps_test.jf', line 2: class 1.5 is not one of 0 to 9.")]
    [InlineData("10 3\n1 0 0 0\n-1\n", "RaggedRow", "'usps_test.jf' has images of 3 pixels, the file before it of 2")]
    [InlineData("10 2\n-1\n", "NoRows", "'usps_test.jf' holds no images.")]
    [InlineData("1 0 0\n-1\n", "JfHeader", "'usps_test.jf' does not begin with the numbers of classes and of pixels")]
    [InlineData("1e9 1e9\n", "JfHeader", "'usps_test.jf' does not begin with the numbers of classes and of pixels")]
    public void DamagedText_IsRefused_ByNameAndLine(string text, string id, string message)
    {
        _files.Text("usps_train.jf", "10 2\n1 0 0\n-1\n");
        _files.Text("usps_test.jf", text);

        var error = Assert.Throws<N2DException>(() => Usps.Read(_files.Folder));

        Assert.Equal(id, error.Id);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private static NamedDataset Usps => DatasetCatalog.Find("usps")!;
}
