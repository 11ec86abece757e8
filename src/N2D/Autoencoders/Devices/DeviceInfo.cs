namespace N2D.Autoencoders;

/// <summary>A device of this machine.</summary>
/// <param name="Name">As <c>-Device</c> takes it: <c>cpu</c>, <c>cuda:0</c>, <c>mps</c>.</param>
/// <param name="Model">What its maker calls it.</param>
/// <param name="MemoryBytes">Its memory; null if unknown.</param>
/// <param name="FreeMemoryBytes">What nobody uses of it; null if unknown.</param>
/// <param name="IsUsable">Whether this build of the module can train on it.</param>
/// <param name="IsBest">Whether <c>-Device Auto</c> takes it.</param>
/// <param name="Problem">Why it cannot be used, and what to do; null if it can.</param>
public sealed record DeviceInfo(string Name, string Model, long? MemoryBytes, long? FreeMemoryBytes, bool IsUsable, bool IsBest, string? Problem);
