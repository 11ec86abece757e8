namespace N2D.Tests.Autoencoders;

/// <summary>Runs tests that use libtorch sequentially, because they count the tensors and set the threads of the process.</summary>
[CollectionDefinition(Name)]
#pragma warning disable CA1711 // xunit calls such a class a collection.
public sealed class TorchCollection
#pragma warning restore CA1711
{
    public const string Name = "libtorch";
}
