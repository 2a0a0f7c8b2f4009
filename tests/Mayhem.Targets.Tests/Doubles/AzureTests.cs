namespace Mayhem.Targets.Tests.Doubles;

/// <summary>Tests with an Azure of their own.</summary>
public abstract class AzureTests : IAsyncLifetime, IAsyncDisposable
{
    private protected ArmBench Azure { get; } = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        await Azure.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();
}
