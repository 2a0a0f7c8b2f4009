using Mayhem.Ledger;
using Microsoft.Extensions.Logging;

namespace Mayhem.Dashboard.Restarts;

/// <summary>What the ledger holds, read now and then.</summary>
internal sealed class RestartShelf : IDisposable
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(2);

    private readonly Refreshed<RestartBook>? book;

    /// <summary>The entries of a ledger; null where none can be reached.</summary>
    public RestartShelf(ILedger? ledger, TimeProvider clock, ILogger logger)
    {
        if (ledger is not null)
            book = new Refreshed<RestartBook>("the ledger", async (_, stop) => new RestartBook(await ledger.ListAsync(stop).ToArrayAsync(stop)), FreshFor, clock, logger);
    }

    /// <summary>False if the ledger is kept where this cannot look.</summary>
    public bool IsKnown => book is not null;

    /// <summary>What it holds.</summary>
    public async ValueTask<(RestartBook Book, string? Error)> ReadAsync(CancellationToken cancellationToken)
    {
        if (book is null)
            return (RestartBook.Empty, null);
        var known = await book.GetAsync(cancellationToken);
        return (known.Value ?? RestartBook.Empty, known.Error);
    }

    /// <inheritdoc />
    public void Dispose() => book?.Dispose();
}
