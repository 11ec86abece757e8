using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>The training of an autoencoder with one of several seeds.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Autoencoder">The autoencoder; null if its training diverged.</param>
/// <param name="Codes">The code of each row, n x c; null if the training diverged.</param>
/// <param name="Error">Why the training diverged (<c>TrainingDiverged</c>); null if it did not.</param>
public sealed record SeedFit(int Seed, Autoencoder? Autoencoder, Matrix? Codes, N2DException? Error);
