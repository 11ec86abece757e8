namespace N2D.Tests.Autoencoders;

/// <summary>Tests that use libtorch run one after the other: they count the process's tensors, and set its threads.</summary>
[CollectionDefinition(Name)]
#pragma warning disable CA1711 // xunit calls such a class a collection.
public sealed class TorchCollection
#pragma warning restore CA1711
{
    public const string Name = "libtorch";
}
