namespace Mayhem.Dashboard.Tests.Browser;

/// <summary>A test with a dashboard of its own, and the browser that all share.</summary>
[Collection(Chromium.Collection)]
public abstract class BrowserTest(Chromium chromium) : IAsyncLifetime
{
    internal DashboardStage Stage { get; private set; } = null!;

    internal Visit Visit { get; private set; } = null!;

    protected Chromium Chromium => chromium;

    public async Task InitializeAsync()
    {
        Stage = await DashboardStage.OpenAsync();
        Visit = await Visit.BeginAsync(chromium, Stage);
    }

    public async Task DisposeAsync()
    {
        await Visit.DisposeAsync();
        await Stage.DisposeAsync();
    }
}
