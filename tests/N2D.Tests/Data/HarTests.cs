using System.Text;
using N2D.Data;
using N2D.Pipeline;
using N2D.Tests.Data.Tables;

namespace N2D.Tests.Data;

public sealed class HarTests : IDisposable
{
    // As the repository ships them: numbers in C's notation with three digits of exponent, and two kinds of line ends.
    private static readonly (string Name, string Text)[] Files =
    [
        ("activity_labels.txt", "1 WALKING\n2 SITTING DOWN\n"),
        ("features.txt", "1 tBodyAcc-mean()-X\n2 tBodyAcc-mean()-X\n"),
        ("train/X_train.txt", "  2.8858451e-001 -2.0294171e-002\r\n -1.0000000e+000  1.0000000e+000\r\n"),
        ("train/y_train.txt", "2\n1\n"),
        ("test/X_test.txt", "  5.0000000e-001  2.5000000e-001"),
        ("test/y_test.txt", "2\n"),
    ];

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Folder_IsReadWithTheNamesOfActivitiesAndFeatures()
    {
        Write();

        ThrowIfNotHar(Har.Read(_files.Folder));
    }

    [Fact]
    public void FolderAroundTheRepositorysFolder_IsRead()
    {
        Write("har/UCI HAR Dataset/");

        ThrowIfNotHar(Har.Read(_files.Folder));
    }

    [Fact]
    public void Archive_AndTheArchiveAroundIt_AreReadWithoutUnpacking()
    {
        var inner = TemporaryFiles.ZipBytes([.. Files.Select(file => ($"UCI HAR Dataset/{file.Name}", Encoding.UTF8.GetBytes(file.Text)))]);

        ThrowIfNotHar(Har.Read(_files.Bytes("any.zip", inner)));
        ThrowIfNotHar(Har.Read(_files.Zip("human+activity.zip", ("UCI HAR Dataset.names", [1]), ("UCI HAR Dataset.zip", inner))));
    }

    [Fact]
    public void FeatureNames_NeedNotBeThere()
    {
        Write();
        File.Delete(Path.Combine(_files.Folder, "features.txt"));

        Assert.Equal(["x1", "x2"], Har.Read(_files.Folder).GetColumnNames());
    }

    [Fact]
    public void MissingFiles_AreNamed()
    {
        Write();
        File.Delete(Path.Combine(_files.Folder, "test/y_test.txt"));

        Assert.Contains(
            "Har needs the file 'test/y_test.txt' (or .gz)",
            Assert.Throws<N2DException>(() => Har.Read(_files.Folder)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train/y_train.txt", "2\n", "LabelCountMismatch", "'X_train.txt' has 2 rows, but its label file has 1.")]
    [InlineData("test/y_test.txt", "3\n", "LabelOutOfRange", "'y_test.txt', row 1: activity 3 is not in activity_labels.txt: 1, 2.")]
    [InlineData("test/X_test.txt", "1 2\n3", "RaggedRow", "'X_test.txt', line 2: expected 2 numbers, found 1.")]
    [InlineData("test/X_test.txt", "1 2 3", "RaggedRow", "'X_test.txt', line 1: expected 2 numbers, found 3.")]
    [InlineData("train/X_train.txt", "1 2\n\n3 4x\n", "NotANumber", "'X_train.txt', line 3, number 2: '4x' is not a number.")]
    [InlineData(
        "train/X_train.txt", "1 2\nNaN 4\n", "NotFinite", "'X_train.txt', line 2, number 1: 'NaN' is not a finite number of float32.")]
    [InlineData("train/X_train.txt", "\n \n", "NoRows", "'X_train.txt' has no lines except blank ones.")]
    [InlineData("activity_labels.txt", "WALKING\n", "ActivityNames", "'activity_labels.txt', line 1: expected a unique number")]
    [InlineData("activity_labels.txt", "1 A\n1 B\n", "ActivityNames", "'activity_labels.txt', line 2: expected a unique number")]
    public void DamagedFile_IsRefused_ByNameAndLine(string name, string text, string id, string message)
    {
        Write();
        _files.Text(name, text);

        var error = Assert.Throws<N2DException>(() => Har.Read(_files.Folder));

        Assert.Equal(id, error.Id);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Subjects_AreReadOnRequest_AsGroups()
    {
        Write();
        WriteSubjects();

        ThrowIfNotHar(Har.Read(_files.Folder));
        var grouped = Har.ReadFrom([_files.Folder], groupColumn: "Subject");

        Assert.Equal(["subject", "1 tBodyAcc-mean()-X", "2 tBodyAcc-mean()-X"], grouped.GetColumnNames());
        Assert.Equal(["7", "30", "7"], Enumerable.Range(0, 3).Select(row => grouped.CategoryOf(0, (int)grouped.Column(0)[row])));
        Assert.Equal([0.28858451f, -1f, 0.5f], grouped.Column(1));
        Assert.Equal(["SITTING DOWN", "WALKING", "SITTING DOWN"], Enumerable.Range(0, 3).Select(row => grouped.GetLabels()![row]));
    }

    [Fact]
    public void SubjectsThatAreMissing_OrOfOtherRows_AreRefused()
    {
        Write();
        Assert.Contains(
            "The subject of each row of Har is in the files 'train/subject_train.txt', 'test/subject_test.txt' (or .gz)",
            Assert.Throws<N2DException>(() => Har.ReadFrom([_files.Folder], groupColumn: "subject")).Message,
            StringComparison.Ordinal);

        WriteSubjects();
        _files.Text("test/subject_test.txt", "7\n7\n");
        Assert.Equal(
            "GroupCountMismatch", Assert.Throws<N2DException>(() => Har.ReadFrom([_files.Folder], groupColumn: "subject")).Id);
    }

    [Fact]
    public void OtherGroupsThanThePublishedOnes_AreRefused()
    {
        Assert.Equal(
            "Har has no column 'person' to scale by. Its GroupColumn can be subject.",
            Assert.Throws<N2DException>(() => Har.ReadFrom([], groupColumn: "person")).Message);
        Assert.Equal(
            "Digits has no groups to scale by. Remove GroupColumn.",
            Assert.Throws<N2DException>(() => DatasetCatalog.Find("Digits")!.ReadFrom([], groupColumn: "writer")).Message);
    }

    [Fact]
    public void LinesLongerThanTheBuffer_AreRead()
    {
        const int Columns = 40_000;
        Write();
        File.Delete(Path.Combine(_files.Folder, "features.txt"));
        _files.Text(
            "train/X_train.txt",
            string.Join(
                '\n',
                Enumerable.Range(
                    0, 2).Select(row => string.Join(' ', Enumerable.Range(0, Columns).Select(column => $"{row + column}e-3")))));
        _files.Text("test/X_test.txt.gz", string.Join(' ', Enumerable.Repeat("7", Columns)) + "\n");
        File.Delete(Path.Combine(_files.Folder, "test/X_test.txt"));

        var rows = Har.Read(_files.Folder).GetRows();

        Assert.Equal((3, Columns), (rows.RowCount, rows.ColumnCount));
        Assert.Equal(39.999f, rows[0, Columns - 1]);
        Assert.Equal(40f, rows[1, Columns - 1]);
        Assert.Equal(7f, rows[2, 0]);
    }

    private static NamedDataset Har => DatasetCatalog.Find("har")!;

    private static void ThrowIfNotHar(Dataset har)
    {
        Assert.Equal(("Har", 3, 2, 2), (har.Dataset, har.RowCount, har.Dimension, har.ClassCount));
        Assert.Equal([0.28858451f, -0.020294171f, -1f, 1f, 0.5f, 0.25f], har.GetRows().Values.ToArray());
        Assert.Equal(["SITTING DOWN", "WALKING", "SITTING DOWN"], Enumerable.Range(0, 3).Select(row => har.GetLabels()![row]));
        Assert.Equal(["WALKING", "SITTING DOWN"], har.GetLabels()!.ClassNames);
        Assert.Equal(["1 tBodyAcc-mean()-X", "2 tBodyAcc-mean()-X"], har.GetColumnNames());
    }

    private void WriteSubjects()
    {
        _files.Text("train/subject_train.txt", "7\n30\n");
        _files.Text("test/subject_test.txt", "7\n");
    }

    private void Write(string folder = "")
    {
        foreach (var (name, text) in Files)
        {
            _files.Text(folder + name, text);
        }
    }
}
