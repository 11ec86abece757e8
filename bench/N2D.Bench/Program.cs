using BenchmarkDotNet.Running;
using N2D.Bench;

const string Usage = """
    Measures N2D, and its peers beside it.

      compare NAME FOLDER [raw|codes] [ROUNDS] [SEED]   UMAP of a data set by N2D, umap-learn and uwot, in alternation
      grow [LARGEST]                                    UMAP of 10k, 30k, ... rows in 10 dimensions
      kernels [options of BenchmarkDotNet]              the inner loops
      fit ROWS.f32 N D NEIGHBORS DIMENSION LAYOUT.f32 SEED   one UMAP by N2D, as the peers' scripts do it
    """;

switch (args)
{
    case ["compare", var name, var folder, .. var rest]:
        return Comparison.Run(name, folder, rest.ElementAtOrDefault(0) ?? "codes", IntegerAt(rest, 1) ?? 3, IntegerAt(rest, 2) ?? 0);
    case ["grow", .. var rest]:
        return Growth.Run(IntegerAt(rest, 0) ?? 1_000_000);
    case ["fit", var rows, var n, var d, var neighbors, var dimension, var layout, var seed]:
        return SingleFit.Run(rows, Integer(n), Integer(d), Integer(neighbors), Integer(dimension), layout, Integer(seed));
    case ["kernels", .. var rest]:
        BenchmarkSwitcher.FromAssembly(typeof(Comparison).Assembly).Run(rest.Length == 0 ? ["--filter", "*"] : rest);
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}

static int Integer(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

static int? IntegerAt(string[] arguments, int index) => index < arguments.Length ? Integer(arguments[index]) : null;
