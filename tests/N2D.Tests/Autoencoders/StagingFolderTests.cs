using System.Collections.Concurrent;
using N2D.Autoencoders;

namespace N2D.Tests.Autoencoders;

/// <summary>What is left of an installation that fails or is killed. There is always one complete installation.</summary>
public sealed class StagingFolderTests : IDisposable
{
    private const string Name = "2.10-cpu";

    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-staging-").FullName;
    private readonly string _root;
    private readonly string _target;

    public StagingFolderTests()
    {
        _root = Path.Combine(_folder, "N2D", "libtorch");
        _target = Path.Combine(_root, Name);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AFormerInstallation_IsReplaced()
    {
        Write(_target, "old");
        using (var staging = StagingFolder.Create(_root))
        {
            Write(staging.New, "new");
            staging.MoveTo(_target);
        }

        AssertOnly("new");
    }

    [Fact]
    public void AFormerInstallation_IsPutBack_IfTheNewOneCannotBeRenamed()
    {
        Write(_target, "old");
        using (var staging = StagingFolder.Create(_root))
        {
            Directory.Delete(staging.New);
            var error = Assert.Throws<N2DException>(() => staging.MoveTo(_target));

            Assert.Equal("InstallationFailed", error.Id);
            Assert.DoesNotContain("former", error.Message, StringComparison.Ordinal);
        }

        AssertOnly("old");
    }

    [Fact]
    public void AFormerInstallationThatCannotBePutBack_IsKept_AndPutBackByTheNextProcess()
    {
        string replaced;
        using (var staging = StagingFolder.Create(_root))
        {
            // A file of the installation's name prevents both renames. Nothing is moved aside, because it is not a folder.
            replaced = Path.Combine(Path.GetDirectoryName(staging.New)!, "replaced");
            Write(Path.Combine(replaced, Name), "old");
            File.WriteAllText(_target, "");
            var error = Assert.Throws<N2DException>(() => staging.MoveTo(_target));

            Assert.Equal("InstallationFailed", error.Id);
            Assert.Contains($"'{staging.New}' cannot be renamed to '{_target}': ", error.Message, StringComparison.Ordinal);
            Assert.Contains("The former libtorch cannot be put back either: ", error.Message, StringComparison.Ordinal);
            Assert.EndsWith($"It is in '{replaced}'. The next installation puts it back.", error.Message, StringComparison.Ordinal);
        }

        StagingFolder.Create(_root).Dispose();
        Assert.True(Directory.Exists(replaced));

        File.Delete(_target);
        StagingFolder.Create(_root).Dispose();
        AssertOnly("old");
    }

    [Theory]
    [InlineData(false, "old")]
    [InlineData(true, "new")]
    public void AProcessThatIsKilledBetweenTheRenames_LosesNoInstallation(bool isRenamed, string expected)
    {
        var left = Path.Combine(_root, ".n2d-abcdefgh.tmp");
        Write(Path.Combine(left, "replaced", Name), "old");
        Write(isRenamed ? _target : Path.Combine(left, "new"), "new");

        StagingFolder.Create(_root).Dispose();

        AssertOnly(expected);
    }

    /// <summary>The last process deletes the folder of all installations, which another one may have created just before.</summary>
    [UnixFact]
    public void ProcessesThatStartAndEndTogether_AreKeptOutByTheLockOnly()
    {
        var errors = new ConcurrentBag<string>();
        Thread[] workers = [.. Enumerable.Range(0, 4).Select(_ => new Thread(CreateAndDelete))];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());

        Assert.DoesNotContain(errors, error => !error.StartsWith("InstallationRunning", StringComparison.Ordinal));

        void CreateAndDelete()
        {
            for (var repetition = 0; repetition < 200; repetition++)
            {
                try
                {
                    StagingFolder.Create(_root).Dispose();
                }
                catch (N2DException error)
                {
                    errors.Add($"{error.Id}: {error.Message}");
                }
            }
        }
    }

    private static void Write(string folder, string content)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "library"), content);
    }

    /// <summary>Checks that the installation has this content, and that nothing else is left.</summary>
    private void AssertOnly(string content)
    {
        Assert.Equal([_target], Directory.GetFileSystemEntries(_root));
        Assert.Equal(content, File.ReadAllText(Path.Combine(_target, "library")));
    }
}
