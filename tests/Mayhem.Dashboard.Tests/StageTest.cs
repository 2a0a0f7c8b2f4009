namespace Mayhem.Dashboard.Tests;

/// <summary>A test with a dashboard of its own, and a client that asks it.</summary>
/// <param name="options">The dashboard's options; null for those of the stage.</param>
/// <param name="withToken">Whether the client may change anything.</param>
public abstract class StageTest(DashboardOptions? options = null, bool withToken = false) : IAsyncLifetime
{
    internal DashboardStage Stage { get; private set; } = null!;

    protected HttpClient Http { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Stage = await DashboardStage.OpenAsync(options);
        Http = await Stage.HttpAsync(withToken);
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await Stage.DisposeAsync();
    }
}
