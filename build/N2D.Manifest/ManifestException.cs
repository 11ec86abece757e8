namespace N2D.Manifest;

/// <summary>The manifest cannot be completed. The message says why.</summary>
internal sealed class ManifestException(string message) : Exception(message);
