namespace N2D.Tests;

public sealed class MachineMemoryTests
{
    [Theory]
    [InlineData(16, 4, 16, 1, 12)] // No limit: what the machine has left.
    [InlineData(16, 4, 2, 1, 1)] // A limit below the machine's load: what the process has not used of it.
    [InlineData(16, 15, 8, 1, 1)] // A limit that the machine no longer has.
    [InlineData(16, 4, 2, 3, 0)]
    public void WhatIsFree_IsTheLessOfMachineAndOwnLimit(long machine, long load, long limit, long heap, long free) =>
        Assert.Equal(free, MachineMemory.FreeOf(machine, load, limit, heap));

    [Fact]
    public void WithoutALimit_MuchOfThisMachineIsFree_AndNotMoreThanItHas() =>
        Assert.InRange(MachineMemory.FreeBytes, 1, MachineMemory.TotalBytes);
}
