using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>Finds the blocks of a layout in tensors.</summary>
internal static class TensorBlocks
{
    /// <summary>Returns the view of a block in a flat tensor, or of the blocks of all members in the rows of a matrix.</summary>
    public static Tensor In(this ParameterLayout.Block block, Tensor flat)
    {
        long[] members = [.. flat.shape.AsSpan(0, (int)flat.dim() - 1)];
        return flat.narrow(-1, block.Offset, block.Length).view([.. members, .. block.Sizes.Select(size => (long)size)]);
    }
}
