using N2D.Numerics;

namespace N2D.Tests.Numerics;

public sealed class SetBitsTests
{
    [Fact]
    public void EachMask_StoresTheIndicesOfItsBits_WithTheOffset()
    {
        var stored = new int[SetBits.MaskLength];
        for (var mask = 0u; mask < 1 << SetBits.MaskLength; mask++)
        {
            var expected = Enumerable.Range(0, SetBits.MaskLength).Where(bit => (mask >> bit & 1) != 0).Select(bit => 1000 + bit);
            var count = SetBits.Store(mask, 1000, ref stored[0]);
            Assert.Equal(expected, stored[..count]);
        }
    }
}
