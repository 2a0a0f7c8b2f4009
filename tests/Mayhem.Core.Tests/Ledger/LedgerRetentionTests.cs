using Mayhem.Journal;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Restarts;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Core.Tests.Ledger;

public sealed class LedgerRetentionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider time = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task InMemory_AfterTheRetention_ForgetsWhatHasEnded()
    {
        await using var ledger = EmbeddedLedger.InMemory(time, new EmbeddedLedgerOptions { Retention = TimeSpan.FromDays(1) });
        for (var request = 0; request < 20_000; request++)
        {
            await ledger.RecordIntentAsync(new RestartIntent(new RestartRequest { RequestId = $"r{request}", Host = "h", Requester = "ops" }), default);
            await ledger.RecordRestartedAsync($"r{request}", 1, default);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        // A day has 1440 minutes; what is older goes with every 4096 records.
        Assert.InRange(await ledger.ListAsync(default).CountAsync(), 1440, 1440 + 4096);
        Assert.NotNull(await ledger.FindAsync("r19999", default));
        Assert.Null(await ledger.FindAsync("r0", default));
    }

    [Fact]
    public async Task Compaction_AfterTheRetention_DropsWhatHasEndedAndNothingElse()
    {
        await using (var ledger = await OpenAsync(minimumBytes: 4000))
        {
            await BeginAllAsync(ledger, "done", "failed", "issued", "ambiguous", "intent", "recent");
            await ledger.RecordRestartedAsync("done", 1, default);
            await ledger.RecordFailedAsync("failed", 1, "no", AttemptFailure.Issued, null, default);
            await ledger.RecordFailedAsync("ambiguous", 1, "who knows", AttemptFailure.Unclear, null, default);
            await ledger.RecordIssuedAsync("issued", 1, new IssuedRestart("op"), default);
            await ledger.RecordUnsettledAsync("old", 1, default);
            time.Advance(TimeSpan.FromDays(1));
            await ledger.RecordRestartedAsync("recent", 1, default);
            await ledger.RecordUnsettledAsync("new", 1, default);
            time.Advance(TimeSpan.FromHours(1));

            await ledger.RecordFailedAsync("intent", 1, new string('x', 4000), AttemptFailure.Unclear, null, default);
            await ledger.RecordUnsettledAsync("newer", 1, default);

            await Eventually.HoldsAsync(() => File.Exists(folder["journal-00000002.log"]), "the journal is compacted");
        }

        await using var reopened = await OpenAsync(minimumBytes: 4000);
        var kept = new List<string>();
        await foreach (var entry in reopened.ListAsync(default))
            kept.Add(entry.RequestId);
        Assert.Equal(["issued", "ambiguous", "intent", "recent"], kept);
        Assert.Equal((0, 1), (await reopened.CountUnsettledAsync("old", default), await reopened.CountUnsettledAsync("new", default)));
    }

    [Fact]
    public async Task Read_BesideWritingAndCompacting_MissesNothingThatWasRecordedBefore()
    {
        await using var ledger = await OpenAsync(minimumBytes: 500);
        var recorded = 0;
        var writing = Task.Run(async () =>
        {
            for (var n = 0; n < 300; n++)
            {
                await BeginAllAsync(ledger, $"r{n}");
                Volatile.Write(ref recorded, n + 1);
            }
        });

        var reads = 0;
        while (!writing.IsCompleted)
        {
            var before = Volatile.Read(ref recorded);
            var found = await EmbeddedLedger.ReadAsync(folder.Path, default);
            Assert.InRange(found.Count, before, 300);
            Assert.Equal(found.Select((_, n) => $"r{n}"), found.Select(entry => entry.RequestId));
            reads++;
        }
        await writing;

        Assert.InRange(reads, 1, int.MaxValue);
        await Eventually.HoldsAsync(() => !File.Exists(folder["journal-00000001.log"]), "the first log has been compacted away");
    }

    private Task<EmbeddedLedger> OpenAsync(int minimumBytes) => EmbeddedLedger.OpenAsync(
        folder.Path,
        new EmbeddedLedgerOptions
        {
            Retention = TimeSpan.FromHours(12),
            Journal = new JournalOptions { CompactionMinimumBytes = minimumBytes, CompactionFactor = 0.1, Durability = Durability.OperatingSystem },
        },
        time,
        NullLogger.Instance);

    private static async Task BeginAllAsync(EmbeddedLedger ledger, params string[] ids)
    {
        foreach (var id in ids)
            await ledger.RecordIntentAsync(new RestartIntent(new RestartRequest { RequestId = id, Host = "h", Requester = "ops" }), default);
    }
}
