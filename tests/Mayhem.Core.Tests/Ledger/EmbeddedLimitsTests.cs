using Mayhem.Contracts;
using Mayhem.Guards;
using Mayhem.Journal;
using Mayhem.Ledger;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Core.Tests.Ledger;

public sealed class EmbeddedLimitsTests : LimitsContract, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider time = new();
    private int processes;

    protected override TimeSpan IntentLease => TimeSpan.FromMinutes(2);

    protected override DateTimeOffset Now => time.GetUtcNow();

    protected override async Task<ILedger> OpenAsync() => await EmbeddedLedger.OpenAsync(
        folder.Path, new EmbeddedLedgerOptions { Owner = $"process {++processes}", Journal = new JournalOptions { Durability = Durability.OperatingSystem } }, time, NullLogger.Instance);

    protected override Task EndProcessAsync(ILedger ledger) => ((EmbeddedLedger)ledger).DisposeAsync().AsTask();

    protected override void PassTime(TimeSpan by) => time.Advance(by);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Halt_FromOutside_WorksOnTheRunningProcessAtOnce()
    {
        var outside = new HaltFile(folder.Path);
        outside.Halt("network maintenance", "Ada", Now);
        Assert.Contains("network maintenance", Assert.IsType<IntentAnswer.Refused>(await AskAsync("r1", "h1", new RestartLimits("herd"))).Refusal.Why, StringComparison.Ordinal);

        Assert.True(outside.Resume("Ada", Now));

        Assert.IsType<IntentAnswer.Begun>(await AskAsync("r1", "h1", new RestartLimits("herd")));
    }

    [Fact]
    public async Task Halt_AFileThatCannotBeRead_CountsAsAHaltUntilItIsReplaced()
    {
        await File.WriteAllTextAsync(folder["halt.json"], "no switch");
        var refused = Assert.IsType<IntentAnswer.Refused>(await AskAsync("r1", "h1", new RestartLimits("herd")));
        Assert.Equal(Guard.KillSwitch, refused.Refusal.Guard);
        Assert.Contains("halt.json", refused.Refusal.Why, StringComparison.Ordinal);

        Assert.True(new HaltFile(folder.Path).Resume("Ada", Now));

        Assert.IsType<IntentAnswer.Begun>(await AskAsync("r1", "h1", new RestartLimits("herd")));
    }

    [Fact]
    public void Halt_UsedVeryOften_KeepsTheLast()
    {
        var outside = new HaltFile(folder.Path);
        for (var times = 0; times < 250; times++)
            outside.Halt($"reason {times}", "Ada", Now);

        var kept = outside.Switchings();
        Assert.Equal((200, "reason 249"), (kept.Count, kept[^1].Reason));
    }

    [Fact]
    public async Task Uses_AfterACompaction_AreStillCounted()
    {
        await EndProcessAsync(Ledger);
        var limits = new RestartLimits("herd") { Budget = 1, BudgetSpan = TimeSpan.FromDays(2) };
        var options = new EmbeddedLedgerOptions { Journal = new JournalOptions { Durability = Durability.OperatingSystem, CompactionMinimumBytes = 200, CompactionFactor = 0.1 } };
        await using (var ledger = await EmbeddedLedger.OpenAsync(folder.Path, options, time, NullLogger.Instance))
        {
            await ledger.RecordIntentAsync(new RestartIntent(Request("r1", "h1"), limits), default);
            await ledger.RecordRefusalAsync(new Refusal("r9", "h9", "herd", "ops", "", null, new GuardRefusal(Guard.Budget, "b", "full"), "later"), default);
            await Eventually.HoldsAsync(() => File.Exists(folder["journal-00000002.log"]), "the journal is compacted");
        }
        await RestartProcessAsync();

        Assert.Equal(Guard.Budget, Assert.IsType<IntentAnswer.Refused>(await AskAsync("r2", "h2", limits)).Refusal.Guard);
        Assert.Single(await Ledger.ListRefusalsAsync(default).ToListAsync());
    }
}
