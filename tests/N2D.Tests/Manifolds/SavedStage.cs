using N2D.Models;
using N2D.Pipeline;

namespace N2D.Tests.Manifolds;

/// <summary>Reads a stage from a model file.</summary>
internal static class SavedStage
{
    /// <summary>Saves an embedding, loads it, checks that saving it again gives the same bytes, and returns its last stage.</summary>
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
