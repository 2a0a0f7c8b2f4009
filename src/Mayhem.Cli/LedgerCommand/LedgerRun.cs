using Mayhem.Cli.Up;
using Mayhem.Ledger;

namespace Mayhem.Cli.LedgerCommand;

/// <summary>Carries out <c>mayhem ledger</c>.</summary>
internal static class LedgerRun
{
    /// <summary>Reads the ledger, also while somebody writes it, and lists it.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="UsageException">There is no such folder, or no ledger of this version in it.</exception>
    public static async Task<int> RunAsync(LedgerOptions options)
    {
        if (!Directory.Exists(options.DataFolder))
            throw new UsageException($"--data {options.DataFolder}: there is no such folder; 'mayhem up' makes it, and tells where");
        var lines = (await ReadAsync(new RunFolder(options.DataFolder))).Select(LedgerLine.Of).ToList();
        if (options.Json)
            lines.ForEach(line => Console.Out.WriteLine(line.ToJson()));
        else
            LedgerTable.Write(lines, Terminal.Output());
        return ExitCodes.Success;
    }

    private static async Task<IReadOnlyList<LedgerEntry>> ReadAsync(RunFolder folder)
    {
        try
        {
            return await EmbeddedLedger.ReadAsync(folder.Ledger, CancellationToken.None);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new UsageException($"The ledger cannot be read: {error.Message}", error);
        }
    }
}
