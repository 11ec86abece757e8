using System.Text.Json;
using N2D.Numerics;

namespace N2D.Tests.Expected;

/// <summary>Values from other implementations. Each file is next to the script that created it.</summary>
internal static class ExpectedValues
{
    /// <summary>Reads a file of this folder.</summary>
    public static JsonElement Load(string fileName) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Expected", fileName))).RootElement;

    /// <summary>An array of rows as a matrix.</summary>
    public static Matrix ToMatrix(this JsonElement rows) =>
        Matrix.Own(
            [.. rows.EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(value => value.GetSingle())],
            rows[0].GetArrayLength());
}
