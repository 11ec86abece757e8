namespace N2D.Tests.Reports;

/// <summary>The browsers that the tests of a class share. Each starts when the first test needs it.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private readonly Lazy<Task<BrowserProcess>> _withWebGl = new(() => BrowserProcess.StartAsync(hasWebGl: true));
    private readonly Lazy<Task<BrowserProcess>> _withoutWebGl = new(() => BrowserProcess.StartAsync(hasWebGl: false));

    /// <summary>Opens an empty page that shares nothing with other pages but the process.</summary>
    /// <param name="hasWebGl">Whether the page can use WebGL, in software.</param>
    internal async Task<BrowserPage> OpenPageAsync(bool hasWebGl = true) =>
        await BrowserPage.CreateAsync(await (hasWebGl ? _withWebGl : _withoutWebGl).Value);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var browser in (Lazy<Task<BrowserProcess>>[])[_withWebGl, _withoutWebGl])
        {
            if (browser.IsValueCreated)
            {
                await (await browser.Value).DisposeAsync();
            }
        }
    }
}
