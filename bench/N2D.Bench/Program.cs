using System.Globalization;
using BenchmarkDotNet.Running;
using N2D.Bench;
using N2D.Devices;

const string Usage = """
    Measures N2D, and its peers beside it.

      all FOLDER [--data NAME=PATH,...]
          all tables that need no long training, each into a file of the folder
      compare NAME FOLDER [--codes EPOCHS [--keep FOLDER]] [--dimension C] [--rounds R] [--seed S] [--peers A,B]
          UMAP of a data set by N2D, umap-learn and uwot in alternation: of its rows, or of an autoencoder's codes after so many epochs
      train NAME FOLDER [--epochs E] [--rounds R]
          training of the autoencoder by N2D, by libtorch through TorchSharp and by PyTorch in alternation, and the matrix
          products of its steps alone by libtorch and by numpy
      roofline [--columns D]
          the matrix products of a training step one by one, by N2D and libtorch in alternation: the share of the processor's peak
      device DEVICE NAME FOLDER [--epochs E] [--together S]
          training on a device by precision and batch, and the share of the rate of large products that it reaches; and of S seeds at once
      search DEVICE SHAPES [--neighbors K] [--emulate]
          the search for neighbors on a device, and UMAP, for shapes such as 70000x10,1000000x10; with --emulate, on an emulated GPU
      layout DEVICE SHAPES [--epochs E] [--added N] [--emulate]
          the layout of UMAP and the placement of new rows on a device and on the processor, for shapes such as 70000x10
      recipes RESULTS.csv --data NAME=PATH,... [--recipes 'constant;linear;...'] [--seeds 0,1,...] [--device D]
              [--parallel P] [--codes FOLDER] [--brief]
          recipes of training the autoencoder, each finished to N2D by the defaults: a row a run
      settling RESULTS.csv --data NAME=PATH,... [--seeds 0,1,...] [--epochs E]
          when the training of the autoencoder would stop if it stops when settled: loss, preserved neighbors and scores
      clusters METHOD NAME FOLDER COUNT [--components C] [--rounds R]
          clusters of a data set's rows, or of their first principal components, by N2D and scikit-learn in alternation;
          of rows that are drawn with
          Mixture ROWS for NAME FOLDER. METHOD: kmeans, spectral, agglomerative, hdbscan (whose COUNT is the fewest rows of a cluster), or
          mixture-full, -tied, -diagonal, -spherical
      counts ROWS COLUMNS [--rounds R]
          the choice among 1 to 20 clusters by a mixture, of drawn rows: the first in a process, and the later ones
      criteria RESULTS.csv --data NAME=PATH,... [--seeds 2]
          the number of clusters that each criterion chooses, on UMAP layouts; the NAME Uniform is random numbers
      manifold LEARNER NAME FOLDER NEIGHBORS DIMENSION [--rows N] [--rounds R] [--alone]
          Pca, Tsne (NEIGHBORS its perplexity), Isomap, LocallyLinearEmbedding or ModifiedLocallyLinearEmbedding by N2D and
          scikit-learn in alternation; NAME may be SwissRoll
      grid RESULTS.csv [--methods mixture,kmeans,...] [--rounds R] [--least-rows M] [--rows N] [--columns D] [--count K]
          [--seconds 60] [--threads 1] [--alone]
          every method by N2D and scikit-learn in alternation, over a grid of shapes of M to N rows, and up to D columns and K
          clusters; mixtures and k-means that would take more than so many seconds are skipped
      ablation NAME FOLDER RESULTS.csv [--variants all,no-augmentation,...] [--seeds 0,1,2] [--rounds 4]
          self-training with one of its parts left out: the scores after each round
      confidence RESULTS.csv --data NAME=PATH,... [--seeds 5] [--epochs E]
          measures of a row's confidence, compared as predictions of the agreement of seeds: of UMAP and a mixture, with --epochs
          after an autoencoder
      grow LARGEST [--peers A,B]
          UMAP of 10k, 30k, ... rows in 10 dimensions, by N2D and by peers
      stream FOLDER [--columns D]
          training and encoding of 500k and 5M rows in .npy files, which are made in the folder and stay there: mapped, and read into memory
      limits [ROWS]
          what this machine can do, and how near to it the stages of UMAP come
      neighbors [NAME FOLDER]
          neighbors of rows that UMAP was not fitted to, by exact search and by walks: of a data set's last 2000 rows, or
          of a mixture's in ten dimensions
      rows NAME FOLDER ROWS.f32 N
          writes N rows of a data set, over and over with other noise
      score MODEL ROWS.f32 N
          scores the first N rows of a mapped file by a model that Export-N2DModel saved
      pages RESULTS.csv PAGE.html... [--loads L]
          time until Chromium has drawn the map of a report, and until it has read all columns: pages in alternation
      kernels [options of BenchmarkDotNet]
          the inner loops
      fit ROWS.f32 N D NEIGHBORS DIMENSION LAYOUT.f32 SEED
          one UMAP by N2D, as the peers' scripts do it
      fit-stream ROWS.npy CODES.npy mapped|memory
          one training of those
      cluster METHOD ROWS.f32 N D COUNT LABELS.i32 SEED
          one clustering by N2D, as the peers' script does it
      fit-manifold LEARNER ROWS.f32 N D NEIGHBORS DIMENSION LAYOUT.f32 SEED
          one fit of a manifold learner by N2D
      fit-autoencoder | fit-libtorch | products ROWS.f32 N D C EPOCHS
          one training by N2D or by libtorch, or its products alone
    """;

switch (args)
{
    case ["all", var tables, .. var rest]:
        return AllTables.Run(Folder(tables)!, Option(rest, "--data")?.Split(',') ?? []);
    case ["compare", var name, var folder, .. var rest]:
        return new Comparison
        {
            Name = name,
            Folder = folder,
            CodeFolder = Folder(Option(rest, "--keep")),
            CodeEpochs = Option(rest, "--codes") is { } codes ? Integer(codes) : null,
            Dimension = Integer(Option(rest, "--dimension") ?? "10"),
            Rounds = Integer(Option(rest, "--rounds") ?? "3"),
            FirstSeed = Integer(Option(rest, "--seed") ?? "0"),
            Peers = Option(rest, "--peers")?.Split(','),
        }.Run();
    case ["train", var name, var folder, .. var rest]:
        return TrainingComparison.Run(name, folder, Integer(Option(rest, "--epochs") ?? "2"), Integer(Option(rest, "--rounds") ?? "3"));
    case ["roofline", .. var rest]:
        return Roofline.Run(Integer(Option(rest, "--columns") ?? "784"));
    case ["device", var device, var name, var folder, .. var rest]:
        return DeviceTraining.Run(
            name,
            folder,
            ComputeDevice.Parse(device),
            Integer(Option(rest, "--epochs") ?? "5"),
            Integer(Option(rest, "--together") ?? "1"));
    case ["search", var device, var shapes, .. var rest]:
        using (rest.Contains("--emulate") ? EmulatedGpu.Start() : null)
        {
            return DeviceSearch.Run(
                ComputeDevice.Parse(device), shapes.Split(','), Integer(Option(rest, "--neighbors") ?? "19"), umapColumns: 10);
        }

    case ["layout", var device, var shapes, .. var rest]:
        using (rest.Contains("--emulate") ? EmulatedGpu.Start() : null)
        {
            return DeviceLayout.Run(
                ComputeDevice.Parse(device),
                shapes.Split(','),
                Option(rest, "--epochs") is { } layoutEpochs ? Integer(layoutEpochs) : null,
                Integer(Option(rest, "--added") ?? "10000"));
        }

    case ["kmeans", var device, var shapes, .. var rest]:
        using (rest.Contains("--emulate") ? EmulatedGpu.Start() : null)
        {
            return DeviceKMeans.Run(
                ComputeDevice.Parse(device), shapes.Split(','), Integer(Option(rest, "--starts") ?? "10"));
        }

    case ["recipes", var results, .. var rest]:
        return new Recipes
        {
            ResultPath = NewFile(results),
            Sources = Option(rest, "--data")!.Split(','),
            Names = Option(rest, "--recipes")?.Split(';') ?? [],
            Seeds = [.. (Option(rest, "--seeds") ?? "0,1,2,3,4").Split(',').Select(Integer)],
            Device = ComputeDevice.Parse(Option(rest, "--device") ?? "auto"),
            Parallelism = Integer(Option(rest, "--parallel") ?? "1"),
            CodeFolder = Folder(Option(rest, "--codes")),
            IsBrief = rest.Contains("--brief"),
        }.Run();
    case ["settling", var results, .. var rest]:
        return new Settling
        {
            ResultPath = results,
            Sources = Option(rest, "--data")!.Split(','),
            Seeds = [.. (Option(rest, "--seeds") ?? "0").Split(',').Select(Integer)],
            Epochs = Option(rest, "--epochs") is { } epochLimit ? Integer(epochLimit) : null,
        }.Run();
    case ["manifold", var learner, var name, var folder, var neighbors, var dimension, .. var rest]:
        return ManifoldComparison.Run(
            learner,
            name,
            folder,
            Integer(neighbors),
            Integer(dimension),
            Option(rest, "--rows") is { } rowCount ? Integer(rowCount) : null,
            Integer(Option(rest, "--rounds") ?? "1"),
            rest.Contains("--alone"));
    case ["fit-manifold", var learner, var rows, _, var d, var neighbors, var dimension, var layout, var seed]:
        return SingleManifold.Run(learner, rows, Integer(d), Integer(neighbors), Integer(dimension), layout, Integer(seed));
    case ["fit-autoencoder", var rows, var n, var d, var c, var epochs]:
        return SingleTraining.Fit(MatrixFile.Read(rows, Integer(d)), Integer(n), Integer(c), Integer(epochs));
    case ["fit-libtorch", var rows, var n, var d, var c, var epochs]:
        return SingleTraining.FitByTorch(MatrixFile.Read(rows, Integer(d)), Integer(n), Integer(c), Integer(epochs));
    case ["products", _, var n, var d, var c, var epochs]:
        return SingleTraining.Multiply(Integer(n), Integer(d), Integer(c), Integer(epochs));
    case ["stream", var folder, .. var rest]:
        return Streaming.Run(Folder(folder)!, Integer(Option(rest, "--columns") ?? "64"));
    case ["fit-stream", var rowsPath, var codesPath, var place]:
        return Streaming.Fit(rowsPath, codesPath, place);
    case ["clusters", var method, var name, var folder, var clusters, .. var rest]:
        return ClusterComparison.Run(
            method,
            name,
            folder,
            Option(rest, "--components") is { } components ? Integer(components) : null,
            Integer(clusters),
            Integer(Option(rest, "--rounds") ?? "3"));
    case ["cluster", var method, var rows, _, var d, var clusters, var labels, var seed]:
        return SingleClustering.Run(method, rows, Integer(d), Integer(clusters), labels, Integer(seed));
    case ["counts", var n, var d, .. var rest]:
        return CountChoice.Run(Integer(n), Integer(d), Integer(Option(rest, "--rounds") ?? "3"));
    case ["criteria", var results, .. var rest]:
        return CountCriteria.Run(NewFile(results), Option(rest, "--data")!.Split(','), Integer(Option(rest, "--seeds") ?? "2"));
    case ["ablation", var name, var folder, var results, .. var rest]:
        return new Ablation
        {
            Name = name,
            Folder = folder,
            ResultPath = NewFile(results),
            Names = Option(rest, "--variants")?.Split(',') ?? [.. Ablation.Variants.Keys],
            Seeds = [.. (Option(rest, "--seeds") ?? "0,1,2").Split(',').Select(Integer)],
            RoundCount = Integer(Option(rest, "--rounds") ?? "4"),
        }.Run();
    case ["confidence", var results, .. var rest]:
        return new Confidence
        {
            ResultPath = NewFile(results),
            Sources = Option(rest, "--data")!.Split(','),
            SeedCount = Integer(Option(rest, "--seeds") ?? "5"),
            Epochs = Option(rest, "--epochs") is { } trained ? Integer(trained) : null,
        }.Run();
    case ["grid", var results, .. var rest]:
        return new Grid
        {
            ResultPath = NewFile(results),
            Methods = Option(rest, "--methods")?.Split(','),
            Rounds = Integer(Option(rest, "--rounds") ?? "3"),
            LeastRows = Integer(Option(rest, "--least-rows") ?? "0"),
            MaxSeconds = Integer(Option(rest, "--seconds") ?? "60"),
            Limit = new Grid.Shape(
                Integer(Option(rest, "--rows") ?? "100000"),
                Integer(Option(rest, "--columns") ?? "500"),
                Integer(Option(rest, "--count") ?? "50")),
            Threads = Integer(Option(rest, "--threads") ?? "1"),
            IsAlone = rest.Contains("--alone"),
        }.Run();
    case ["grow", var largest, .. var rest]:
        return Growth.Run(Integer(largest), Option(rest, "--peers")?.Split(',') ?? []);
    case ["limits", .. var rest]:
        Limits.Run(rest is [var count] ? Integer(count) : 70_000);
        return 0;
    case ["fit", var rows, var n, var d, var neighbors, var dimension, var layout, var seed]:
        return SingleFit.Run(rows, Integer(n), Integer(d), Integer(neighbors), Integer(dimension), layout, Integer(seed));
    case ["neighbors"]:
        return IndexSearch.Run(null, null);
    case ["neighbors", var name, var folder]:
        return IndexSearch.Run(name, folder);
    case ["rows", var name, var folder, var rows, var number]:
        return Scoring.WriteRows(name, folder, NewFile(rows), Integer(number));
    case ["score", var model, var rows, var number]:
        return Scoring.Run(model, rows, Integer(number));
    case ["pages", var results, .. var rest]:
        return await PageTimes.RunAsync(
            NewFile(results), [.. rest.TakeWhile(one => one != "--loads")], Integer(Option(rest, "--loads") ?? "7"));
    case ["kernels", .. var rest]:
        BenchmarkSwitcher.FromAssembly(typeof(Comparison).Assembly).Run(rest.Length == 0 ? ["--filter", "*"] : rest);
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}

static int Integer(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static string? Option(string[] arguments, string name)
{
    var place = Array.IndexOf(arguments, name);
    return place < 0 ? null : arguments[place + 1];
}

// Folders of results are created before the work, which can take hours.
static string? Folder(string? path) => path is null ? null : Directory.CreateDirectory(path).FullName;

static string NewFile(string path)
{
    Folder(Path.GetDirectoryName(Path.GetFullPath(path)));
    return path;
}
