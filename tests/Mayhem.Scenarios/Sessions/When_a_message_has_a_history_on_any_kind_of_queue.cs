using Mayhem.Ledger;
using Mayhem.Local.Broker;
using Mayhem.Restarts;

namespace Mayhem.Scenarios.Sessions;

/// <summary>
/// Each history ends where the semantics say, with and without sessions, and with and without duplicate detection; and in a session the next request for the same host comes after it.
/// </summary>
public class When_a_message_has_a_history_on_any_kind_of_queue
{
    public static TheoryData<SomeHistory, bool, bool> All
    {
        get
        {
            var all = new TheoryData<SomeHistory, bool, bool>();
            foreach (var history in Enum.GetValues<SomeHistory>())
            {
                foreach (var sessions in new[] { false, true })
                {
                    foreach (var detectsDuplicates in new[] { false, true })
                        all.Add(history, sessions, detectsDuplicates);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task It_ends_where_it_should_and_loses_nothing(SomeHistory history, bool sessions, bool detectsDuplicates)
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:Locks:MaxLockDuration", "00:01:00"), ("Mayhem:Shutdown:Grace", "00:00:01")) with
        {
            LedgerOnDisk = true,
            Queue = new QueueOptions
            {
                RequiresSession = sessions,
                DuplicateDetectionWindow = detectsDuplicates ? TimeSpan.FromHours(2) : null,
                MaxDeliveryCount = 20,
                DeadLetteringOnMessageExpiration = true,
            },
        });
        await BeginAsync(app, history, sessions);
        await app.SendAsync("next", sessions ? "web-1" : "web-2");
        await GoOnAsync(app, history);
        await app.SettledAsync();

        var expected = EndOf(history);
        Assert.Equal(expected.DeadLetter, app.DeadLetters().Select(dead => dead.DeadLetterReason).SingleOrDefault());
        Assert.Equal(expected.State, (await app.EntryAsync("first"))?.State);
        Assert.Equal(expected.Issued, app.Target.Issued.Count(order => order.Request.RequestId is "first"));
        Assert.Equal(RestartState.Restarted, (await app.EntryAsync("next"))!.State);
        Assert.Equal(["first", "next"], app.Queue.Audit().Select(root => root.RootId).Order(StringComparer.Ordinal));
        Assert.All(app.Queue.Audit(), root => Assert.Equal((0, true), (root.Live, root.Completed + root.DeadLettered.Count > 0)));
        if (sessions)
        {
            Assert.Equal(0, app.Wire.Count(WireOperation.Schedule));
            Assert.Equal("next", app.Wire.Calls.Last(call => call.Operation is WireOperation.Complete or WireOperation.DeadLetter).MessageId);
        }
    }

    private static (string? DeadLetter, RestartState? State, int Issued) EndOf(SomeHistory history) => history switch
    {
        SomeHistory.Poisoned => ("Poison", null, 0),
        SomeHistory.Fatal => ("Fatal:HostNotFoundException", RestartState.Failed, 0),
        SomeHistory.Crashing => ("HostCrash", RestartState.Issued, 1),
        _ => (null, RestartState.Restarted, 1),
    };

    private static async Task BeginAsync(MayhemApp app, SomeHistory history, bool sessions)
    {
        switch (history)
        {
            case SomeHistory.Poisoned:
                var poison = MayhemApp.Message("first", "please restart everything");
                poison.SessionId = sessions ? "web-1" : null;
                await app.SendAsync(poison);
                return;
            case SomeHistory.Fatal:
                app.Target.Fail("web-1", () => new HostNotFoundException("web-1"));
                break;
            case SomeHistory.Throttled:
                app.Target.Fail("web-1", () => new RestartThrottledException("too many", TimeSpan.FromSeconds(40)));
                break;
            case SomeHistory.Transient:
                app.Target.Fail("web-1", () => new RestartFailedException("no luck"), times: 2);
                break;
            case SomeHistory.Hanging:
                app.Target.OnWatch("web-1", token => Task.Delay(Timeout.InfiniteTimeSpan, app.Time, token));
                break;
            case SomeHistory.Crashing:
                app.Target.OnWatch("web-1", [.. Enumerable.Repeat<Func<CancellationToken, Task>>(_ => new TaskCompletionSource().Task, 3)]);
                break;
            case SomeHistory.ShuttingDown:
                app.Target.OnWatch("web-1", token => Task.Delay(Timeout.InfiniteTimeSpan, app.Time, token));
                break;
        }

        await app.SendAsync("first", "web-1");
        await app.HappensAsync(() => app.Target.Tries > 0, "the first is begun");
    }

    private static async Task GoOnAsync(MayhemApp app, SomeHistory history)
    {
        if (history == SomeHistory.ShuttingDown)
        {
            await app.HappensAsync(() => app.Target.Watched > 0, "the first is watched");
            await app.StopWorkerAsync();
            await app.StartWorkerAsync();
        }

        for (var death = 1; history == SomeHistory.Crashing && death <= 3; death++)
        {
            await app.UntilAsync(() => app.Host.InFlightInvocations().Count > 0 && app.Target.WatchedOf("first") == death, "the first is watched");
            await app.KillWorkerAsync();
            await app.StartWorkerAsync();
        }
    }
}
