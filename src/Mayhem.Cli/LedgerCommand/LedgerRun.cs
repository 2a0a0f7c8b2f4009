using Mayhem.Cli.Configuration;
using Mayhem.Cli.Up;
using Mayhem.Functions.Configuration;
using Mayhem.Ledger;
using Mayhem.Postgres;

namespace Mayhem.Cli.LedgerCommand;

/// <summary>Carries out <c>mayhem ledger</c>.</summary>
internal static class LedgerRun
{
    /// <summary>Reads the ledger, also while somebody writes it, and lists it.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="UsageException">There is no such ledger, or it cannot be read.</exception>
    public static async Task<int> RunAsync(LedgerOptions options)
    {
        var lines = (await ReadAsync(options)).Select(LedgerLine.Of).ToList();
        if (options.Json)
            lines.ForEach(line => Console.Out.WriteLine(line.ToJson()));
        else
            LedgerTable.Write(lines, Terminal.Output());
        return ExitCodes.Success;
    }

    private static async Task<IReadOnlyList<LedgerEntry>> ReadAsync(LedgerOptions options)
    {
        // A folder that was named is meant, whatever the settings say.
        if (options is { DataFolder: { } folder, Ledger: null })
            return await ReadAsync(folder);
        return MayhemOptions.From(Settings.Load().WithLedger(options.Ledger).Configuration).Postgres is { } postgres
            ? await ReadAsync(postgres)
            : await ReadAsync(options.DataFolder ?? UpOptions.DefaultDataFolder);
    }

    private static async Task<IReadOnlyList<LedgerEntry>> ReadAsync(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UsageException($"--data {folder}: there is no such folder; 'mayhem up' makes it, and tells where");
        try
        {
            return await EmbeddedLedger.ReadAsync(new RunFolder(folder).Ledger, CancellationToken.None);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new UsageException($"The ledger cannot be read: {error.Message}", error);
        }
    }

    private static async Task<IReadOnlyList<LedgerEntry>> ReadAsync(PostgresOptions postgres)
    {
        if (postgres.Errors().FirstOrDefault() is { } problem)
            throw new UsageException(problem);
        try
        {
            return await PostgresLedger.ReadAsync(postgres, CancellationToken.None);
        }
        catch (PostgresLedgerException error)
        {
            throw new UsageException(error.Message, error);
        }
    }
}
