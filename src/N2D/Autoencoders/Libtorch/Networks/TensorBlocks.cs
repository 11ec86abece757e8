using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>Finds the blocks of a layout in tensors.</summary>
internal static class TensorBlocks
{
    /// <summary>Returns the view of a block in a flat tensor.</summary>
    public static Tensor In(this ParameterLayout.Block block, Tensor flat) =>
        flat.narrow(0, block.Offset, block.Length).view([.. block.Sizes.Select(size => (long)size)]);
}
