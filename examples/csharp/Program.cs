// Trains on most of the digits, saves the model, loads it, and scores the others: dotnet run -c Release --project examples/csharp [model.n2d]
using N2D;
using N2D.Data;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;

var path = args.Length > 0 ? args[0] : Path.Combine(Path.GetTempPath(), "digits.n2d");
var digits = DatasetCatalog.Find("Digits")!.Read();
var (train, unseen) = (Part("train", row => row % 6 != 0), Part("unseen", row => row % 6 == 0));

var fit = N2DPipeline.Fit(train, new N2DOptions(clusterCount: 10) { Epochs = 30 }, Execution.Default);
FittedPipeline.Of(fit, Execution.Default).Save(path);

// Here, or on another day on another machine:
var scored = FittedPipeline.Load(path).Score(unseen, Execution.Default);
Console.WriteLine($"{fit.RowCount} rows fitted: ACC {fit.Acc:F4}. {scored.RowCount} others scored: ACC {scored.Acc:F4}, {scored.NovelShare:P1} of them novel.");
Console.WriteLine(string.Join('\n', scored.EnumerateAssignments().Take(5)));

Dataset Part(string name, Func<int, bool> isIn)
{
    int[] rows = [.. Enumerable.Range(0, digits.RowCount).Where(isIn)];
    float[] values = [.. rows.SelectMany(row => digits.GetRows().GetRow(row))];
    return new Dataset(name, Matrix.Own(values, digits.Dimension), Labels.FromNames([.. rows.Select(row => digits.GetLabels()![row])]));
}
