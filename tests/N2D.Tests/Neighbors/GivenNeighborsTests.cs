using N2D.Data;
using N2D.Manifolds;
using N2D.Models;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Tests.Neighbors;

/// <summary>Precomputed neighbors instead of a search.</summary>
public sealed class GivenNeighborsTests : IDisposable
{
    private const int Count = 80;

    private readonly string _folder = Directory.CreateTempSubdirectory("n2d-neighbors-").FullName;
    private readonly Matrix _rows = RandomRows.Blobs(Count, 6, 3, scale: 6).Rows;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ListsWithTheRowItself_ListsWithoutIt_AndAllDistances_GiveTheLayoutOfASearch()
    {
        var options = new UmapOptions { NeighborCount = 9, Dimension = 2, Epochs = 30, Seed = 2 };
        var expected = options.Fit(_rows, Execution.Default).Layout.Values.ToArray();
        foreach (var given in new[] { Lists(12, withSelf: true), Lists(8, withSelf: false), GivenNeighbors.FromDistances(Distances()) })
        {
            Assert.Equal(expected, options.Fit(_rows, Execution.Default, new() { Neighbors = given }).Layout.Values);
        }
    }

    [Fact]
    public void TsneAndIsomap_TakeThem()
    {
        foreach (var options in new ManifoldOptions[]
        {
            new TsneOptions
                { Perplexity = 5, Iterations = 30, ExaggerationIterations = 10 }, new IsomapOptions
                { NeighborCount = 12, Dimension = 2 },
        })
        {
            var expected = options.Fit(_rows, Execution.Default).Layout.Values.ToArray();
            Assert.Equal(expected, options.Fit(_rows, Execution.Default, new() { Neighbors = Lists(20, withSelf: true) }).Layout.Values);
        }

        var error = Assert.Throws<N2DException>(() => new PcaOptions
        { Dimension = 2 }.Fit(_rows, Execution.Default, new() { Neighbors = Lists(8, withSelf: false) }));
        Assert.Equal("NeighborsNotTaken", error.Id);
    }

    [Fact]
    public void TheyAreKept_InTheModelFile_AndByAFitWithAnotherSeed()
    {
        // Neighbors that no metric finds: those of the rows in other columns.
        var others = RandomRows.Blobs(Count, 6, 4, scale: 6, seed: 9).Rows;
        var graph = NeighborSearch.Find(others, 8, new RowDistance(), Execution.Default);
        var given = GivenNeighbors.FromLists(graph.Indices.ToArray(), graph.AllDistances.ToArray(), 8);
        var options = new UmapOptions { NeighborCount = 9, Dimension = 2, Epochs = 30 };
        var warnings = new List<string>();
        var dataset = new Dataset("d", _rows);
        var umap = options.Fit(_rows, Execution.Default with { Warn = warnings.Add }, new() { Neighbors = given });
        Assert.Contains(warnings, warning => warning.Contains("given distances are not the Euclidean", StringComparison.Ordinal));
        Assert.Contains("Neighbor=given", umap.Settings, StringComparison.Ordinal);

        var path = Path.Combine(_folder, "m.n2d");
        FittedPipeline.Of(dataset.Append(umap, umap.Layout), Execution.Default).Save(path);
        var loaded = FittedPipeline.Load(path).GetStages()[0];
        Assert.Equal(umap.Settings, loaded.Settings);
        var again = (options with { Seed = 7 }).Fit(_rows, Execution.Default, new() { Neighbors = given }).Layout.Values.ToArray();
        Assert.Equal(again, loaded.Refit(dataset, 7, Execution.Default).GetRows().Values);
        Assert.Equal("UpdateNotPossible", Assert.Throws<N2DException>(() => ((Umap)loaded).Update(_rows, Execution.Default)).Id);
    }

    [Theory]
    [InlineData("NeighborIndexOutOfRange", 0, -1, 1f)]
    [InlineData("NeighborIndexOutOfRange", 0, 3, 1f)]
    [InlineData("NeighborDistanceOutOfRange", 0, 1, -1f)]
    [InlineData("NeighborDistanceOutOfRange", 0, 1, float.NaN)]
    [InlineData("NeighborDistanceOutOfRange", 0, 1, float.PositiveInfinity)]
    [InlineData("NeighborsNotSorted", 0, 1, 5f)]
    [InlineData("NeighborListedTwice", 0, 2, 1f)]
    [InlineData("DistanceToSelf", 0, 0, 1f)]
    public void WhatCannotBe_IsRefused_BeforeAnyWork(string id, int place, int index, float distance)
    {
        int[] indices = [1, 2, 0, 2, 0, 1];
        float[] distances = [1, 2, 1, 2, 1, 2];
        (indices[place], distances[place]) = (index, distance);
        var error = Assert.Throws<N2DException>(() => GivenNeighbors.FromLists(indices, distances, 2));
        Assert.Equal(id, error.Id);
        Assert.StartsWith("Row 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherShapes_OtherRows_AndTooFewNeighbors_AreRefused()
    {
        Assert.Equal("NeighborShape", Assert.Throws<N2DException>(() => GivenNeighbors.FromLists([1, 0], [1], 1)).Id);
        Assert.Equal("NeighborShape", Assert.Throws<N2DException>(() => GivenNeighbors.FromDistances(_rows)).Id);
        Assert.Equal(
            "DistanceToSelf", Assert.Throws<N2DException>(() => GivenNeighbors.FromDistances(Matrix.Own([1, 0.5f, 0.5f, 1], 2))).Id);
        var options = new UmapOptions { NeighborCount = 9, Dimension = 2, Epochs = 0 };
        Assert.Equal(
            "NeighborRowMismatch",
            Assert.Throws<N2DException>(() =>
                options.Fit(RandomRows.Uniform(50, 3), Execution.Default, new() { Neighbors = Lists(8, withSelf: false) })).Id);
        Assert.Equal(
            "TooFewNeighbors",
            Assert.Throws<N2DException>(() => options.Fit(_rows, Execution.Default, new() { Neighbors = Lists(8, withSelf: true) })).Id);
    }

    [Theory]
    [InlineData("<i4", false)]
    [InlineData("<i8", true)]
    public void FilesOfNumpy_AreRead(string type, bool isFortranOrder)
    {
        var graph = NeighborSearch.Find(_rows, 8, new RowDistance(), Execution.Default);
        var path = Path.Combine(_folder, "n.npz");
        using (var archive = System.IO.Compression.ZipFile.Open(path, System.IO.Compression.ZipArchiveMode.Create))
        {
            Add("indices.npy", type, graph.Indices.ToArray().SelectMany(index => type == "<i8"
                ? BitConverter.GetBytes((long)index)
                : BitConverter.GetBytes(index)), 8);
            Add("distances.npy", "<f4", graph.AllDistances.ToArray().SelectMany(BitConverter.GetBytes), 8);

            void Add(string name, string descr, IEnumerable<byte> values, int columnCount)
            {
                using var stream = archive.CreateEntry(name).Open();
                stream.Write(Npy(descr, false, Count, columnCount, [.. values]));
            }
        }

        var options = new UmapOptions { NeighborCount = 9, Dimension = 2, Epochs = 5 };
        var expected = options.Fit(_rows, Execution.Default).Layout.Values.ToArray();
        Assert.Equal(
            expected,
            options.Fit(_rows, Execution.Default, new() { Neighbors = NeighborFile.Read(path, Execution.Default) }).Layout.Values);

        // Symmetric: in either order the same.
        var all = Path.Combine(_folder, "d.npy");
        File.WriteAllBytes(
            all, Npy("<f4", isFortranOrder, Count, Count, [.. Distances().Values.ToArray().SelectMany(BitConverter.GetBytes)]));
        Assert.Equal(
            expected, options.Fit(_rows, Execution.Default, new() { Neighbors = NeighborFile.Read(all, Execution.Default) }).Layout.Values);

        File.WriteAllText(Path.Combine(_folder, "t.csv"), "a,b\n1,2\n");
        Assert.Equal(
            "NeighborFormat", Assert.Throws<N2DException>(() => NeighborFile.Read(Path.Combine(_folder, "t.csv"), Execution.Default)).Id);
    }

    private GivenNeighbors Lists(int count, bool withSelf)
    {
        var graph = NeighborSearch.Find(_rows, withSelf ? count - 1 : count, new RowDistance(), Execution.Default);
        var (indices, distances) = (new List<int>(), new List<float>());
        for (var row = 0; row < Count; row++)
        {
            if (withSelf)
            {
                indices.Add(row);
                distances.Add(0);
            }

            indices.AddRange(graph.Neighbors(row));
            distances.AddRange(graph.Distances(row));
        }

        return GivenNeighbors.FromLists([.. indices], [.. distances], count);
    }

    private Matrix Distances()
    {
        var graph = NeighborSearch.Find(_rows, Count - 1, new RowDistance(), Execution.Default);
        var values = new float[Count * Count];
        for (var row = 0; row < Count; row++)
        {
            for (var place = 0; place < Count - 1; place++)
            {
                values[(row * Count) + graph.Neighbors(row)[place]] = graph.Distances(row)[place];
            }
        }

        return Matrix.Own(values, Count);
    }

    private static byte[] Npy(string descr, bool isFortranOrder, int rowCount, int columnCount, byte[] values)
    {
        var text = FormattableString.Invariant(
            $"{{'descr': '{descr}', 'fortran_order': {isFortranOrder}, 'shape': ({rowCount}, {columnCount}), }}\n");
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. System.Text.Encoding.ASCII.GetBytes(
            text), .. values];
    }
}
