using System.Text;
using N2D.Data;

namespace N2D.Tests.Data;

public sealed class FilePartsTests
{
    private const int RowCount = 1_000_001;

    [Fact]
    public void AnyNumberOfRows_MakesParts_ButNotMoreThanAMillion()
    {
        using var files = new TemporaryFiles();
        var path = Path.Combine(files.Folder, "rows.npy");
        var header = Encoding.ASCII.GetBytes($"{{'descr': '|u1', 'fortran_order': False, 'shape': ({RowCount}, 1), }}\n");
        File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header, .. new byte[RowCount]]);

        Assert.Null(Assert.Single(FileParts.Of(path, long.MaxValue, Execution.Default)));
        Assert.Equal(
            [(0L, (long?)1_000_000L), (1_000_000L, 1L)],
            FileParts.Of(path, 1_000_000, Execution.Default).Select(part => (part!.Value.Skip, part.Value.First)));
        var error = Assert.Throws<N2DException>(() => FileParts.Of(path, 1, Execution.Default));
        Assert.Equal("TooManyParts", error.Id);
        Assert.Contains("1,000,001 parts", error.Message, StringComparison.Ordinal);
    }
}
