using Mayhem.Dashboard;

namespace Mayhem.Cli.DashboardCommand;

/// <summary>What a dashboard shows, and what was opened for it.</summary>
/// <param name="Sources">What is shown.</param>
/// <param name="Opened">What is to be closed, the first last.</param>
internal sealed record OpenedSources(DashboardSources Sources, IReadOnlyList<IAsyncDisposable> Opened) : IAsyncDisposable
{
    /// <inheritdoc />
    public ValueTask DisposeAsync() => CloseAsync(Opened);

    /// <summary>Closes what was opened, the last first.</summary>
    public static async ValueTask CloseAsync(IReadOnlyList<IAsyncDisposable> opened)
    {
        foreach (var part in opened.Reverse())
            await part.DisposeAsync();
    }
}
