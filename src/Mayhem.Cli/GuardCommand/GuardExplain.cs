using System.Globalization;
using Mayhem.Cli.Up;
using Mayhem.Functions.Configuration;
using Mayhem.Guards;
using Mayhem.Targets.Inventory;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Cli.GuardCommand;

/// <summary>Carries out <c>mayhem guard explain</c>.</summary>
internal static class GuardExplain
{
    /// <summary>Asks each guard.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="UsageException">The settings or the ledger cannot be used.</exception>
    public static async Task<int> RunAsync(LedgerPlace place, string host, DateTimeOffset at, string? group, bool json, TimeProvider clock, TextWriter output)
    {
        var configuration = place.Settings().Configuration;
        var settings = MayhemSettings.Read(configuration, hasTarget: true, hasLedger: true);
        if (settings.Problems.Count > 0)
            throw new UsageException(string.Join(" ", settings.Problems));
        var book = GuardsOfSettings.Of(configuration, settings);
        var guards = group is null ? book.OfHost(host) : book.Of(group);
        await using var ledger = await place.OpenAsync(clock);
        var uses = new GroupUses();
        foreach (var use in await ledger.Records.ListUsesAsync(guards.Group, at - guards.Limits.Horizon, CancellationToken.None))
            uses.Add(use);
        var findings = GuardExplanation.Of(guards, Denied(settings, host), await HaltAsync(ledger, at), uses, host, at);
        Write(findings.Select(finding => FindingLine.Of(finding, guards, host, at)), json, output);
        if (!json)
            await output.WriteLineAsync(Verdict(findings, guards, host, at, DryRun(settings, host)));
        return findings.Any(finding => finding.Refusal is not null) ? ExitCodes.Refused : ExitCodes.Success;
    }

    private static string? Denied(MayhemSettings settings, string host) => settings.Inventory?.Find(host) is InventoryAnswer.Denied denied ? denied.Why : null;

    private static bool DryRun(MayhemSettings settings, string host) =>
        settings.App.DryRun == true || (settings.Inventory?.Find(host) is InventoryAnswer.OptedIn { Entry: var entry } && entry.IsDryRun(settings.App.DryRun));

    // A switch that cannot be read counts as a halt.
    private static async Task<Halt?> HaltAsync(OpenedLedger ledger, DateTimeOffset at)
    {
        try
        {
            return await ledger.Records.FindHaltAsync(CancellationToken.None);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            return new Halt(failure.Message, "a kill switch that cannot be read", at);
        }
    }

    private static void Write(IEnumerable<FindingLine> lines, bool json, TextWriter output)
    {
        foreach (var line in lines)
            output.WriteLine(json ? line.ToJson() : line.ToText());
    }

    private static string Verdict(IReadOnlyList<GuardFinding> findings, GroupGuards guards, string host, DateTimeOffset at, bool dryRun)
    {
        var request = string.Create(CultureInfo.InvariantCulture, $"A request at {at.ToUniversalTime():u} to restart the host '{host}' of the group '{guards.Group}'");
        if (findings.FirstOrDefault(finding => finding.Refusal is not null)?.Refusal is not { } first)
            return dryRun ? $"{request} would pass; it is a dry run: the restart would be recorded, but not done." : $"{request} would pass.";
        if (GuardPolicy.DeadLetterReason(first, TimeSpan.Zero, guards.Options) is { } reason)
            return $"{request} would be dead-lettered as {reason}.";
        var limit = GuardPolicy.IsWaitForTurn(first) ? $", {guards.Options.MaxWait} at most" : "";
        return first.PassesAt is { } passes
            ? string.Create(CultureInfo.InvariantCulture, $"{request} would wait until {passes.ToUniversalTime():u}{limit}.")
            : $"{request} would wait, and ask again every {guards.Options.AskAgainAfter}{limit}.";
    }
}
