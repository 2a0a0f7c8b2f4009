using System.CommandLine;
using Mayhem.Cli.Configuration;
using Mayhem.Cli.Up;
using Mayhem.Functions.Configuration;
using Mayhem.Ledger;
using Mayhem.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Mayhem.Cli;

/// <summary>Which ledger a command is about.</summary>
/// <param name="DataFolder">The folder of a <c>mayhem up</c>; null if none was named.</param>
/// <param name="Connection">The connection string of a PostgreSQL database; null if none was named.</param>
internal sealed record LedgerPlace(string? DataFolder, string? Connection)
{
    /// <summary>Declares the options, and tells how to read them.</summary>
    public static (Option<string> Data, Option<string?> Ledger, Func<ParseResult, LedgerPlace> Read) Options()
    {
        var data = DataFolderOption.Create();
        var ledger = LedgerOption.Create();
        return (data, ledger, parsed => new LedgerPlace(parsed.GetResult(data) is { Implicit: false } ? parsed.GetValue(data) : null, parsed.GetValue(ledger)));
    }

    /// <summary>The settings, with the ledger that was named.</summary>
    public Settings Settings() => Configuration.Settings.Load().WithLedger(Connection);

    /// <summary>Opens the ledger to look at it and to use its kill switch: that in a folder as a copy, since a running process may have it.</summary>
    /// <exception cref="UsageException">There is no such ledger, or it cannot be read.</exception>
    public async Task<OpenedLedger> OpenAsync(TimeProvider clock)
    {
        // A folder that was named is meant, whatever the settings say.
        if (DataFolder is null || Connection is not null)
        {
            if (MayhemOptions.From(Settings().Configuration).Postgres is { } postgres)
                return await OpenAsync(postgres, clock);
        }

        return await OpenAsync(DataFolder ?? UpOptions.DefaultDataFolder, clock);
    }

    private static async Task<OpenedLedger> OpenAsync(string folder, TimeProvider clock)
    {
        if (!Directory.Exists(folder))
            throw new UsageException($"--data {folder}: there is no such folder; 'mayhem up' makes it, and tells where");
        try
        {
            var copy = await EmbeddedLedger.OpenCopyAsync(new RunFolder(folder).Ledger, clock);
            return new OpenedLedger(copy, copy, folder);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new UsageException($"The ledger cannot be read: {error.Message}", error);
        }
    }

    private static async Task<OpenedLedger> OpenAsync(PostgresOptions postgres, TimeProvider clock)
    {
        if (postgres.Errors().FirstOrDefault() is { } problem)
            throw new UsageException(problem);
        try
        {
            var ledger = await PostgresLedger.OpenAsync(postgres, clock, NullLogger.Instance, CancellationToken.None);
            var connection = new NpgsqlConnectionStringBuilder(postgres.ConnectionString);
            return new OpenedLedger(ledger, ledger, $"{connection.Host}/{connection.Database}");
        }
        catch (PostgresLedgerException error)
        {
            throw new UsageException(error.Message, error);
        }
    }
}

/// <summary>A ledger that a command looks at.</summary>
/// <param name="Records">The ledger.</param>
/// <param name="Opened">What to close.</param>
/// <param name="Place">Where it is, for messages.</param>
internal sealed record OpenedLedger(ILedger Records, IAsyncDisposable Opened, string Place) : IAsyncDisposable
{
    /// <inheritdoc />
    public ValueTask DisposeAsync() => Opened.DisposeAsync();
}
