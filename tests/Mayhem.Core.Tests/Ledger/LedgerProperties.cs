using FsCheck;
using FsCheck.Fluent;
using Mayhem.Journal;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Restarts;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Core.Tests.Ledger;

/// <summary>Any mix of deliveries, outcomes, time and ends of the process, compacting all the while, against a dictionary.</summary>
public class LedgerProperties
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private static readonly Gen<(Act Act, int Which)> Acts = Gen.Frequency(
        (8, Of(Act.Ask)), (3, Of(Act.Issued)), (1, Of(Act.DryRun)), (1, Of(Act.Restarted)), (3, Of(Act.Failed)), (2, Of(Act.Ambiguous)),
        (2, Of(Act.Save)), (2, Of(Act.Unsettled)), (2, Of(Act.PassTime)), (2, Of(Act.Reopen)));

    private enum Act
    {
        Ask,
        Issued,
        DryRun,
        Restarted,
        Failed,
        Ambiguous,
        Save,
        Unsettled,
        PassTime,
        Reopen,
    }

    [Fact]
    public void Ledger_WhateverHappens_DoesWhatTheDictionaryDoes() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60),
        Prop.ForAll(Acts.ListOf().Resize(80).ToArbitrary(), acts => Task.Run(() => new Run().DoAsync(acts)).GetAwaiter().GetResult()));

    private static Gen<(Act Act, int Which)> Of(Act act) => Gen.Choose(0, 3).Select(which => (act, which));

    private sealed class Run
    {
        private readonly ManualTimeProvider time = new();
        private readonly Dictionary<int, Known> model = [];
        private readonly HashSet<(int Request, int Attempt)> begun = [];
        private readonly HashSet<int> done = [];
        private readonly HashSet<(int, int)> unsettled = [];
        private int acts;

        public async Task DoAsync(IEnumerable<(Act Act, int Which)> script)
        {
            using var folder = new TemporaryFolder();
            var ledger = await OpenAsync(folder.Path);
            foreach (var (act, which) in script)
            {
                acts++;
                if (act == Act.Reopen)
                {
                    var before = await ListAsync(ledger);
                    await ledger.DisposeAsync();
                    ledger = await OpenAsync(folder.Path);
                    Assert.Equal(before.Select(AfterTheEndOfItsProcess), await ListAsync(ledger));
                    foreach (var known in model.Values.Where(known => known.State == RestartState.Intent))
                        known.State = RestartState.Interrupted;
                }
                else if (act == Act.PassTime)
                {
                    time.Advance(Lease / 3);
                }
                else
                {
                    await ChangeAsync(ledger, act, which);
                }
            }
            Assert.Equal(
                model.OrderBy(pair => pair.Key).Select(pair => ($"r{pair.Key}", pair.Value.State, pair.Value.Attempts)),
                (await ListAsync(ledger)).OrderBy(entry => entry.RequestId).Select(entry => (entry.RequestId, entry.State, entry.Attempts)));
            for (var message = 0; message < 4; message++)
                Assert.Equal(unsettled.Count(one => one.Item1 == message), await ledger.CountUnsettledAsync($"m{message}", default));
            await ledger.DisposeAsync();
        }

        private Task<EmbeddedLedger> OpenAsync(string folder) => EmbeddedLedger.OpenAsync(
            folder,
            new EmbeddedLedgerOptions
            {
                IntentLease = Lease,
                Owner = $"after act {acts}",
                Journal = new JournalOptions { Durability = Durability.OperatingSystem, CompactionMinimumBytes = 300, CompactionFactor = 0.1 },
            },
            time,
            NullLogger.Instance);

        private async Task ChangeAsync(EmbeddedLedger ledger, Act act, int which)
        {
            var id = $"r{which}";
            switch (act)
            {
                case Act.Ask:
                    Check(which, await ledger.RecordIntentAsync(new RestartIntent(Request(id)), default));
                    break;
                case Act.Save:
                    await ledger.SaveAsync(Request(id), $"m{which}", default);
                    break;
                case Act.Unsettled:
                    await ledger.RecordUnsettledAsync($"m{which}", acts % 3, default);
                    unsettled.Add((which, acts % 3));
                    break;
                case var outcome when model.TryGetValue(which, out var known):
                    var isLate = acts % 5 == 0;
                    await RecordAsync(ledger, outcome, id, known.Attempts - (isLate ? 1 : 0));
                    if (!isLate)
                        known.Apply(outcome);
                    break;
                default:
                    await Assert.ThrowsAsync<InvalidOperationException>(() => RecordAsync(ledger, act, id, 1));
                    break;
            }
        }

        private void Check(int which, IntentAnswer answer)
        {
            if (answer is IntentAnswer.Begun beginning)
            {
                Assert.True(begun.Add((which, beginning.Attempt)), $"{beginning} twice");
                Assert.DoesNotContain(which, done);
            }
            if (answer is IntentAnswer.AlreadyDone)
                done.Add(which);
            Assert.Equal(Expect(which), answer switch
            {
                IntentAnswer.Begun one => $"begun {one.Attempt}",
                IntentAnswer.Interrupted one => $"interrupted {one.Attempt}",
                IntentAnswer.AlreadyIssued one => $"issued {one.Attempt}",
                IntentAnswer.AlreadyDone => "done",
                _ => "elsewhere",
            });
        }

        private string Expect(int which)
        {
            if (!model.TryGetValue(which, out var known))
            {
                model[which] = new Known { Since = time.GetUtcNow() };
                return "begun 1";
            }
            var young = time.GetUtcNow() - known.Since < Lease;
            switch (known.State)
            {
                case RestartState.Restarted or RestartState.WouldRestart:
                    return "done";
                case RestartState.Issued:
                    return $"issued {known.Attempts}";
                case RestartState.Intent when young:
                    return "elsewhere";
            }
            var failed = known.State == RestartState.Failed;
            known.Attempts += failed ? 1 : 0;
            known.DryRun &= !failed;
            known.State = RestartState.Intent;
            known.Since = time.GetUtcNow();
            return $"{(failed ? "begun" : "interrupted")} {known.Attempts}";
        }

        private static LedgerEntry AfterTheEndOfItsProcess(LedgerEntry entry) =>
            entry.State == RestartState.Intent ? entry with { State = RestartState.Interrupted } : entry;

        private static Task RecordAsync(EmbeddedLedger ledger, Act act, string id, int attempt) => act switch
        {
            Act.Issued => ledger.RecordIssuedAsync(id, attempt, new IssuedRestart("op", 1, 2), default).AsTask(),
            Act.DryRun => ledger.RecordIssuedAsync(id, attempt, new IssuedRestart("op", DryRun: true), default).AsTask(),
            Act.Restarted => ledger.RecordRestartedAsync(id, attempt, default).AsTask(),
            _ => ledger.RecordFailedAsync(id, attempt, "no", act == Act.Ambiguous ? AttemptFailure.Unclear : AttemptFailure.Issued, null, default).AsTask(),
        };

        private static async Task<List<LedgerEntry>> ListAsync(EmbeddedLedger ledger)
        {
            var entries = new List<LedgerEntry>();
            await foreach (var entry in ledger.ListAsync(default))
                entries.Add(entry);
            return entries;
        }

        private static RestartRequest Request(string id) => new() { RequestId = id, Host = "h", Requester = "ops" };
    }

    private sealed class Known
    {
        public RestartState State { get; set; } = RestartState.Intent;

        public int Attempts { get; set; } = 1;

        public bool DryRun { get; set; }

        public DateTimeOffset Since { get; set; }

        public void Apply(Act act)
        {
            if (State is RestartState.Restarted or RestartState.WouldRestart)
                return;
            DryRun = act switch { Act.Issued => false, Act.DryRun => true, _ => DryRun };
            State = act switch
            {
                Act.Issued or Act.DryRun => RestartState.Issued,
                Act.Restarted => DryRun ? RestartState.WouldRestart : RestartState.Restarted,
                Act.Failed => RestartState.Failed,
                _ => RestartState.Interrupted,
            };
        }
    }
}
