using Mayhem.Cli.LedgerCommand;
using Mayhem.Ledger;
using Mayhem.Restarts;

namespace Mayhem.Cli.Tests.LedgerCommand;

public class LedgerLineTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void ToJson_Restarted_HasEveryField()
    {
        var entry = new LedgerEntry
        {
            RequestId = "a", Host = "cattle-0001", Group = "web", State = RestartState.Restarted, Attempts = 2, Owner = "me",
            IntentAt = At, IssuedAt = At.AddSeconds(1), EndedAt = At.AddSeconds(2), Issued = new IssuedRestart("op", 11, 12),
        };

        Assert.Equal(
            """{"requestId":"a","host":"cattle-0001","group":"web","outcome":"restarted","attempts":2,"intentAt":"2026-11-20T12:00:00+00:00","""
            + "\"issuedAt\":\"2026-11-20T12:00:01+00:00\",\"endedAt\":\"2026-11-20T12:00:02+00:00\",\"oldProcessId\":11,\"newProcessId\":12}",
            LedgerLine.Of(entry).ToJson());
    }

    [Fact]
    public void ToJson_WhatIsNotKnown_IsNull()
    {
        var entry = new LedgerEntry { RequestId = "a", Host = "h", State = RestartState.WouldRestart, Attempts = 1, Owner = "me", IntentAt = At };

        Assert.Equal(
            """{"requestId":"a","host":"h","group":null,"outcome":"wouldRestart","attempts":1,"intentAt":"2026-11-20T12:00:00+00:00","""
            + "\"issuedAt\":null,\"endedAt\":null,\"oldProcessId\":null,\"newProcessId\":null}",
            LedgerLine.Of(entry).ToJson());
    }
}
