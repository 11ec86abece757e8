using N2D.Data;

namespace N2D.Tests.Data.Formats;

public sealed class MatrixMarketReaderTests : ReaderTests
{
    [Theory]
    [InlineData("coordinate real general", "% c\n2 3 3\n1 1 1.5\n2 3 -2\n1 3 1e1\n", new[] { 1.5f, 0, 10, 0, 0, -2 })]
    [InlineData("coordinate integer general", "2 3 3\n1 1 1\n1 1 2\n2 2 5\n", new[] { 3f, 0, 0, 0, 5, 0 })]
    [InlineData("coordinate pattern general", "2 2 2\n1 2\n2 1\n", new[] { 0f, 1, 1, 0 })]
    [InlineData("coordinate real symmetric", "2 2 2\n1 1 4\n2 1 5\n", new[] { 4f, 5, 5, 0 })]
    [InlineData("coordinate real skew-symmetric", "2 2 1\n2 1 5\n", new[] { 0f, -5, 5, 0 })]
    [InlineData("array real general", "2 3\n1\n2\n3\n4\n5\n6\n", new[] { 1f, 3, 5, 2, 4, 6 })]
    [InlineData("array real symmetric", "3 3\n1\n2\n3\n4\n5\n6\n", new[] { 1f, 2, 3, 2, 4, 5, 3, 5, 6 })]
    [InlineData("array real skew-symmetric", "3 3\n1\n2\n3\n", new[] { 0f, -1, -2, 1, 0, -3, 2, 3, 0 })]
    public void Matrix_IsRead_WhateverItsType(string type, string body, float[] values)
    {
        var path = Files.Text("m.mtx", $"%%MatrixMarket matrix {type}\n{body}");

        var dataset = new MatrixMarketReader().Read(path);

        Assert.Equal(DatasetFormat.MatrixMarket, FileFormats.Detect(path));
        Assert.Equal("m", dataset.Dataset);
        Assert.Equal(values, Values(dataset));
    }

    [Fact]
    public void Transposed_ColumnsAreRows()
    {
        var dataset = new MatrixMarketReader(
            transpose: true).Read(Files.Text("m.mtx.gz", "%%MatrixMarket matrix coordinate real general\n2 3 2\n1 2 5\n2 3 7\n"));

        Assert.Equal((3, 2), (dataset.RowCount, dataset.Dimension));
        Assert.Equal([0, 0, 5, 0, 0, 7], Values(dataset));
    }

    [Theory]
    [InlineData(
        "%%MatrixMarket matrix coordinate complex general\n1 1 1\n1 1 1 1\n", "MatrixMarketType", "'m.mtx' contains complex numbers")]
    [InlineData(
        "%%MatrixMarket matrix coordinate complex hermitian\n1 1 1\n1 1 1 1\n", "MatrixMarketType", "'m.mtx' contains complex numbers")]
    [InlineData("%%MatrixMarket vector array real general\n1\n", "MatrixMarketHeader", "'m.mtx', line 1: expected a banner")]
    [InlineData(
        "%%MatrixMarket matrix array pattern general\n1 1\n",
        "MatrixMarketHeader",
        "'m.mtx', line 1: the matrix type 'array pattern general' is not supported.")]
    [InlineData(
        "%%MatrixMarket matrix coordinate real general\n2 2\n",
        "MatrixMarketHeader",
        "'m.mtx', line 2: expected the numbers of rows, columns and entries")]
    [InlineData(
        "%%MatrixMarket matrix coordinate real symmetric\n2 3 1\n",
        "MatrixMarketHeader",
        "'m.mtx', line 2: a symmetric matrix must be square")]
    [InlineData(
        "%%MatrixMarket matrix coordinate real general\n2 2 2\n1 1 1\n", "MatrixMarketTruncated", "'m.mtx' ends after 1 of 2 entries.")]
    [InlineData(
        "%%MatrixMarket matrix coordinate real general\n2 2 1\n0 1 1\n",
        "MatrixMarketEntry",
        "'m.mtx', line 3: expected a row from 1 to 2 and a column from 1 to 2.")]
    [InlineData(
        "%%MatrixMarket matrix coordinate real general\n2 2 1\n1 3 1\n",
        "MatrixMarketEntry",
        "'m.mtx', line 3: expected a row from 1 to 2 and a column from 1 to 2.")]
    [InlineData(
        "%%MatrixMarket matrix coordinate real general\n2 2 1\n1 1 x\n", "MatrixMarketEntry", "'m.mtx', line 3: 'x' is not a number.")]
    [InlineData("%%MatrixMarket matrix coordinate real general\n2 2 1\n1 1 1e99\n", "NotFinite", "'m.mtx', line 3: ")]
    [InlineData(
        "%%MatrixMarket matrix coordinate real general\n999999999 999999999 1\n1 1 1\n", "TooManyValues", "'m.mtx' has 999999999 rows")]
    public void DamagedFiles_AreRefused_ByLine(string text, string id, string message) =>
        Assert.StartsWith(message, Refused(id, new MatrixMarketReader(), Files.Text("m.mtx", text)), StringComparison.Ordinal);

    [Theory]
    [InlineData(
        "coordinate real general\n2 2 1\n1 1 1\n\n2 2 1\n",
        "'m.mtx', line 5: the file has more than the 1 entries that its header specifies.")]
    [InlineData("array real general\n2 1\n1\n2\n3\n", "'m.mtx', line 5: the file has more than the 2 entries that its header specifies.")]
    public void EntriesBeyondTheHeadersCount_AreRefused(string text, string message) =>
        Assert.StartsWith(
            message,
            Refused("MatrixMarketTrailing", new MatrixMarketReader(), Files.Text("m.mtx", $"%%MatrixMarket matrix {text}")),
            StringComparison.Ordinal);

    [Fact]
    public void DenseRows_HaveToFitInMemory() =>
        Refused("DoesNotFitInMemory", new MatrixMarketReader
        { FreeBytes = 1000 }, Files.Text("m.mtx", "%%MatrixMarket matrix coordinate real general\n100 100 1\n1 1 1\n"));

    [Fact]
    public void Canceled_Stops() =>
        StopsWhenCanceled(new MatrixMarketReader(), Files.Text("m.mtx", "%%MatrixMarket matrix coordinate real general\n1 1 1\n1 1 1\n"));
}
