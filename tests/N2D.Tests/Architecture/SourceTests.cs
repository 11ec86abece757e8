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
    public void OnlyOneFolder_UsesTorchSharp() =>
        AssertOnlyIn("^src/N2D/Autoencoders/Libtorch/", UseOfTorchSharp(), "uses TorchSharp", "src");

    /// <summary>A session without a GPU does not load it.</summary>
    [Fact]
    public void OnlyKernels_UseIlgpu() => AssertOnlyIn(
        "^src/N2D/(Devices/Kernels|.*/Gpu)/", UseOfIlgpu(), "uses ILGPU outside Devices/Kernels and folders called Gpu", "src");

    /// <summary>The libraries of the systems differ in the last bits of these functions. PortableMath does not.</summary>
    [Fact]
    public void NoFunction_ComesFromTheLibraryOfTheSystem() => AssertOnlyIn(
        "^src/N2D/Numerics/Functions/PortableMath.cs", SystemFunction(), "uses a function whose bits differ between systems", "src/N2D");

    /// <summary>Only SharedFile opens files for reading, and the other types of its folder write, lock and replace them.</summary>
    [Fact]
    public void OnlyOneFolder_OpensAndReplacesFiles() =>
        AssertOnlyIn("^src/N2D/Files/", Opening(), "opens or replaces a file", "src/N2D", "src/N2D.PowerShell");

    /// <summary>A test that ends early would count as passed. One that does not apply to a system or a build is skipped.</summary>
    [Fact]
    public void NoTest_EndsEarly() => AssertOnlyIn(
        "^nowhere", EarlyEnd(), "ends early: use an attribute that skips the test, such as those in tests/Facts", "tests");

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

    /// <summary>Checks that the lines of some folders match an expression only in one place.</summary>
    /// <param name="place">Matches the paths of the files that may match.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="fault">What a line elsewhere does.</param>
    /// <param name="folders">The folders.</param>
    private static void AssertOnlyIn(string place, Regex expression, string fault, params string[] folders) => Assert.Empty(
        from line in folders.SelectMany(LinesOf)
        where !Regex.IsMatch(line.File, place)
        where expression.IsMatch(line.Text)
        select $"{line.File}:{line.Number} {fault}");

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

    [GeneratedRegex(@"^\s*using .*\bILGPU\b|\bILGPU\.\w")]
    private static partial Regex UseOfIlgpu();

    [GeneratedRegex(
        @"\b(Math|MathF|double|float|TensorPrimitives|Vector\d*)\.(Exp|Exp2|Exp10|ExpM1|Log|Log2|Log10|LogP1|Pow|Cbrt|RootN|Hypot|Sin|Cos"
            + @"|SinCos|Tan|Asin|Acos|Atan|Atan2|Sinh|Cosh|Tanh|Asinh|Acosh|Atanh|CosineSimilarity|Sigmoid|SoftMax)\(")]
    private static partial Regex SystemFunction();

    [GeneratedRegex(
        @"(?<!\w)(File|ZipFile)\.(Open|Read|Create(?!SymbolicLink)|Append|Write|Copy|Move|Replace)\w*\(|\bnew (FileStream|Stream(Reader|Writer))\("
            + @"(?!file\.Content,|content\))|\.(OpenRead|OpenText|OpenWrite|MoveTo|CopyTo|Replace)\(\)|MemoryMappedFile\.(OpenExisting|CreateFromFile\((?!file,))")]
    private static partial Regex Opening();

    /// <summary>The indentation is that of a condition directly in a method.</summary>
    [GeneratedRegex("^ {12}return;")]
    private static partial Regex EarlyEnd();

    [GeneratedRegex("""//.*|"(\\.|[^"\\])*"?""")]
    private static partial Regex CommentOrString();

    [GeneratedRegex("""(?<![\w)-])-(?!NaN\b)[A-Z][a-z]\w+|\b[A-Z][a-z]+-N2D\w*""")]
    private static partial Regex CmdletOrParameter();
}
