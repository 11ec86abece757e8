namespace N2D.Tests.Reports;

/// <summary>A test in a headless Chromium. It is skipped where there is none, unless the environment requires one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = BrowserProcess.WhySkipped!;
}

/// <summary>Several tests in a headless Chromium. They are skipped where there is none, unless the environment requires one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = BrowserProcess.WhySkipped!;
}
