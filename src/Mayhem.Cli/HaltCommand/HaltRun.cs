using System.Globalization;
using Npgsql;

namespace Mayhem.Cli.HaltCommand;

/// <summary>Carries out <c>mayhem halt</c> and <c>mayhem resume</c>.</summary>
internal static class HaltRun
{
    private const int LongestReason = 500;

    /// <summary>Halts restarts.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static Task<int> HaltAsync(LedgerPlace place, string reason, string by, TimeProvider clock, TextWriter output)
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw new UsageException("halt needs a reason, as in: mayhem halt \"network maintenance until 18:00\"");
        if (reason.Length > LongestReason)
            throw new UsageException($"the reason has {reason.Length} characters; {LongestReason} are allowed");
        return SwitchAsync(place, clock, async ledger =>
        {
            await ledger.Records.HaltAsync(reason.Trim(), Name(by), CancellationToken.None);
            await output.WriteLineAsync($"All restarts are halted on the ledger {ledger.Place}. What was begun is finished; other requests wait. To let them go ahead: mayhem resume");
        });
    }

    /// <summary>Lets restarts go ahead.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static Task<int> ResumeAsync(LedgerPlace place, string by, TimeProvider clock, TextWriter output) => SwitchAsync(place, clock, async ledger =>
    {
        var halt = await FindHaltAsync(ledger);
        var resumed = await ledger.Records.ResumeAsync(Name(by), CancellationToken.None);
        await output.WriteLineAsync(resumed
            ? string.Create(CultureInfo.InvariantCulture, $"Restarts go ahead again on the ledger {ledger.Place}{(halt is null ? "" : $"; {halt.By} had halted them at {halt.At:u}: {halt.Reason}")}")
            : $"Restarts were not halted on the ledger {ledger.Place}.");
    });

    // A damaged switch counts as a halt, and is replaced.
    private static async Task<Guards.Halt?> FindHaltAsync(OpenedLedger ledger)
    {
        try
        {
            return await ledger.Records.FindHaltAsync(CancellationToken.None);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static async Task<int> SwitchAsync(LedgerPlace place, TimeProvider clock, Func<OpenedLedger, Task> act)
    {
        await using var ledger = await place.OpenAsync(clock);
        try
        {
            await act(ledger);
            return ExitCodes.Success;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NpgsqlException or TimeoutException)
        {
            throw new UsageException($"The kill switch of the ledger {ledger.Place} cannot be used: {failure.Message}", failure);
        }
    }

    private static string Name(string by) => string.IsNullOrWhiteSpace(by) ? throw new UsageException("--by is blank: give a name") : by.Trim();
}
