using N2D.Models;
using N2D.Pipeline;

namespace N2D.Tests.Manifolds;

/// <summary>A stage as it comes out of a model file.</summary>
internal static class SavedStage
{
    /// <summary>Saves an embedding, loads it, saves that again, which must give the same bytes, and hands out its last stage.</summary>
    public static FittedStage Of(Embedding embedding)
    {
        var folder = Directory.CreateTempSubdirectory("n2d-stage-").FullName;
        try
        {
            var path = Path.Combine(folder, "m.n2d");
            FittedPipeline.Of(embedding, Execution.Default).Save(path);
            var bytes = File.ReadAllBytes(path);
            var loaded = FittedPipeline.Load(path);
            loaded.Save(path);
            Assert.Equal(bytes, File.ReadAllBytes(path));
            return loaded.GetStages()[^1];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
