using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace N2D.Tests.Architecture;

/// <summary>What no compiler checks about the source files.</summary>
public sealed partial class SourceTests
{
    private const int LongestLine = 140;

    [Fact]
    public void TheLibrary_NamesNoCmdletAndNoParameter() => Assert.Empty(
        from line in LinesOf("src/N2D")
        from Match text in CommentOrString().Matches(line.Text)
        from Match name in CmdletOrParameter().Matches(text.Value)
        select $"{line.File}:{line.Number} names {name.Value}");

    // Tests hold scripts and data in raw strings, whose lines may be longer.
    [Fact]
    public void NoLine_IsLongerThanEditorConfigSays() => Assert.Empty(
        from line in LinesOf("src").Concat(LinesOf("bench"))
        where line.Text.Length > LongestLine
        select $"{line.File}:{line.Number} has {line.Text.Length} columns");

    /// <summary>Everything else works without libtorch.</summary>
    [Fact]
    public void OnlyOneFolder_UsesTorchSharp() => Assert.Empty(
        from line in LinesOf("src")
        where !line.File.StartsWith("src/N2D/Autoencoders/Libtorch/", StringComparison.Ordinal)
        where UseOfTorchSharp().IsMatch(line.Text)
        select $"{line.File}:{line.Number} uses TorchSharp");

    /// <summary>The libraries of the systems differ in the last bits of these functions. PortableMath does not.</summary>
    [Fact]
    public void NoFunction_ComesFromTheLibraryOfTheSystem() => Assert.Empty(
        from line in LinesOf("src/N2D")
        where !line.File.EndsWith("/PortableMath.cs", StringComparison.Ordinal)
        where SystemFunction().IsMatch(line.Text)
        select $"{line.File}:{line.Number} uses a function whose bits differ between systems");

    /// <summary>Only SharedFile opens files for reading, and the other types of its folder write, lock and replace them.</summary>
    [Fact]
    public void OnlyOneFolder_OpensAndReplacesFiles() => Assert.Empty(
        from line in LinesOf("src/N2D").Concat(LinesOf("src/N2D.PowerShell"))
        where !line.File.StartsWith("src/N2D/Files/", StringComparison.Ordinal)
        where Opening().IsMatch(line.Text)
        select $"{line.File}:{line.Number} opens or replaces a file");

    [Theory]
    [InlineData("File.OpenRead(path)")]
    [InlineData("System.IO.File.ReadAllText(path)")]
    [InlineData("File.Move(source, target)")]
    [InlineData("new FileStream(path, FileMode.Open)")]
    [InlineData("new StreamReader(path)")]
    [InlineData("new FileInfo(path).OpenRead()")]
    [InlineData("MemoryMappedFile.CreateFromFile(path)")]
    [InlineData("ZipFile.OpenRead(path)")]
    public void TheCheck_SeesOpenings(string line) => Assert.Matches(Opening(), line);

    [Theory]
    [InlineData("throw new(\"Use -NeighborCount.\");", "-NeighborCount")]
    [InlineData("/// <summary>As Invoke-N2DUmap does.</summary>", "Invoke-N2DUmap")]
    [InlineData("var far = Math.Exp(-FarDistance);", null)]
    [InlineData("string[] marks = [\"NaN\", \"-NaN\"];", null)]
    [InlineData("// k-means, t-SNE and Barnes-Hut", null)]
    public void TheCheck_SeesNamesInCommentsAndStringsOnly(string line, string? name) =>
        Assert.Equal(
            name, CommentOrString().Matches(line).SelectMany(text => CmdletOrParameter().Matches(text.Value)).SingleOrDefault()?.Value);

    private static IEnumerable<(string File, int Number, string Text)> LinesOf(string folder)
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../.."));
        return
            from path in Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories)
            let file = Path.GetRelativePath(root, path).Replace('\\', '/')
            where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
            from line in File.ReadLines(path).Index()
            select (file, line.Index + 1, line.Item);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"^\s*using .*\bTorchSharp\b|\bTorchSharp\.\w")]
    private static partial Regex UseOfTorchSharp();

    [GeneratedRegex(
        @"\b(Math|MathF|double|float|TensorPrimitives|Vector\d*)\.(Exp|Exp2|Exp10|ExpM1|Log|Log2|Log10|LogP1|Pow|Cbrt|RootN|Hypot|Sin|Cos"
            + @"|SinCos|Tan|Asin|Acos|Atan|Atan2|Sinh|Cosh|Tanh|Asinh|Acosh|Atanh|CosineSimilarity|Sigmoid|SoftMax)\(")]
    private static partial Regex SystemFunction();

    [GeneratedRegex(
        @"(?<!\w)(File|ZipFile)\.(Open|Read|Create(?!SymbolicLink)|Append|Write|Copy|Move|Replace)\w*\(|\bnew (FileStream|Stream(Reader|Writer))\("
            + @"(?!file\.Content,|content\))|\.(OpenRead|OpenText|OpenWrite|MoveTo|CopyTo|Replace)\(\)|MemoryMappedFile\.(OpenExisting|CreateFromFile\((?!file,))")]
    private static partial Regex Opening();

    [GeneratedRegex("""//.*|"(\\.|[^"\\])*"?""")]
    private static partial Regex CommentOrString();

    [GeneratedRegex("""(?<![\w)-])-(?!NaN\b)[A-Z][a-z]\w+|\b[A-Z][a-z]+-N2D\w*""")]
    private static partial Regex CmdletOrParameter();
}
