using Mayhem.Functions.Configuration;
using Mayhem.Journal;
using Mayhem.Ledger;
using Mayhem.Postgres;
using Microsoft.Extensions.Logging;

namespace Mayhem.Cli.Up;

/// <summary>The ledger of a run: in its data folder, or in a PostgreSQL database that other processes share.</summary>
internal sealed class RunLedger : IAsyncDisposable
{
    private readonly IAsyncDisposable opened;

    private RunLedger(EmbeddedLedger embedded)
    {
        opened = embedded;
        Records = embedded;
        Archive = embedded;
        EnsureWritableAsync = embedded.EnsureWritableAsync;
    }

    private RunLedger(PostgresLedger shared)
    {
        opened = shared;
        Records = shared;
        Archive = shared;
        Owner = shared.Owner;
        EnsureWritableAsync = _ => Task.CompletedTask;
    }

    /// <summary>What was restarted.</summary>
    public ILedger Records { get; }

    /// <summary>Who asked for it.</summary>
    public IRequestArchive Archive { get; }

    /// <summary>Whom entries of this process name; null where it has the ledger alone.</summary>
    public string? Owner { get; }

    /// <summary>Returns while the disk takes records. A database that takes none may take them later, and is no reason to end.</summary>
    public Func<CancellationToken, Task> EnsureWritableAsync { get; }

    /// <summary>Opens the ledger that the settings name.</summary>
    public static async Task<RunLedger> OpenAsync(
        MayhemOptions app, RunFolder folder, JournalOptions journal, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken) => app.Postgres is { } postgres
        ? new RunLedger(await PostgresLedger.OpenAsync(postgres, clock, loggers.CreateLogger<PostgresLedger>(), cancellationToken))
        : new RunLedger(await EmbeddedLedger.OpenAsync(folder.Ledger, new EmbeddedLedgerOptions { Journal = journal }, clock, loggers.CreateLogger<EmbeddedLedger>()));

    /// <inheritdoc />
    public ValueTask DisposeAsync() => opened.DisposeAsync();
}
