using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using Mayhem.Journal;
using Mayhem.Ledger;
using Mayhem.Restarts;
using Mayhem.Testing;

namespace Mayhem.Core.Tests.Ledger;

/// <summary>What earlier versions have written stays readable. The texts here are never changed: a record that gets a new property gets another line.</summary>
public sealed class EarlierFormatTests
{
    private const string At = "\"at\":\"2026-01-02T03:04:05+00:00\"";

    private const string Failure =
        "{\"message\":\"r1#7\",\"rule\":\"System.TimeoutException\",\"type\":\"System.TimeoutException\",\"error\":\"TimeoutException: late\",\"fingerprint\":\"f\",\"budgets\":\"System.TimeoutException=1\"}";

    private const string Refusal =
        "{\"requestId\":\"r4\",\"host\":\"h4\",\"group\":\"db\",\"requester\":\"ops\",\"reason\":\"stuck\",\"decision\":{\"guard\":\"Budget\",\"rule\":\"none\",\"why\":\"Allowed is nothing.\"},\"outcome\":\"Denied\"}";

    // By the name of the record, each with what it must come to.
    private static readonly (string Kind, string Record, Action<LedgerState> Means)[] Records =
    [
        ("intent", $$"""{"is":"intent","requestId":"r1","host":"h1","group":"web","attempt":1,"owner":"vm/1",{{At}}}""",
            state => Assert.Equal((RestartState.Intent, "h1", "web", 1, "vm/1"), (Entry(state).State, Entry(state).Host, Entry(state).Group, Entry(state).Attempts, Entry(state).Owner))),
        ("details", $$"""{"is":"details","requestId":"r1","requester":"ops","reason":"stuck","messageId":"m1",{{At}}}""",
            state => Assert.Equal(("ops", "stuck", "m1"), (Entry(state).Requester, Entry(state).Reason, Entry(state).MessageId))),
        ("failed", $$"""{"is":"failed","requestId":"r1","attempt":1,"error":"IOException: no","ambiguous":true,{{At}}}""",
            state => Assert.Equal((RestartState.Interrupted, "IOException: no"), (Entry(state).State, Entry(state).Error))),
        ("issued", $$"""{"is":"issued","requestId":"r1","attempt":1,"restart":{"operation":"op-1","oldProcessId":10,"newProcessId":11},{{At}}}""",
            state => Assert.Equal((RestartState.Issued, new IssuedRestart("op-1", 10, 11)), (Entry(state).State, Entry(state).Issued))),
        ("failed", $$"""{"is":"failed","requestId":"r1","attempt":1,"error":"RestartFailedException: no","ambiguous":false,{{At}},"failure":{{Failure}}}""",
            state => Assert.Equal((RestartState.Failed, "System.TimeoutException=1"), (Entry(state).State, state.FindFailure("r1#7")!.Budgets))),
        ("intent", $$"""{"is":"intent","requestId":"r1","host":"h1","group":"web","attempt":2,"owner":"vm/2",{{At}}}""", state => Assert.Equal(2, Entry(state).Attempts)),
        ("restarted", $$"""{"is":"restarted","requestId":"r1","attempt":2,{{At}}}""", state => Assert.Equal(RestartState.Restarted, Entry(state).State)),
        ("messageFailed", $$"""{"is":"messageFailed","failure":{{Failure.Replace("r1#7", "r2#8", StringComparison.Ordinal)}},{{At}}}""",
            state => Assert.Equal("TimeoutException: late", state.FindFailure("r2#8")!.Error)),
        ("unsettled", $$"""{"is":"unsettled","messageId":"r1#7","deliveryCount":2,{{At}}}""", state => Assert.Equal(1, state.CountUnsettled("r1#7"))),
        ("copy", $$"""{"is":"copy","planned":{"messageId":"r1","sequenceNumber":7,"dueAt":"2026-01-02T03:09:05+00:00","budgets":"System.TimeoutException=1"},{{At}}}""",
            state => Assert.Equal((7L, "System.TimeoutException=1"), (state.FindCopy("r1")!.SequenceNumber, state.FindCopy("r1")!.Budgets))),
        ("trial", $$"""{"is":"trial","message":"r1#7","outlived":false,{{At}}}""", state => Assert.True(state.IsOnTrial("r1#7"))),
        ("trial", $$"""{"is":"trial","message":"r1#7","outlived":true,{{At}}}""", state => Assert.False(state.IsOnTrial("r1#7"))),
        ("entry", """{"is":"entry","value":{"requestId":"r3","host":"h3","group":"db","state":"WouldRestart","attempts":3,"owner":"vm/1","intentAt":"2026-01-02T03:04:05+00:00"}}""",
            state => Assert.Equal((RestartState.WouldRestart, 3), (state.Find("r3")!.State, state.Find("r3")!.Attempts))),
        ("use", """{"is":"use","value":{"requestId":"r3","attempt":1,"host":"h3","group":"db","takenAt":"2026-01-02T03:04:05+00:00","state":"Issued"}}""",
            state => Assert.Equal("h3", Assert.Single(state.UsesOf("db").All).Host)),
        ("refused", $$"""{"is":"refused","refusal":{{Refusal}},{{At}}}""", state => Assert.Equal(("r4", 1), (state.Refusals.Last().Last.RequestId, state.Refusals.Last().Count))),
        ("refusals", $$$"""{"is":"refusals","value":{"last":{{{Refusal}}},"firstAt":"2026-01-02T03:04:05+00:00","lastAt":"2026-01-02T03:05:05+00:00","count":5}}""",
            state => Assert.Equal(("Allowed is nothing.", 5), (state.Refusals.Last().Last.Decision.Why, state.Refusals.Last().Count))),
    ];

    [Fact]
    public void Parse_RecordsOfEachKind_MeanWhatTheyMeant()
    {
        var state = new LedgerState();
        foreach (var (_, record, means) in Records)
        {
            state.Apply(LedgerRecord.Parse(Encoding.UTF8.GetBytes(record), "earlier"));
            means(state);
        }
    }

    [Fact]
    public void Records_AreOfAllKinds() => Assert.Equal(
        typeof(LedgerRecord).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => (string)kind.TypeDiscriminator!).Order(StringComparer.Ordinal),
        Records.Select(record => record.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    /// <summary>A log with two records, byte for byte as version 1 has written it: the mark, the version, checksums.</summary>
    [Fact]
    public async Task Read_AJournalOfVersion1_HasItsRecords()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["journal-00000001.log"], Convert.FromBase64String(
            "TUFZSEVNSkwBAAAAAAAAACAAAAAAAAAAoPvKqgAAAAB2AAAAMAkDUHsiaXMiOiJpbnRlbnQiLCJyZXF1ZXN0SWQiOiJyMSIsImhvc3QiOiJoMSIsImdyb3VwIjoid2ViIiwiYXR0ZW1wdCI6MSwib3" +
            "duZXIiOiJ2bS8xIiwiYXQiOiIyMDI2LTAxLTAyVDAzOjA0OjA1KzAwOjAwIn0AAAAAB4JB0g=="));

        List<string> records = [];
        FileJournal.Read(folder.Path, record => records.Add(Encoding.UTF8.GetString(record)));

        Assert.Equal(["""{"is":"intent","requestId":"r1","host":"h1","group":"web","attempt":1,"owner":"vm/1","at":"2026-01-02T03:04:05+00:00"}""", ""], records);
    }

    private static LedgerEntry Entry(LedgerState state) => state.Find("r1")!;
}
