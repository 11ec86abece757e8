using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using System.Text;
using N2D.Files;

namespace N2D.Tests.Files;

public sealed class OutputFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-output-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ANewFile_HasTheModeThatTheSystemGivesNewFiles()
    {
        File.WriteAllText(PathOf("other"), "");
        Write("new");
        Assert.Equal("new", File.ReadAllText(PathOf("new")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(File.GetUnixFileMode(PathOf("other")), File.GetUnixFileMode(PathOf("new")));
        }
    }

    [UnixTheory]
    [InlineData(384)] // 600
    [InlineData(420)] // 644
    [InlineData(493)] // 755
    [InlineData(292)] // 444
    public void AnExistingFile_KeepsItsMode(int mode)
    {
        Write("a");
        Mode("a", mode);
        Write("a", "second");
        Assert.Equal("second", File.ReadAllText(PathOf("a")));
        Assert.Equal(mode, Mode("a"));
    }

    [Fact]
    public void AFileThatIsOpenToRead_OrMapped_IsReplaced_AndItsReadersKeepTheOldContent()
    {
        Write("a", "old");
        using var stream = SharedFile.Open(PathOf("a"));
        using var handle = SharedFile.OpenHandle(PathOf("a"));
        using var map = MemoryMappedFile.CreateFromFile(
            handle, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        using var view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);

        OutputFile.ThrowIfNotWritable(PathOf("a"));
        Write("a", "new");
        Write("a", "newer");

        Assert.Equal("newer", File.ReadAllText(PathOf("a")));
        Assert.Equal(((byte)'o', (int)'o'), (view.ReadByte(0), stream.ReadByte()));
    }

    /// <summary>Elsewhere, an open file never prevents this.</summary>
    [Fact]
    public void AFileThatAnotherProgramHasOpen_IsRefusedBefore_WhereItCannotBeReplaced()
    {
        Write("a", "old");
        using (new FileStream(PathOf("a"), FileMode.Open, FileAccess.ReadWrite, FileShare.Read))
        {
            if (OperatingSystem.IsWindows())
            {
                Assert.Equal("FileNotReplaceable", Refused("a").Id);
                Assert.Contains("another program has it open", Refused("a").Message, StringComparison.Ordinal);
                return;
            }

            OutputFile.ThrowIfNotWritable(PathOf("a"));
            Write("a", "new");
        }

        Assert.Equal("new", File.ReadAllText(PathOf("a")));
    }

    [Fact]
    public void Paths_CompareAsTheFileSystemDoes()
    {
        Write("a", "old");
        Assert.Equal(File.Exists(PathOf("A")), FilePaths.Comparer.Equals("a", "A"));
    }

    [RootFact]
    public void AnExistingFile_KeepsItsOwnerAndGroup()
    {
        Write("a");
        Mode("a", 416); // 640
        Assert.True(FileStatus.TryChangeOwner(PathOf("a"), 65533, 65532));
        Write("a", "second");
        var status = FileStatus.Of(PathOf("a"))!;
        Assert.Equal((65533u, 65532u), (status.Owner, status.Group));
        Assert.Equal(416, Mode("a"));
    }

    [RootFact]
    public void WhereTheGroupCannotBeKept_AnotherGroupGetsNoMoreThanEveryone()
    {
        Mode("", 511); // 777
        Write("a");
        Mode("a", 436); // 664
        AsNobody.Do(() => OutputFile.Write(PathOf("a"), stream => stream.Write("second"u8)));
        Assert.Equal(420, Mode("a")); // 644
        Assert.Equal(AsNobody.Id, FileStatus.Of(PathOf("a"))!.Owner);
    }

    [UnixTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void ASymbolicLink_Stays_AndItsTargetIsWritten(bool exists)
    {
        Directory.CreateDirectory(PathOf("deep/er"));
        Directory.CreateSymbolicLink(PathOf("folder"), "deep/er");
        File.CreateSymbolicLink(PathOf("deep/er/second"), "../target");
        File.CreateSymbolicLink(PathOf("first"), "folder/second");
        if (exists)
        {
            File.WriteAllText(PathOf("deep/target"), "old");
            Mode("deep/target", 384);
        }

        OutputFile.ThrowIfNotWritable(PathOf("first"));
        Write("first");
        Assert.Equal("folder/second", new FileInfo(PathOf("first")).LinkTarget);
        Assert.Equal("../target", new FileInfo(PathOf("deep/er/second")).LinkTarget);
        Assert.Null(new FileInfo(PathOf("deep/target")).LinkTarget);
        Assert.Equal("first", File.ReadAllText(PathOf("deep/target")));
        Assert.True(!exists || Mode("deep/target") == 384);
        Assert.Equal(["deep", "first", "folder"], Names(""));
        Assert.Equal(["er", "target"], Names("deep"));
    }

    [UnixFact]
    public void ALinkThatLeadsBackToItself_OrIntoNoFolder_IsRefused()
    {
        File.CreateSymbolicLink(PathOf("a"), "b");
        File.CreateSymbolicLink(PathOf("b"), "a");
        File.CreateSymbolicLink(PathOf("c"), "none/c");
        Assert.Equal("NotAFile", Refused("a").Id);
        Assert.Equal("FolderNotFound", Refused("c").Id);
        Assert.Contains("is a symbolic link to the folder", Refused("c").Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void ADevice_APipe_AndALinkToOne_AreRefused_AndStay()
    {
        using (var mkfifo = Process.Start("mkfifo", PathOf("pipe")))
        {
            mkfifo.WaitForExit();
        }

        File.CreateSymbolicLink(PathOf("null"), "/dev/null");
        foreach (var (path, type) in new[] { ("/dev/null", "a device"), (PathOf("null"), "a device"), (PathOf("pipe"), "a pipe") })
        {
            var error = Assert.Throws<N2DException>(() => OutputFile.ThrowIfNotWritable(path));
            Assert.Equal(
                ("NotAFile", $"'{path}' is {type}, not a file. Use the path of a new or existing file."), (error.Id, error.Message));
            Assert.Equal("NotAFile", Assert.Throws<N2DException>(() => OutputFile.Write(path, _ => { })).Id);
        }

        Assert.Equal(FileType.Device, FileStatus.Of("/dev/null")!.Type);
        Assert.Equal(FileType.Pipe, FileStatus.Of(PathOf("pipe"))!.Type);
        Assert.Equal(["null", "pipe"], Names(""));
    }

    [UnixFact]
    public void AFileOfSeveralHardLinks_IsRefused_UnlessForced_WhichReplacesOneNameAlone()
    {
        Write("a", "old");
        Link("a", "b");
        Assert.Equal("HardLinked", Refused("a").Id);
        Assert.Contains("has 2 hard links", Refused("a").Message, StringComparison.Ordinal);
        OutputFile.ThrowIfNotWritable(PathOf("a"), new OutputOptions { Force = true });
        Write("a", "new");
        Assert.Equal(("new", "old"), (File.ReadAllText(PathOf("a")), File.ReadAllText(PathOf("b"))));
    }

    [Fact]
    public void ANameAsLongAsTheFileSystemAllows_IsWritten_AndALongerOneRefusedBefore()
    {
        var longest = new string('n', 255);
        OutputFile.ThrowIfNotWritable(PathOf(longest));
        Write(longest);
        Assert.Equal(longest, File.ReadAllText(PathOf(longest)));
        Assert.Equal("NameTooLong", Refused(longest + "n").Id);
    }

    [Fact]
    public void AFolder_AWildcard_AndANameInNoFolder_AreRefused()
    {
        Directory.CreateDirectory(PathOf("sub"));
        Assert.Equal("FolderGiven", Refused("sub").Id);
        Assert.Equal("FolderGiven", Refused("none/").Id);
        Assert.Equal("WildcardInFileName", Refused("a*").Id);
        Assert.Equal("FolderNotFound", Refused("none/a").Id);
    }

    [RootFact]
    public void AFolderThatMayNotBeWritten_OrEntered_IsRefusedBefore()
    {
        Mode("", 493); // 755
        Directory.CreateDirectory(PathOf("closed"));
        Mode("closed", 448); // 700
        var error = AsNobody.Failing(() => OutputFile.ThrowIfNotWritable(PathOf("a")));
        Assert.Equal(("FolderNotWritable", ErrorKind.AccessDenied), (error.Id, error.Kind));
        Assert.StartsWith($"No file can be created in '{_folder}': ", error.Message, StringComparison.Ordinal);
        Assert.Equal("FolderNotWritable", AsNobody.Failing(() => OutputFile.ThrowIfNotWritable(PathOf("closed/a"))).Id);
        Assert.Equal("FolderNotWritable", Assert.Throws<N2DException>(() => OutputFile.ThrowIfNotWritable("/sys/n2d-output")).Id);
    }

    [RootFact]
    public void AnotherUsersFile_InAFolderLikeTmp_IsRefusedBefore()
    {
        Mode("", 1023); // 1777
        Write("a");
        Mode("a", 438); // 666
        Assert.Equal("FileNotReplaceable", AsNobody.Failing(() => OutputFile.ThrowIfNotWritable(PathOf("a"))).Id);
        AsNobody.Do(() => OutputFile.ThrowIfNotWritable(PathOf("b")));
    }

    [Fact]
    public void AFileThatMustStay_IsRefused()
    {
        Write("a");
        Assert.Equal(
            "FileExists",
            Assert.Throws<N2DException>(() => OutputFile.ThrowIfNotWritable(PathOf("a"), new OutputOptions { NoClobber = true })).Id);
        File.SetAttributes(PathOf("a"), FileAttributes.ReadOnly);
        Assert.Equal("FileReadOnly", Refused("a").Id);
        OutputFile.ThrowIfNotWritable(PathOf("a"), new OutputOptions { Force = true });
        File.SetAttributes(PathOf("a"), FileAttributes.Normal);
    }

    [Fact]
    public void AFileLargerThanTheFreeSpace_IsRefusedBefore()
    {
        var error = Assert.Throws<N2DException>(() => OutputFile.ThrowIfNotWritable(PathOf("a"), byteCount: 1L << 60));
        Assert.Equal(("NotEnoughSpace", ErrorKind.OutOfResources), (error.Id, error.Kind));
        Assert.Equal(
            "NotEnoughSpace",
            Assert.Throws<N2DException>(() => OutputFile.Write(PathOf("a"), _ => Assert.Fail("Nothing is written."), 1L << 60)).Id);
        Assert.Empty(Names(""));
    }

    [Fact]
    public void TheCheck_LeavesNothing_AndChangesNothing()
    {
        Write("a");
        var time = File.GetLastWriteTimeUtc(PathOf("a"));
        OutputFile.ThrowIfNotWritable(PathOf("a"));
        OutputFile.ThrowIfNotWritable(PathOf("b"));
        Assert.Equal(["a"], Names(""));
        Assert.Equal(("a", time), (File.ReadAllText(PathOf("a")), File.GetLastWriteTimeUtc(PathOf("a"))));
    }

    [Fact]
    public void WhatFails_LeavesTheOldFile_AndIsTheErrorThatIsReported()
    {
        Write("a", "old");
        Assert.Equal("Bad", Assert.Throws<N2DException>(() => OutputFile.Write(PathOf("a"), stream =>
        {
            stream.Write("half"u8);
            throw new N2DException("Bad", ErrorKind.InvalidData, "Bad.");
        })).Id);
        var error = Assert.Throws<N2DException>(() => OutputFile.Write(PathOf("a"), stream =>
        {
            stream.Write("half"u8);

            // The stream cannot be flushed or deleted again.
            ((FileStream)stream).SafeFileHandle.Dispose();
            Directory.Move(_folder, _folder + "-moved");
            throw new IOException("The first error.");
        }));
        Directory.Move(_folder + "-moved", _folder);
        Assert.Equal(
            ("FileNotWritten", $"'{PathOf("a")}' cannot be written: The first error. Check the path and the free space, or use another "
                + $"folder."),
            (error.Id, error.Message));
        Assert.Equal("old", File.ReadAllText(PathOf("a")));
    }

    [UnixFact]
    public void LeftOversOfKilledProcesses_AreDeletedByTheNextWriter_AndThoseOfLivingOnesAndOthersFilesStay()
    {
        foreach (var name in new[] { ".n2d-deaddead.tmp", ".n2d-alive000.tmp", ".n2d-other.tmp" })
        {
            File.WriteAllText(PathOf(name), "half a file");
        }

        using (new FileStream(PathOf(".n2d-alive000.tmp"), FileMode.Open, FileAccess.ReadWrite, FileShare.Read))
        {
            Write("a");
            Assert.Equal([".n2d-alive000.tmp", ".n2d-other.tmp", "a"], Names(""));
        }

        Write("a");
        Assert.Equal([".n2d-other.tmp", "a"], Names(""));
    }

    [UnixFact]
    public void WriterIsNotTakenForADeadOne_ByManyOthers_AndReadersFindWholeFiles()
    {
        // Each writer deletes the files of killed processes, and would fail if its own were deleted. A reader locks its file.
        Write("a");
        var contents = Enumerable.Range(0, 4).Select(writer => new string((char)('a' + writer), 5000)).ToArray();
        var errors = new System.Collections.Concurrent.ConcurrentBag<Exception?>();
        Parallel.For(0, 4, writer =>
        {
            for (var round = 0; round < 100; round++)
            {
                errors.Add(
                    Record.Exception(() =>
                        OutputFile.Write(PathOf("a"), stream => stream.Write(Encoding.ASCII.GetBytes(contents[writer])))));
                errors.Add(Record.Exception(() => File.ReadAllText(PathOf("a"))));
            }
        });
        Assert.All(errors, Assert.Null);
        Assert.Contains(File.ReadAllText(PathOf("a")), contents);
        Assert.Equal(["a"], Names(""));
    }

    [Fact]
    public void TwoWritersOfOneFile_LeaveItWhole()
    {
        var contents = Enumerable.Range(0, 8).Select(writer => new string((char)('a' + writer), 100_000)).ToArray();
        Parallel.ForEach(contents, content => OutputFile.Write(PathOf("a"), stream =>
        {
            foreach (var half in new[] { content[..50_000], content[50_000..] })
            {
                stream.Write(Encoding.ASCII.GetBytes(half));
                stream.Flush();
            }
        }));
        Assert.Contains(File.ReadAllText(PathOf("a")), contents);
        Assert.Equal(["a"], Names(""));
    }

    private void Write(string name, string? text = null) =>
        OutputFile.Write(PathOf(name), stream => stream.Write(Encoding.UTF8.GetBytes(text ?? name)));

    private N2DException Refused(string name) => Assert.Throws<N2DException>(() => OutputFile.ThrowIfNotWritable(PathOf(name)));

    private string PathOf(string name) => name.Length == 0 ? _folder : Path.Combine(_folder, name);

    private void Link(string name, string other)
    {
        using var link = Process.Start("ln", [PathOf(name), PathOf(other)]);
        link.WaitForExit();
    }

    private string[] Names(string folder) =>
        [.. Directory.GetFileSystemEntries(PathOf(folder)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

#pragma warning disable CA1416 // Only those call them that run on Unix alone.
    private void Mode(string name, int mode) => File.SetUnixFileMode(PathOf(name), (UnixFileMode)mode);

    private int Mode(string name) => (int)File.GetUnixFileMode(PathOf(name));
#pragma warning restore CA1416
}
